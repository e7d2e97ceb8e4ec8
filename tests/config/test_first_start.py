"""What a new database is filled with, and that an old one is left alone."""

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import RequestFactory
from django.utils import timezone

from config.management.commands import first_start, prepare

pytestmark = pytest.mark.django_db

Person = get_user_model()


@pytest.fixture
def called(monkeypatch):
    calls = []
    monkeypatch.setattr(first_start, "call_command", lambda *a, **k: calls.append((*a, k)))
    return calls


def test_new_database_is_filled_with_the_demonstration(called, monkeypatch):
    monkeypatch.delenv("DEMO", raising=False)

    call_command("first_start")

    assert called == [("load_demo", {})]


def test_new_database_without_demonstration_gets_an_administrator(called, monkeypatch):
    monkeypatch.setenv("DEMO", "0")
    monkeypatch.setenv("ADMIN_EMAIL", "lan@office.example")

    call_command("first_start")

    assert called == [("create_administrator", {"email": "lan@office.example"})]


def test_new_database_is_filled_from_a_backup(called, monkeypatch):
    monkeypatch.setenv("RESTORE", "/media/disk/visits.zip")

    call_command("first_start")

    assert called == [("restore", "/media/disk/visits.zip", {"yes": True})]


def test_database_with_people_is_left_alone_and_says_so(called, monkeypatch, capsys):
    monkeypatch.setenv("RESTORE", "/media/disk/visits.zip")
    Person(code="lan", email="lan@example.vn").describe("Nguyễn Thị Lan").save()

    call_command("first_start")

    assert called == []
    assert "RESTORE is left out" in capsys.readouterr().err


def test_administrator_signs_in_with_the_password_printed_once(client, capsys):
    call_command("create_administrator", email="Lan@Office.example")
    password = capsys.readouterr().out.split()[-1]

    client.login(request=RequestFactory().post("/"), email="lan@office.example", password=password)

    person = Person.objects.get(email="lan@office.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.offices(timezone.localdate()).is_administrator


@pytest.mark.parametrize("email", ["lan@office.example", "LAN@OFFICE.example", "no address"])
def test_administrator_who_cannot_be_is_refused(email):
    Person(code="admin", email="lan@office.example").describe("Lan").save()

    with pytest.raises(CommandError):
        call_command("create_administrator", email=email, code="second")
    assert Person.objects.count() == 1


def test_administrator_with_a_code_too_long_is_refused_by_its_name():
    with pytest.raises(CommandError, match=r"--code: .*40"):
        call_command("create_administrator", email="lan@office.example", code="x" * 41)
    assert not Person.objects.exists()


@pytest.mark.parametrize("wrong", [("--year", "99999"), ("--year", "0"), ("--cadres", "3")])
def test_demonstration_says_what_its_options_take(wrong):
    with pytest.raises(CommandError, match=f"{wrong[0]} takes"):
        call_command("load_demo", *wrong)


def test_database_that_cannot_be_used_is_said_in_a_sentence(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    with pytest.raises(CommandError, match="cannot be used: connection refused"):
        call_command("prepare")


def test_setting_that_cannot_be_used_is_said_without_a_traceback(settings, tmp_path):
    environment = os.environ | {"VAR_DIR": str(tmp_path), "EMAIL_URL": "nonsense"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.embedded"
    command = [sys.executable, "manage.py", "prepare"]

    ended = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=False, text=True
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("The settings cannot be used: EMAIL_URL: ")
    assert "Traceback" not in ended.stderr


def test_sign_ins_are_shown_only_of_people_who_are_there(settings, tmp_path, capsys):
    Person(code="lan", email="lan@example.vn").describe("Nguyễn Thị Lan").save()
    settings.SIGN_INS_FILE = tmp_path / "sign-ins.json"
    rows = [
        {"role": "Cán bộ", "email": f"{name}@example.vn", "password": "x"}
        for name in ("lan", "gone")
    ]
    settings.SIGN_INS_FILE.write_text(json.dumps(rows))

    call_command("show_sign_ins")

    out = capsys.readouterr().out
    assert "lan@example.vn" in out
    assert "gone@example.vn" not in out


def test_static_files_are_collected_again_only_when_one_has_changed(
    monkeypatch, settings, tmp_path
):
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    for folder in ("static", "sources"):
        (tmp_path / folder).mkdir()
    calls = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: calls.append(name))
    (tmp_path / "sources" / "house.css").write_text("one")
    prepare.collect_what_changed()  # nothing there yet
    (tmp_path / "static" / "staticfiles.json").write_text("{}")

    prepare.collect_what_changed()
    assert calls == ["collectstatic"]
    (tmp_path / "sources" / "house.css").write_text("another")
    prepare.collect_what_changed()
    assert calls == ["collectstatic"] * 2


@pytest.mark.parametrize("new", [[], ["one"]])
def test_migrations_run_only_if_there_are_new_ones(monkeypatch, new):
    calls = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: calls.append(name))
    if new:
        monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: new)

    prepare.migrate_what_is_new()

    assert calls == (["migrate"] if new else [])
