# Two stages: the builder installs the hashed requirements and the package, the runtime holds only those.
FROM python:3.12-slim AS builder
WORKDIR /build
COPY requirements.lock pyproject.toml README.md LICENSE sources.yaml ./
COPY src ./src
COPY prompts ./prompts
COPY templates ./templates
RUN python -m venv /opt/digester \
    && /opt/digester/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock \
    && /opt/digester/bin/pip install --no-cache-dir --no-deps .

FROM python:3.12-slim
# hadolint ignore=DL3008 -- certificates and time zones are wanted as current as the image
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 digester && mkdir /data && chown digester /data
COPY --from=builder /opt/digester /opt/digester
ENV PATH=/opt/digester/bin:$PATH DIGESTER_HOME=/data PYTHONUNBUFFERED=1
USER digester
WORKDIR /data
VOLUME /data
ENTRYPOINT ["digester"]
CMD ["--help"]
