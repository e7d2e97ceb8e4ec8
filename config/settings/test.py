"""For the tests: SQLite in a file of its own, or the servers named in the environment."""

import os
import tempfile
from pathlib import Path

from config.settings.base import *
from config.settings.base import BASE_DIR, STORAGES, TEMPLATES
from config.settings.environment import database, env
from tests.undefined_variables import STRING_IF_INVALID

EMBEDDED = False
SECRET_KEY = "only for tests"  # noqa: S105 -- guards nothing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# Two runs beside each other (and their xdist workers) may not share files.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
TEST_DIR = Path(tempfile.gettempdir()) / f"fieldvisits-test-{RUN}"

DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{TEST_DIR}/unused.sqlite3"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, because threads that meet in one memory database do not wait for each other.
    TEST_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "db.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = env.str("REDIS_URL", default="memory://localhost")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# One worker that ends clears its files away, not those of the others.
MEDIA_ROOT = TEST_DIR / os.environ.get("PYTEST_XDIST_WORKER", "alone") / "media"
ACCOUNT_MAIL_IN_BACKGROUND = False  # there when the answer is; its own test turns it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, not safe
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = BASE_DIR / "static"  # whitenoise would warn about a folder that is not there
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = STRING_IF_INVALID
REQUIRE_SECOND_FACTOR = False  # whatever the environment says; its own tests turn it on
MENU_REMEMBERED_SECONDS = 0  # rows come from factories here, past requests and jobs
