"""What the clock does about backups, and what the administrator's desk says of them."""

import os
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from accounts.administering import Look, panels_for
from accounts.models import BackupRun, InboxItem
from config.backup import nightly
from config.backup.archive import Manifest
from config.backup.nightly import ABANDONED, back_up_tonight
from config.tasks import back_up
from tests.factories.accounts import make_administrator

pytestmark = pytest.mark.django_db
NIGHT = "2026-11-26 02:15+07:00"


@pytest.fixture(autouse=True)
def tonight():
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings, tmp_path):
    """Stand in for the archive, which has tests of its own."""
    settings.BACKUP_DIR = str(tmp_path / "backups")

    def make(path):
        path.write_bytes(b"x" * 2048)
        return Manifest(version="0.1", created_at="", database="", migrations=[])

    monkeypatch.setattr(nightly, "make", make)
    return make


@pytest.fixture
def broken(monkeypatch):
    def fail(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(nightly, "make", fail)


@pytest.fixture
def administrator():
    return make_administrator(full_name="Lê Quản Trị")


def made(tmp_path):
    return sorted(path.name for path in (tmp_path / "backups").iterdir())


def said(person):
    look = Look(person=person, now=timezone.now())
    with translation.override("en"):
        panel = next(panel for panel in panels_for(look) if panel.key == "backups")
        return panel.tone, [f"{fact.name}: {fact.value}" for fact in panel.facts]


def test_one_a_night_and_one_the_next(tonight, tmp_path):
    assert back_up_tonight(now=timezone.now()) is not None
    assert back_up_tonight(now=timezone.now() + timedelta(hours=1)) is None
    tonight.shift(timedelta(days=1))
    back_up()

    names = ["fieldvisits-2026-11-26-0215.zip", "fieldvisits-2026-11-27-0215.zip"]
    assert made(tmp_path) == names


def test_without_a_folder_there_is_none(settings):
    settings.BACKUP_DIR = ""

    assert back_up_tonight(now=timezone.now()) is None
    assert not BackupRun.objects.exists()


def test_what_failed_is_told_once_and_tried_again_an_hour_later(
    administrator, quick, broken, tonight, monkeypatch
):
    for _ in range(2):
        with pytest.raises(OSError, match="No space left"):
            back_up_tonight(now=timezone.now())
        tonight.shift(timedelta(hours=1, seconds=1))
    monkeypatch.setattr(nightly, "make", quick)

    assert back_up_tonight(now=timezone.now())
    assert BackupRun.objects.get().ok
    item = InboxItem.objects.get()
    assert (item.recipient, item.kind) == (administrator, "backup_failed")
    assert "No space left on device" in item.body


def test_what_was_just_begun_elsewhere_is_left_to_it(broken):
    with pytest.raises(OSError, match="No space left"):
        back_up_tonight(now=timezone.now())

    assert back_up_tonight(now=timezone.now() + timedelta(minutes=30)) is None


def test_newest_are_kept_and_what_is_not_ours(settings, tmp_path):
    settings.BACKUP_KEEP = 2
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("1999-01-01-0215.zip", "2026-11-25-0215.zip", "2026-11-20-0215.zip.part"):
        (folder / f"fieldvisits-{name}").write_bytes(b"")
    (folder / "before-the-congress.zip").write_bytes(b"")
    long_ago = timezone.now().timestamp() - ABANDONED - 1
    os.utime(folder / "fieldvisits-2026-11-20-0215.zip.part", (long_ago, long_ago))

    back_up_tonight(now=timezone.now())

    assert made(tmp_path) == [
        "before-the-congress.zip",
        "fieldvisits-2026-11-25-0215.zip",
        "fieldvisits-2026-11-26-0215.zip",
    ]


@pytest.mark.parametrize(("hours", "tone"), [(1, "ok"), (31, "warn"), (200, "bad")])
def test_desk_shows_the_last_backup_and_its_age(administrator, tonight, hours, tone, settings):
    back_up_tonight(now=timezone.now())
    tonight.shift(timedelta(hours=hours))

    assert said(administrator) == (
        tone,
        ["Last backup: 02:15 26/11/2026, 2.0\xa0KB", f"Every night: {settings.BACKUP_DIR}"],
    )


def test_desk_says_that_there_is_none(administrator, settings):
    settings.BACKUP_DIR = ""

    assert said(administrator) == ("bad", ["Last backup: none yet", "Every night: no"])


def test_desk_shows_what_failed_since(administrator, broken):
    with pytest.raises(OSError, match="No space left"):
        back_up_tonight(now=timezone.now())

    tone, facts = said(administrator)
    assert tone == "bad"
    assert "No space left on device" in facts[1]
