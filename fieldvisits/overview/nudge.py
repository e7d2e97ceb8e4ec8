"""The button with which an owner reminds whoever holds the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from fieldvisits.actions import nudging
from fieldvisits.overview.words import short

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person


@dataclass(frozen=True)
class Nudge:
    url: str
    names: str
    reminded_on: str = ""  # not again yet


def nudge_of(paper: nudging.AnyPaper, person: Person, today: date) -> Nudge | None:
    """What an owner is offered; nothing while the paper came lately or is with the owner."""
    if not nudging.is_long(paper, today, 0) or not nudging.owns(person, paper):
        return None
    found = nudging.holders(paper, person, today)
    days = nudging.patience(today) if found else 0
    if not found or not nudging.is_long(paper, today, days):
        return None
    last = nudging.last_nudge(paper, found)
    on = timezone.localdate(last.created_at) if last else None
    recent = on is not None and today - on < timedelta(days=max(days, 1))
    return Nudge(
        url=reverse(f"fieldvisits:{paper.PATH}-nudge", args=[paper.pk]),
        names=", ".join(one.full_name for one in found),
        reminded_on=short(on) if on and recent else "",
    )
