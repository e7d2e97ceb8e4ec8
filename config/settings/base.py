"""What every way to run has in common. Nothing here needs an environment variable."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.settings.environment import env
from config.settings.sign_in import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = False

# What the agency is called until it has entered its own words (accounts.agency).
AGENCY_NAME = env.str("AGENCY_NAME", default="Thành đoàn Hà Nội")
# As above, in the foot of every page: who helps, and how they are reached.
HELP_SENTENCE = env.str("HELP_SENTENCE", default="")
VERSION = "0.1"

# --- Applications ------------------------------------------------------------
# "reports" can be left out: the planner works without it, and CI proves it.
WITH_REPORTS = not env.bool("WITHOUT_REPORTS", default=False)

INSTALLED_APPS = [
    "accounts.apps.AccountsConfig",
    "fieldvisits.apps.FieldvisitsConfig",
    *(["reports.apps.ReportsConfig"] if WITH_REPORTS else []),
    "config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.middleware.no_store",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.second_factor_first",
    "config.middleware.count_anew",
    "config.middleware.say_not_allowed",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into the lockout page
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.navigation.navigation",
                "config.ui.context.house",
            ],
            "libraries": {"ui": "config.ui.tags"},
        },
    },
]

# --- Demonstration -----------------------------------------------------------
# Written by `load_demo`, shown by `show_sign_ins`: a list of role, name, email, password.
SIGN_INS_FILE = VAR_DIR / "sign-ins.json"
DEMO_ALLOWED = True

# --- Language, dates, numbers ------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Files -------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
PRODUCT_FILE_BYTES = env.int("PRODUCT_FILE_MB", default=20) << 20  # the largest file of a product
PRODUCT_FILES = 10  # of one product
IMPORT_FILE_BYTES = env.int("IMPORT_FILE_MB", default=20) << 20  # one upload of tables
IMPORT_ROWS = env.int("IMPORT_ROWS", default=100_000)  # of all its tables together
IMPORT_KEPT = timedelta(days=env.int("IMPORT_KEPT_DAYS", default=90))  # file, preview, journal
MEDIA_URL = ""  # no address: uploads and documents go through views that ask who is there
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o640},  # uploads are nobody else's to read
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Backups ------------------------------------------------------------------
# Where the clock puts a backup every night; empty: nowhere. That many are kept.
BACKUP_DIR = env.str("BACKUP_DIR", default="")
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)

# --- Headers -----------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # Bootstrap's own CSS carries data: pictures
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- Mail --------------------------------------------------------------------
# Links in mails and documents start with this, never with the Host header of a request.
_HERE = f"http://127.0.0.1:{env.str('PORT', default='') or '8000'}"  # as bin/run serves it
SITE_URL = env.str("SITE_URL", default=_HERE).rstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="fieldvisits@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MESSAGE_ID_DOMAIN = urlsplit(SITE_URL).hostname or "localhost"
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs may not hold up the others

# --- Clock -------------------------------------------------------------------
# Celery is only the clock. What is due is always read from the database, so a lost
# broker delays work and never loses it; every job may safely run twice.
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_TIME_LIMIT = int(timedelta(minutes=30).total_seconds())
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# In the order in which `manage.py run_due` takes them: first what writes messages, then
# what sends them. Every task takes `now` as an ISO text, or finds out itself.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "remind": {
        "task": "fieldvisits.remind",
        # Local time, before the working day; again for a clock that slept then.
        "schedule": crontab(hour="7-9", minute=30),
    },
    "expire-confirmations": {
        "task": "fieldvisits.expire_confirmations",
        "schedule": crontab(hour=7, minute=35),  # local time
    },
    "back-up": {
        "task": "config.back_up",
        # Once a night; again for a clock that slept, or after a backup that failed.
        "schedule": crontab(hour="2-6", minute=15),
    },
    "build-queued-reports": {
        "task": "reports.build_queued_reports",
        "schedule": timedelta(minutes=1),
    },
    "take-up-imports": {
        "task": "accounts.take_up_imports",
        "schedule": timedelta(minutes=1),
    },
    "forget-old-imports": {
        "task": "accounts.forget_old_imports",
        "schedule": crontab(hour=2, minute=40),  # local time, when nobody works
    },
    "deliver-messages": {
        "task": "accounts.deliver_messages",
        "schedule": timedelta(seconds=env.int("DELIVER_EVERY_SECONDS", default=60)),
    },
}
if not WITH_REPORTS:
    del CELERY_BEAT_SCHEDULE["build-queued-reports"]

# --- Log ---------------------------------------------------------------------
LINE = {"formatter": "line", "filters": ["links_left_out"]}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"links_left_out": {"()": "config.logs.LinksLeftOut"}},
    "handlers": {"console": {"class": "logging.StreamHandler"} | LINE},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {"level": env.str("LOG_LEVEL", default="INFO")}
        for name in ("accounts", "fieldvisits", "reports", "config")
    },
}

# How long the counts beside the menu may outlast something written past requests and jobs.
MENU_REMEMBERED_SECONDS = 60
