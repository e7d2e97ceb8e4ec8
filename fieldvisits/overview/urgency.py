"""How near a deadline is, in words, a colour and a shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from datetime import date

SOON = 3  # days left


@dataclass(frozen=True, slots=True)
class Urgency:
    words: str
    tone: str
    shape: str


def urgency(due_on: date, today: date) -> Urgency:
    left = (due_on - today).days
    if left < 0:
        words = ngettext("%(n)d day overdue", "%(n)d days overdue", -left) % {"n": -left}
        return Urgency(words, "bad", "late")
    if left == 0:
        return Urgency(_("due today"), "warn", "due")
    words = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return Urgency(words, "warn" if left <= SOON else "", "due" if left <= SOON else "open")
