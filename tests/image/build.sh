#!/bin/sh
# Build the image without Docker and run it: Debian's buildah in a chroot, on a base made of Debian's own packages.
#
#   sudo tests/image/build.sh [FOLDER]      (apt-get install buildah debootstrap; about five minutes and 4 GB)
#
# FOLDER keeps the base and the image's layers; a new one under /tmp where left out, removed at the end. MIRROR names
# another Debian mirror. How pip finds packages is taken from this machine and does not become part of the image.
# Exits 75 where a tool is missing, else 0 when the image was built, ran as it should, and wrote nothing but /data.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
for tool in buildah debootstrap; do
    command -v "$tool" >/dev/null || { echo "missing: $tool (apt-get install buildah debootstrap)" >&2; exit 75; }
done
[ "$(id -u)" = 0 ] || { echo "missing: root, which debootstrap needs" >&2; exit 75; }

if [ $# -gt 0 ]; then
    folder=$1
    mkdir -p "$folder"
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
storage="--root $folder/layers --runroot $folder/run --storage-driver vfs"

if [ ! -e "$folder/base/usr/bin/python3" ]; then
    echo "== base: Debian bookworm with Python"
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$folder/base" \
        ${MIRROR:+"$MIRROR"} >"$folder/debootstrap.log" 2>&1 ||
        { tail -n 20 "$folder/debootstrap.log" >&2; exit 1; }
fi
base=$(buildah $storage from scratch)
buildah $storage add --quiet "$base" "$folder/base" / >/dev/null
buildah $storage commit --quiet "$base" localhost/debian-python >/dev/null
buildah $storage rm "$base" >/dev/null

echo "== image"
set -- --build-arg BASE=localhost/debian-python
# pip's settings for all users of a machine, where its documentation has them.
for place in /etc/pip.conf /etc/xdg/pip; do
    [ -r "$place" ] && set -- "$@" --volume "$place:$place:ro"
done
for place in ${PIP_FIND_LINKS:-} ${PIP_PLACES:-}; do
    [ -d "$place" ] && set -- "$@" --volume "$place:$place:ro"
done
if [ -n "${PIP_CERT:-}" ]; then
    set -- "$@" --volume "$PIP_CERT:/etc/ssl/certs/ca-certificates.crt:ro"
fi
buildah $storage bud --isolation chroot --network host --pull-never "$@" \
    --tag localhost/needtoknow "$here" >"$folder/build.log" 2>&1 || { tail -n 30 "$folder/build.log" >&2; exit 1; }

echo "== configuration"
buildah $storage inspect --type image --format 'user {{.OCIv1.Config.User}}, runs {{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}}, volumes {{.OCIv1.Config.Volumes}}' \
    localhost/needtoknow; echo

echo "== runs"
box=$(buildah $storage from --pull-never localhost/needtoknow)
run() {
    buildah $storage run --isolation chroot --user 10001:10001 "$box" -- "$@"
}
expect() {
    wanted=$1
    shift
    code=0
    said=$(run "$@" 2>&1) || code=$?
    echo "$said" | tail -n 3
    [ "$code" = "$wanted" ] || { echo "expected exit code $wanted, got $code: $*" >&2; exit 1; }
}
expect 0 needtoknow --version
expect 0 python -c 'import os; assert os.getuid() == 10001, os.getuid(); print("uid", os.getuid())'
expect 78 needtoknow run
expect 1 needtoknow status --check
expect 0 sh -c 'echo "Mayor Enna Quill of Lower Brod closed the stone bridge on Monday after the river Ulda rose." > story.txt
    needtoknow ingest story.txt --outlet "The Skerry Post" --json >/dev/null && needtoknow articles --json | grep -c "Lower Brod"'
expect 0 needtoknow backup
# What it could not write as this user stays what was built: nothing outside /data belongs to it.
expect 0 sh -c '! find / -xdev \( -path /proc -o -path /sys -o -path /data -o -path /tmp -o -path /dev \) -prune -o -user 10001 -print 2>/dev/null | grep .'
buildah $storage rm "$box" >/dev/null
echo "== done: built, non-root, runs"
