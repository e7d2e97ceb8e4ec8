"""The settings: what works with nothing, and what refuses to."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import database, required, secret_key_file

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 60 + "0123456789",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "visits.example",
    "SITE_URL": "https://visits.example",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "office@visits.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_manage_works_with_no_environment_but_a_folder(tmp_path):
    result = manage("check", VAR_DIR=str(tmp_path))

    assert result.returncode == 0, result.stderr
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_production_with_everything_passes_the_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr


def test_production_without_its_settings_names_all_of_them_and_refuses_to_start():
    names = [name for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE"]

    result = manage("check", DJANGO_SETTINGS_MODULE=PRODUCTION["DJANGO_SETTINGS_MODULE"])

    assert result.returncode != 0
    assert f"missing in the environment: {', '.join(names)}" in result.stderr


def test_required_names_all_that_is_missing(monkeypatch):
    monkeypatch.setenv("PRESENT", "yes")
    monkeypatch.delenv("ABSENT", raising=False)

    with pytest.raises(ImproperlyConfigured, match="ABSENT, EMPTY"):
        required("PRESENT", "ABSENT", "EMPTY")


def test_secret_key_is_one_when_many_start_at_once(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: secret_key_file(tmp_path / "var" / "key"), range(64)))

    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["key"]


def test_database_on_sqlite_takes_the_write_lock_at_once():
    assert database("sqlite:///x.sqlite3")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_database_takes_a_socket_folder():
    assert database("postgres://me@%2Frun%2Fpg:5432/visits")["HOST"] == "/run/pg"


def test_database_of_another_kind_is_refused():
    with pytest.raises(ImproperlyConfigured, match="sqlite: or postgres:"):
        database("mysql://root@localhost/x")


def test_without_reports_the_planner_stands_alone(tmp_path):
    result = manage("check", VAR_DIR=str(tmp_path), WITHOUT_REPORTS="1")

    assert result.returncode == 0, result.stderr


def test_developers_server_shows_pages_without_collected_files(tmp_path):
    """``manage.py runserver`` asks for no step before it; its styles come from the sources."""
    asked = (
        "import sys; sys.argv = ['manage.py', 'runserver']; import django; django.setup();"
        "from django.core.wsgi import get_wsgi_application; get_wsgi_application();"
        "from django.test import Client; client = Client(headers={'host': 'localhost'});"
        "page = client.get('/accounts/login/').content.decode();"
        "style = page.split('rel=\"stylesheet\" href=\"')[1].split('\"')[0];"
        "print(style, client.get(style).status_code)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.embedded", "VAR_DIR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-W", "ignore:No directory at", "-c", asked],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout.split() == ["/static/css/fonts.css", "200"], result.stderr


def test_whatever_stands_in_the_example_reaches_the_containers():
    """What is filled in and not handed on would be without effect, and without a word."""
    offered = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    handed_on = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert set(offered) - handed_on == set()
    assert "INVITATION_DAYS" in offered  # the pattern finds them
