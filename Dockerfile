# Two stages: the builder installs hashed requirements and the package into one virtual environment, the image holds only that.
#
# The base is pinned by tag. For builds that repeat byte for byte pin it by digest, too:
#     docker pull python:3.12-slim && docker inspect --format '{{index .RepoDigests 0}}' python:3.12-slim
#     docker build --build-arg BASE=python:3.12-slim@sha256:... .
# LOCK is what is installed: requirements-image.lock (with PostgreSQL and `digester serve`) or requirements.lock (without).
# No secret belongs into a build argument, a label or ENV: they are given when the container starts (docs/deploy.md).
ARG BASE=python:3.12-slim

FROM ${BASE} AS builder
ARG LOCK=requirements-image.lock
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 SOURCE_DATE_EPOCH=1577836800
WORKDIR /build
COPY requirements.lock requirements-image.lock deploy/requirements-build.lock ./
# Wheels only: what builds from source would fetch its build tools without a hash.
RUN python -m venv --without-pip /opt/digester \
    && python -m venv --without-pip /opt/build \
    && pip --python /opt/digester/bin/python install --no-cache-dir --no-compile --require-hashes --no-deps --only-binary :all: -r "$LOCK" \
    && pip --python /opt/build/bin/python install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements-build.lock
COPY pyproject.toml README.md LICENSE sources.yaml ./
COPY src ./src
COPY prompts ./prompts
COPY templates ./templates
# The package without an index; bytecode that names no time, since nothing is written below a read-only root later.
RUN /opt/build/bin/python -m hatchling build -t wheel -d dist \
    && pip --python /opt/digester/bin/python install --no-cache-dir --no-compile --no-index --no-deps dist/*.whl \
    && /opt/digester/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/digester/lib

FROM ${BASE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="digester" \
      org.opencontainers.image.description="An automated AI and recommender-systems news digest that can prove what it prints." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# Not pinned: certificates and time zones are wanted as current as the image is.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
# /data is the one place that is written to; a new named volume takes its owner from here.
RUN groupadd --gid 10001 digester \
    && useradd --no-log-init --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin digester \
    && install -d -m 0750 -o 10001 -g 10001 /data
COPY --from=builder /opt/digester /opt/digester
ENV PATH=/opt/digester/bin:$PATH DIGESTER_HOME=/data HOME=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# Healthy is who was alive lately and has its database: `schedule` says so each minute, also while it works.
HEALTHCHECK --interval=5m --timeout=30s --start-period=5m --retries=3 CMD ["digester", "health"]
ENTRYPOINT ["digester"]
CMD ["schedule"]
