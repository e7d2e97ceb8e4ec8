"""D1, D3: a backup is of one moment, comes back as it was, and a bad one changes nothing."""

import functools
import json
import random
import shutil
import zipfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.actions.messages import notify
from accounts.models import BackupRun, Delivery, InboxItem
from config.backup import archive, making, restoring, tables
from config.backup.making import make
from config.embedded import hold
from fieldvisits.models import Step
from tests.conftest import is_sqlite, migrated_file
from tests.factories.accounts import PersonFactory
from tests.factories.papers import make_papers
from tests.factories.sign_in import give_app
from tests.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, TIMES = 20, 5
FILE = "products/0b9f/Khảo sát.pdf"


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world():
    """A paper of every kind, and a file."""
    make_papers()
    default_storage.save(FILE, ContentFile(b"%PDF-1.7 " * 1000))


@pytest.fixture
def lan():
    return PersonFactory(full_name="Nguyễn Thị Lan", email="lan@example.vn")


@functools.cache  # making them takes longer than reading all they hold
def models():
    return tables.models_at(tables.latest_applied())


def sums():
    """What the whole database holds, but for the record of backups."""
    return {
        tables.table_of(model): (told.rows, str(told))
        for model in models()
        if model.__name__ != "BackupRun"
        for told in [tables.sum_of(model)]
    }


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in making.files_in(folder)
    }


def rows_of(path):
    with archive.reading(path) as backup:
        return {table.name: table.rows for table in backup.manifest.tables}


def tell(person, key):
    return notify(person, kind="test", subject="Thử", key=key)


def test_every_table_is_kept_but_the_sessions():
    kept = {tables.table_of(model) for model in models()}
    there = set(connection.introspection.table_names())

    assert there - kept == {"django_migrations", "django_session"}


def test_backup_while_twenty_write_holds_up_nobody_and_is_of_one_moment(lan, tmp_path):
    tell(lan, "before")

    def act(number):
        if number == WRITERS:
            return make(tmp_path / "backup.zip")
        return [tell(lan, f"{number}:{time}") for time in range(TIMES)]

    answers = all_at_once(WRITERS + 1, act)

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert InboxItem.objects.count() == 1 + WRITERS * TIMES
    rows = rows_of(tmp_path / "backup.zip")
    assert 1 <= rows["accounts_inboxitem"] == rows["accounts_delivery"]


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_written_during_a_backup_is_not_in_it(lan, tmp_path, monkeypatch, kept):
    """And the control: without its one moment the backup has half of a message."""
    honest = tables.lines

    def lines(model):
        if tables.table_of(model) == "accounts_delivery":
            all_at_once(1, lambda _: tell(lan, "meanwhile"))
        return honest(model)

    monkeypatch.setattr(tables, "lines", lines)
    if not kept:
        monkeypatch.setattr(making, "one_moment", nullcontext)
    make(tmp_path / "backup.zip")

    rows = rows_of(tmp_path / "backup.zip")
    assert rows["accounts_delivery"] == (0 if kept else 1)
    assert Delivery.objects.count() == 1


def test_restored_rows_and_files_are_those_of_the_backup(world, tmp_path, settings):
    before, kept = sums(), files(settings.MEDIA_ROOT)
    call_command("backup", str(tmp_path / "backup.zip"))
    tell(PersonFactory(), "later")
    default_storage.save("products/later.txt", ContentFile(b"later"))
    default_storage.delete(FILE)

    call_command("restore", str(tmp_path / "backup.zip"), yes=True, replace=True)

    assert (sums(), files(settings.MEDIA_ROOT)) == (before, kept)
    assert FILE in kept
    assert len([rows for rows, _ in before.values() if rows]) > 30
    assert tell(PersonFactory(), "numbers go on behind the last")


@pytest.mark.skipif(not is_sqlite(), reason="for PostgreSQL see test_backup_elsewhere")
def test_backup_of_another_version_fills_tables_made_anew(lan, tmp_path, monkeypatch):
    make(tmp_path / "backup.zip")
    before, found = sums(), []

    class Migrations:  # what they make, at once
        def __init__(self, connection):
            found.extend(connection.introspection.table_names())

        def migrate(self, nodes):
            connection.close()
            shutil.copyfile(migrated_file(), connection.settings_dict["NAME"])

    monkeypatch.setattr(restoring, "MigrationExecutor", Migrations)
    monkeypatch.setattr(tables, "latest_applied", list)  # none: the tables do not fit
    call_command("restore", str(tmp_path / "backup.zip"), yes=True, replace=True)

    assert (found, sums()) == ([], before)


def test_history_is_guarded_after_a_restore_as_before(world, tmp_path):
    call_command("backup", str(tmp_path / "backup.zip"))
    call_command("restore", str(tmp_path / "backup.zip"), yes=True, replace=True)

    with pytest.raises(Exception, match="history is append-only"):
        Step.objects.update(name="other")


@pytest.mark.parametrize("key", ["the same", "another"])
def test_restore_under_another_secret_key_says_whose_codes_are_lost(
    lan, tmp_path, settings, capsys, key
):
    give_app(lan)
    call_command("backup", str(tmp_path / "backup.zip"))
    if key == "another":
        settings.SECRET_KEY = key

    call_command("restore", str(tmp_path / "backup.zip"), yes=True, replace=True)

    assert ("The codes of 1 authenticator app" in capsys.readouterr().err) == (key == "another")


def test_restore_asks_and_gives_up_nothing_without_being_told(lan, tmp_path):
    call_command("backup", str(tmp_path / "backup.zip"))

    with pytest.raises(CommandError, match="say --yes"):
        call_command("restore", str(tmp_path / "backup.zip"), replace=True)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(tmp_path / "backup.zip"), yes=True)
    assert BackupRun.objects.get().ok


@pytest.mark.skipif(not is_sqlite(), reason="there the connections of others tell")
def test_restore_under_a_running_application_is_refused(lan, tmp_path):
    call_command("backup", str(tmp_path / "backup.zip"))

    with hold(tmp_path / "embedded.lock"), pytest.raises(CommandError, match="stop it first"):
        call_command("restore", str(tmp_path / "backup.zip"), yes=True, replace=True)


def is_whole(path: Path, content: bytes, said) -> bool:
    path.write_bytes(content)
    try:
        with archive.reading(path) as found:
            assert found.manifest == said  # which every row and file was counted against
    except archive.Unusable:
        return False
    return True


def test_backup_that_was_cut_short_is_refused_wherever_the_cut_is(lan, tmp_path):
    make(tmp_path / "backup.zip")
    whole = (tmp_path / "backup.zip").read_bytes()

    for end in range(0, len(whole), len(whole) // 10):
        assert not is_whole(tmp_path / "bad.zip", whole[:end], None)


def test_changed_byte_is_refused_unless_nobody_reads_it(lan, tmp_path):
    """Unread are the dates and the like that a zip keeps of its parts, twice over."""
    make(tmp_path / "backup.zip")
    whole, dice = (tmp_path / "backup.zip").read_bytes(), random.Random(1)
    with archive.reading(tmp_path / "backup.zip") as found:
        said = found.manifest
    unnoticed = 0
    for place in dice.sample(range(len(whole)), 40):
        changed = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        unnoticed += is_whole(tmp_path / "bad.zip", changed, said)
    assert unnoticed < 20


def remade(source: Path, target: Path, change) -> None:
    """The same archive with another list, as somebody else's program might make it."""
    with zipfile.ZipFile(source) as found, zipfile.ZipFile(target, "w") as out:
        parts = {name: found.read(name) for name in found.namelist()}
        manifest = json.loads(parts["manifest.json"])
        change(manifest, parts)
        parts["manifest.json"] = json.dumps(manifest).encode()
        for name, content in parts.items():
            out.writestr(name, content)


def fewer_rows(manifest, parts):
    parts["tables/accounts_person.jsonl"] = b""


def path_outside(manifest, parts):
    parts["files/../../evil"] = parts["files/note.txt"]
    manifest["files"].append({**manifest["files"][0], "name": "../../evil"})


FOREIGN = {
    "another application's": (lambda m, _: m.update(format="x"), "not that of a backup"),
    "of a newer version": (
        lambda m, _: m["migrations"].append(["accounts", "0999_x"]), "accounts.0999_x",
    ),
    "with more than its list": (lambda _, parts: parts.update(more=b""), "not what its list"),
    "with less than its list": (lambda _, parts: parts.pop("files/note.txt"), "not what its list"),
    "with fewer rows": (fewer_rows, "accounts_person is damaged"),
    "with other columns": (lambda m, _: m["tables"][5]["columns"].append("x"), "not those of"),
    "with a path outside": (path_outside, "would leave the folder"),
    "without a list": (lambda m, _: m.clear(), "not that of a backup"),
}  # fmt: skip


@pytest.mark.parametrize("which", [*FOREIGN, "no archive", "truncated", "whole"])
def test_foreign_backup_changes_nothing_and_a_whole_one_does(lan, tmp_path, which):
    default_storage.save("note.txt", ContentFile(b"note"))
    make(tmp_path / "whole.zip")
    change, why = FOREIGN.get(which, (lambda *_: None, ""))
    remade(tmp_path / "whole.zip", bad := tmp_path / "bad.zip", change)
    if which in ("no archive", "truncated"):
        why = "no backup"
        bad.write_bytes(b"PK" if which == "no archive" else bad.read_bytes()[:-50])
    default_storage.delete("note.txt")
    get_user_model().objects.update(full_name="Later")
    before = sums()

    if which == "whole":  # the control
        call_command("restore", str(bad), yes=True, replace=True)
    else:
        with pytest.raises(CommandError, match=f"Nothing was changed.*{why}"):
            call_command("restore", str(bad), yes=True, replace=True)

    assert (sums() == before) == (which != "whole")
    assert default_storage.exists("note.txt") == (which == "whole")


def test_rows_that_do_not_arrive_as_they_were_leave_all_as_it_is(lan, tmp_path, monkeypatch):
    make(tmp_path / "backup.zip")
    get_user_model().objects.update(full_name="Later")
    before, honest = sums(), tables.fill
    monkeypatch.setattr(tables, "fill", lambda model, rows: honest(model, list(rows)[1:]))

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(tmp_path / "backup.zip"), yes=True, replace=True)

    monkeypatch.setattr(tables, "fill", honest)
    assert sums() == before


def test_backup_that_breaks_off_leaves_no_file_and_is_on_record(lan, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "lines", lambda model: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("backup", str(tmp_path / "backup.zip"))

    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    assert "ZeroDivisionError" in BackupRun.objects.get().error


def test_backup_never_writes_over_another(lan, tmp_path):
    (tmp_path / "backup.zip").write_bytes(b"older")

    with pytest.raises(CommandError, match="there already"):
        call_command("backup", str(tmp_path / "backup.zip"))
    assert (tmp_path / "backup.zip").read_bytes() == b"older"


def test_backup_is_for_its_owner_alone_and_names_files_that_are_gone(world, tmp_path, capsys):
    default_storage.delete(gone := min(tables.file_names(models())))
    call_command("backup", str(tmp_path / "backup.zip"))

    assert (tmp_path / "backup.zip").stat().st_mode & 0o777 == 0o600
    run = BackupRun.objects.get()
    assert (run.ok, run.files > 1, run.missing_files) == (True, True, 1)
    assert f"1 files that rows name were not there: {gone}" in capsys.readouterr().err
