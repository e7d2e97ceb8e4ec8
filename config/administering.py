"""What the wiring knows about itself, for the administrator's desk."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts import administering
from accounts.administering import Fact, Panel
from config import clock, health

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.administering import Look

CLOCK, SYSTEM, STORAGE = 20, 30, 60  # where they stand
LITTLE_SPACE = 0.1  # of the disk free: time to clear up
MEASURED_FOR = 600  # seconds for which the size of the files is remembered


def panels(look: Look) -> Iterator[Panel]:
    yield _clock(look)
    yield _system(look)
    yield _storage()


def _clock(look: Look) -> Panel:
    late = _("The scheduler or the worker stands still: start it, or look into its log.")
    facts = []
    for work in clock.works():
        tone: administering.Tone = "bad" if work.failed or work.is_late(look.now) else "ok"
        advice = late if tone == "bad" else ""
        if work.failed:
            advice = _("It ended with an error; the log of the worker has it in full.")
        elif work.run is None:
            tone, advice = "warn", _("Right after the start that is as it should be.")
        facts.append(Fact(name=work.name, value=work.said, tone=tone, advice=advice))
    says = _("When each kind of work was last done.")
    return Panel(key="clock", title=_("The clock"), facts=tuple(facts), says=says, rank=CLOCK)


def _system(look: Look) -> Panel:
    found = health.read_queue(look.now)
    words = {"ok": _("in order"), "degraded": _("with difficulties"), "down": _("down")}
    gone = _("Redis does not answer: pages work, limits rest, work waits. Start it again.")
    return Panel(
        key="system",
        title=_("The system"),
        rank=SYSTEM,
        facts=(
            Fact(name=_("Version"), value=settings.VERSION),
            Fact(
                name=_("As a monitor reads it"),
                value=words[found.status],
                url="/health/",
                tone="ok" if found.status == "ok" else "bad",
                advice="" if found.status == "ok" else _("See what is red on this page."),
            ),
            Fact(
                name=_("Cache and queue"),
                value=_("does not answer") if found.redis is False else _("answers"),
                tone="bad" if found.redis is False else "ok",
                advice=gone if found.redis is False else "",
            ),
        ),
    )


def _storage() -> Panel:
    disk = shutil.disk_usage(_existing(Path(settings.MEDIA_ROOT)))
    scarce = disk.free < disk.total * LITTLE_SPACE
    return Panel(
        key="storage",
        title=_("Storage"),
        rank=STORAGE,
        facts=(
            Fact(name=_("Database"), value=filesizeformat(_database_bytes())),
            Fact(name=_("Files handed in and documents"), value=filesizeformat(_file_bytes())),
            Fact(
                name=_("Free on the disk"),
                value=_("%(free)s of %(total)s")
                % {"free": filesizeformat(disk.free), "total": filesizeformat(disk.total)},
                tone="bad" if scarce else "ok",
                advice=_("Less than a tenth is free: move old backups away.") if scarce else "",
            ),
        ),
    )


def _existing(path: Path) -> Path:
    """The folder, or the nearest one above it that is there yet."""
    return next(one for one in (path, *path.parents) if one.exists())


def _database_bytes() -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    file = Path(str(connection.settings_dict["NAME"]))
    return sum(path.stat().st_size for path in file.parent.glob(f"{file.name}*"))


def _file_bytes() -> int:
    """Walked through at most every ten minutes: there may be many."""
    known: int | None = cache.get("file-bytes")
    if known is None:
        folder = Path(settings.MEDIA_ROOT)
        known = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        cache.set("file-bytes", known, MEASURED_FOR)
    return known


def join_in() -> None:
    administering.register(panels=panels)
