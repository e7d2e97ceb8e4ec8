"""One process on one machine, with worker and scheduler inside it. Needs no environment."""

import sys

from config.settings.base import *
from config.settings.base import SITE_URL, STORAGES, VAR_DIR
from config.settings.environment import database, env, mail_server, secret_key_file

EMBEDDED = True
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_file(VAR_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # attempts and menus of everybody; 300 push them out
    }
}
if sys.argv[1:2] == ["runserver"]:  # a developer's: style and script as they lie in the sources
    STORAGES = STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = "memory://localhost"

if env.str("EMAIL_URL", default=""):
    vars().update(mail_server())
else:  # mails become files: nobody is written to by accident
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
