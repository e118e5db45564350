# Two stages: the first builds the environment, the second holds only what runs. BASE must have the Python that
# requirements.lock was made with, 3.11: other versions need other packages.
ARG BASE=docker.io/library/python:3.11-slim-bookworm
FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python3 -m venv /opt/needtoknow
WORKDIR /src
COPY requirements.lock ./
# Nothing is installed whose bytes are not those that were locked; no package builds itself with tools of its own.
RUN /opt/needtoknow/bin/pip install --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot bot
COPY cogs cogs
COPY config config
RUN /opt/needtoknow/bin/pip install --no-deps --no-index --no-build-isolation . \
    && /opt/needtoknow/bin/pip check \
    && /opt/needtoknow/bin/python -m compileall -q /opt/needtoknow/lib

FROM ${BASE}
# Two lines instead of useradd, which wants to lock files and is not in every base.
RUN echo 'needtoknow:x:10001:' >> /etc/group \
    && echo 'needtoknow:x:10001:10001::/data:/usr/sbin/nologin' >> /etc/passwd \
    && mkdir /data && chown 10001:10001 /data
COPY --from=build /opt/needtoknow /opt/needtoknow
ENV PATH=/opt/needtoknow/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NEEDTOKNOW_DATABASE__URL=/data/needtoknow.sqlite \
    NEEDTOKNOW_DATABASE__BACKUP_FOLDER=/data/backups \
    NEEDTOKNOW_HEALTH__ADDRESS=127.0.0.1:8765
USER 10001:10001
WORKDIR /data
# The one place that is written to: run with a read-only root and this volume.
VOLUME ["/data"]
STOPSIGNAL SIGTERM
# Asks the bot's /healthz: red when reading, planning, sending or Discord's answers have stopped.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
    CMD ["needtoknow", "status", "--check"]
ENTRYPOINT ["needtoknow"]
CMD ["run"]
