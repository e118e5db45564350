# Two stages: the first builds the environment, the second holds only what runs.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/needtoknow
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY bot bot
COPY cogs cogs
COPY config config
RUN /opt/needtoknow/bin/pip install -c constraints.txt '.[postgres]' \
    && /opt/needtoknow/bin/python -m compileall -q /opt/needtoknow/lib

FROM python:3.13-slim
RUN groupadd --gid 10001 needtoknow \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin needtoknow \
    && mkdir /data && chown 10001:10001 /data
COPY --from=build /opt/needtoknow /opt/needtoknow
ENV PATH=/opt/needtoknow/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NEEDTOKNOW_DATABASE__URL=/data/needtoknow.sqlite \
    NEEDTOKNOW_DATABASE__BACKUP_FOLDER=/data/backups
USER 10001:10001
WORKDIR /data
# The one place that is written to: run with a read-only root and this volume.
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
    CMD ["needtoknow", "status", "--check"]
ENTRYPOINT ["needtoknow"]
CMD ["run"]
