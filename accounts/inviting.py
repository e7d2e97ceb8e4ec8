"""Who was invited, how far they came, and whom an invitation would reach. Reads only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Body, InvitationState
from accounts.models import Appointment, Person, with_invitation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

MOST = 500  # people invited at once: their mails are written in one transaction

WITHOUT_PASSWORD = Q(password="") | Q(password__startswith="!")  # noqa: S106 -- the empty one
UNITS, NOWHERE = "units", "none"


def _used() -> Q:
    return Q(invitation_used_at__isnull=False)


def _waiting(now: datetime) -> Q:
    unused = Q(invitation_used_at=None, invitation_ended_at=None)
    return unused & Q(invited_until__gt=now, is_active=True)


def states(now: datetime) -> dict[str, Q]:
    never = Q(invitation_pk=None)
    return {
        InvitationState.NEVER: never & WITHOUT_PASSWORD,
        InvitationState.OTHERWISE: never & ~WITHOUT_PASSWORD,
        InvitationState.ACCEPTED: _used(),
        InvitationState.WAITING: _waiting(now),
        InvitationState.EXPIRED: ~never & ~_used() & ~_waiting(now),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list, with how far they have come."""

    person: Person
    state: str
    offices: str = ""

    @property
    def label(self) -> str:
        return str(InvitationState(self.state).label)


def state_of(person: Any, now: datetime) -> str:
    """As ``states``, of a row that ``with_invitation`` annotated."""
    if person.invitation_pk is None:
        known = person.password and not person.password.startswith("!")
        return InvitationState.OTHERWISE if known else InvitationState.NEVER
    if person.invitation_used_at:
        return InvitationState.ACCEPTED
    is_over = person.invitation_ended_at or person.invited_until <= now
    return InvitationState.EXPIRED if is_over or not person.is_active else InvitationState.WAITING


def people_for(wanted: dict[str, Any], *, now: datetime) -> QuerySet[Any]:
    """The people of the list that fit what was asked for."""
    today = timezone.localdate(now)
    people = Person.objects.all()
    if wanted.get("text"):
        people = people.matching(wanted["text"])
    rows = with_invitation(people)
    if wanted.get("state"):
        rows = rows.filter(states(now)[wanted["state"]])
    if wanted.get("email"):
        without = Q(email=None) | Q(email="")
        rows = rows.filter(without if wanted["email"] == "without" else ~without)
    if wanted.get("account"):
        rows = rows.filter(is_active=wanted["account"] == "open")
    if wanted.get("place"):
        rows = _at(rows, wanted["place"], today)
    return rows.order_by("sort_key", "code", "pk")


def _at(rows: QuerySet[Any], place: str, today: date) -> QuerySet[Any]:
    held = Appointment.objects.on(today).filter(person=OuterRef("pk"))
    if place == NOWHERE:
        return rows.filter(~Exists(held))
    if place == UNITS:
        return rows.filter(Exists(held.filter(body=Body.UNIT)))
    return rows.filter(Exists(held.filter(department=int(place))))


def lines_of(people: Iterable[Any], *, now: datetime) -> list[Line]:
    """One line a person, with the offices they hold today: one query for all."""
    rows, today = list(people), timezone.localdate(now)
    offices: dict[int, list[str]] = {}
    held = Appointment.objects.on(today).filter(person__in=[row.pk for row in rows])
    held = held.select_related("department", "unit").order_by("starts_on", "pk")
    for one in held.prefetch_related("department__versions", "unit__versions"):
        offices.setdefault(one.person_id, []).append(_office(one, today))
    return [Line(row, state_of(row, now), "; ".join(offices.get(row.pk, []))) for row in rows]


def _office(row: Appointment, today: date) -> str:
    place = row.department or row.unit
    where = place.name_on(today) if place else row.get_body_display()
    return row.title if row.body == Body.ADMINISTRATION else f"{row.title}, {where}"


def newcomers(*, now: datetime, email: str = "with") -> QuerySet[Any]:
    """Whoever holds an office and has no account yet; those a mail reaches, or ``without`` one."""
    wanted = {"state": InvitationState.NEVER, "email": email, "account": "open"}
    held = Appointment.objects.on(timezone.localdate(now)).filter(person=OuterRef("pk"))
    return people_for(wanted, now=now).filter(Exists(held))


def how_far(*, now: datetime) -> dict[str, int]:
    """Those who hold an office today, by how far they have come: one query."""
    held = Appointment.objects.on(timezone.localdate(now)).filter(person=OuterRef("pk"))
    people = with_invitation(Person.objects.filter(Exists(held), is_active=True))
    found: dict[str, int] = people.aggregate(
        **{state: Count("pk", filter=condition) for state, condition in states(now).items()}
    )
    return found


def hindrances(*, by_mail: bool) -> list[str]:
    """Why an invitation would not reach anybody as the system is set up now."""
    found = []
    host = urlsplit(settings.SITE_URL).hostname or ""
    if host == "localhost" or host.startswith("127."):
        said = _("Links begin with %(url)s, which opens on this computer only: set SITE_URL first.")
        found.append(said % {"url": settings.SITE_URL})
    if by_mail and "filebased" in settings.EMAIL_BACKEND:
        found.append(
            _("No mail server is set: mails are written to files. Set EMAIL_URL, or print slips.")
        )
    return found


def mark_of(people: QuerySet[Any]) -> str:
    """Changes with every invitation of these people, their addresses, their accounts."""
    rows = with_invitation(people).order_by("pk")
    said = rows.values_list("pk", "invitation_pk", "invitation_used_at", "email", "is_active")
    return hashlib.sha256(repr(list(said)).encode()).hexdigest()[:16]
