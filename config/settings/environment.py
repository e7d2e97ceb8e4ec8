"""Reads settings from the environment, and fails loudly when one is missing or wrong."""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# One writer at a time is how SQLite works; IMMEDIATE makes the second writer wait at
# the start of its transaction instead of failing in the middle of it.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at ``url`` (sqlite or postgres)."""
    settings: dict[str, Any] = env.db_url_config(url)
    if settings.get("ENGINE") == "django.db.backends.sqlite3":
        settings["OPTIONS"] = SQLITE_OPTIONS | settings.get("OPTIONS", {})
    elif settings.get("ENGINE") != "django.db.backends.postgresql":
        message = "DATABASE_URL has to start with sqlite: or postgres:"
        raise ImproperlyConfigured(message)
    # A connection per request would cost more than the queries of most pages.
    settings["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    settings["CONN_HEALTH_CHECKS"] = True
    # A socket folder is written as %2Frun%2Fpostgresql in the place of the host.
    settings["HOST"] = unquote(settings.get("HOST") or "")
    return settings


def mail_server() -> dict[str, Any]:
    """Return Django's settings for the mail server in EMAIL_URL."""
    try:
        found: dict[str, Any] = env.email_url("EMAIL_URL")
    except ImproperlyConfigured as error:
        message = f"EMAIL_URL: {str(error).strip()}"
        raise ImproperlyConfigured(message) from error
    return found


def required(*names: str) -> None:
    """Raise with every missing name at once, not the first one found."""
    if missing := [name for name in names if not os.environ.get(name)]:
        message = f"These settings are missing in the environment: {', '.join(missing)}"
        raise ImproperlyConfigured(message)


def secret_key_file(path: Path) -> str:
    """Return the key kept in ``path``, making it first if need be.

    Two processes may start at once: each writes a whole file of its own and links it to
    ``path``; the link that comes second fails, and both read what the first one wrote.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 600 from the start
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text().strip()
