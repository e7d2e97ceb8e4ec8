"""Telling everybody who travels that a quarter can be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.calendar import Quarter

KIND = "quarter_open"


def key_of(quarter: Quarter) -> str:
    return f"quarter-open:{quarter}"


def tell_open(person: Person, quarter: Quarter, due_on: date, *, today: date) -> bool:
    """Tell one person once for each quarter; return whether they had not been told yet.

    An office that begins in the middle of a quarter opens it after its due day.
    """
    ahead = _("Registration for quarter %(quarter)s is open until %(day)s")
    over = _("Registration for quarter %(quarter)s is open; it was due on %(day)s")
    item = notify(
        person,
        kind=KIND,
        subject=ahead if today <= due_on else over,
        body=_("Comrade, open the plan of the quarter, enter the visits and submit it."),
        values={"quarter": f"{quarter.roman}/{quarter.year}", "day": f"{due_on:%d/%m/%Y}"},
        key=key_of(quarter),
        url=reverse("fieldvisits:plan-list"),
    )
    return item is not None
