# The application for production: web, worker and beat run from this one image.
# Any Debian bookworm with Python 3.11 serves as base: python:3.11-slim-bookworm, debian:bookworm.
ARG BASE_IMAGE=python:3.11-slim-bookworm
FROM ${BASE_IMAGE}

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    VAR_DIR=/var/lib/fieldvisits \
    XDG_CACHE_HOME=/tmp \
    PATH=/opt/venv/bin:$PATH

# python3-venv is for a base without a Python of its own.
# No versions are named: Debian stable keeps one, and its security fixes are wanted.
# hadolint ignore=DL3008
RUN export DEBIAN_FRONTEND=noninteractive \
    && apt-get update \
    && apt-get install -y --no-install-recommends \
        gettext libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*

# A new volume takes owner and mode from the folder it is mounted on.
RUN useradd --uid 10001 --user-group --shell /usr/sbin/nologin --no-log-init \
        --home-dir /var/lib/fieldvisits --create-home fieldvisits \
    && install -d -m 750 -o fieldvisits -g fieldvisits \
        /var/lib/fieldvisits/media /var/lib/fieldvisits/backups
WORKDIR /srv/fieldvisits

COPY requirements.txt ./
# Without the tests' packages, which stand last in the list.
RUN python3 -m venv /opt/venv \
    && sed '/^# --- tests/,$d' requirements.txt >/tmp/to-run.txt \
    && pip install --no-cache-dir --disable-pip-version-check -r /tmp/to-run.txt \
    && rm /tmp/to-run.txt

COPY . .
# Static files and texts are part of the image; nothing is built when it starts. The
# settings used here need no secrets and leave nothing of theirs behind.
RUN bin/compile-texts \
    && DJANGO_SETTINGS_MODULE=config.settings.embedded VAR_DIR=/tmp/build \
        python manage.py collectstatic --noinput -v0 \
    && mv /tmp/build/static /srv/static \
    && rm -rf /tmp/build
ENV STATIC_ROOT=/srv/static

USER 10001
EXPOSE 8000
CMD ["bin/serve"]
