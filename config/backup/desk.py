"""The last backup, for the administrator's desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts import administering
from accounts.actions.backups import latest
from accounts.administering import Fact, Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.administering import Look, Tone
    from accounts.models import BackupRun

A_NIGHT = timedelta(hours=30)  # older than this, a night was left out
A_WEEK = timedelta(days=7)


def panels(look: Look) -> Iterator[Panel]:
    begun, made = latest()
    facts = [_last_made(made, look.now)]
    if begun and begun.finished_at and not begun.ok:
        facts.append(
            Fact(
                name=_("Failed since"),
                value=f"{_moment(begun.started_at)}: {begun.error}",
                advice=_("Look whether the disk is full and the folder can be written to."),
                tone="bad",
            )
        )
    facts.append(Fact(name=_("Every night"), value=settings.BACKUP_DIR or _("no")))
    yield Panel(key="backups", title=_("Backups"), facts=tuple(facts), rank=35)


def _last_made(run: BackupRun | None, now: datetime) -> Fact:
    name = _("Last backup")
    advice = _("Set BACKUP_DIR, or make one by hand: manage.py backup PATH.")
    if run is None:
        return Fact(name=name, value=_("none yet"), advice=advice, tone="bad")
    age = now - run.started_at
    tone: Tone = "ok" if age < A_NIGHT else "warn" if age < A_WEEK else "bad"
    value = f"{_moment(run.started_at)}, {filesizeformat(run.size)}"
    return Fact(name=name, value=value, advice="" if tone == "ok" else advice, tone=tone)


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def join_in() -> None:
    administering.register(panels=panels)
