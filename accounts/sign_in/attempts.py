"""Who is locked out by wrong passwords, who signed in lately, who cannot sign in yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db.models import Max, Q, Sum
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.counting import count_of
from accounts.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

LATEST = 20
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Failing:
    """Wrong passwords for one address from one place, within the time that is counted."""

    email: str
    name: str  # whose address it is; empty: nobody's
    ip_address: str
    failures: int
    last_at: datetime

    @property
    def is_locked(self) -> bool:
        return self.failures >= settings.AXES_FAILURE_LIMIT

    @property
    def ends_at(self) -> datetime:
        return self.last_at + settings.AXES_COOLOFF_TIME

    @property
    def shown(self) -> str:
        """What was typed by a stranger may be anything, a password too: it is not shown."""
        return self.email if self.name else _("an address of nobody here")


def failing(now: datetime) -> list[Failing]:
    """All that may still lock somebody out, the most failures first: two queries."""
    rows = (
        AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
        .order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last_at=Max("attempt_time"))
    )
    found = list(rows)
    names = _names(row["username"] for row in found)
    lines = [
        Failing(
            row["username"] or "",
            names.get(row["username"] or "", ""),
            row["ip_address"] or "",
            row["failures"],
            row["last_at"],
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: -line.failures)


@dataclass(frozen=True, slots=True)
class SignIn:
    name: str
    at: datetime


def latest_sign_ins() -> list[SignIn]:
    found = AccessLog.objects.order_by("-attempt_time", "-pk")
    rows = list(found.values_list("username", "attempt_time")[:LATEST])
    names = _names(email for email, _at in rows)
    return [SignIn(names.get((email or "").lower(), _("somebody gone")), at) for email, at in rows]


def _names(emails: Iterable[str | None]) -> dict[str, str]:
    wanted = {email.lower() for email in emails if email}
    if not wanted:
        return {}
    people = Person.objects.annotate(address=Lower("email")).filter(address__in=wanted)
    return {str(email).lower(): name for email, name in people.values_list("email", "full_name")}


def signed_in_since(moment: datetime) -> QuerySet[AccessLog]:
    return AccessLog.objects.filter(attempt_time__gt=moment)


def open_sessions(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__gt=now)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of the last 24 hours, of now, and of people on record. One query."""

    signed_in: int
    sessions: int
    strangers: int

    @classmethod
    def read(cls, now: datetime) -> Numbers:
        counted = {
            "signed_in": count_of(signed_in_since(now - DAY)),
            "sessions": count_of(open_sessions(now)),
            "strangers": count_of(cannot_sign_in()),
        }
        row = Person.objects.order_by().values(**counted)[:1].get()  # whoever asks, at least
        return cls(**row)


def cannot_sign_in() -> QuerySet[Person]:
    """People on record who have no password yet: nobody has invited them, or they never came."""
    without = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return Person.objects.filter(without, is_active=True)
