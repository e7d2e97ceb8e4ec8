"""One person as the administrator sees them: offices, portfolios, absences, and the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.choices import Body, OrganisationSubject
from accounts.links import address
from accounts.models import Delegation, OrganisationEvent
from accounts.overview.offices import in_words, place_of, with_places
from accounts.overview.people import account_of
from accounts.overview.record import EventLine, event_lines
from accounts.overview.timeline import Span, Timeline

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Appointment, Exemption, Person, Portfolio
    from accounts.models.period import Period

EVENTS = 20  # the latest of the record


@dataclass(frozen=True, slots=True)
class OfficeRow:
    row: Appointment
    office: str
    place: str
    state: str
    tone: str
    shape: str
    may_end: bool
    may_move: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person
    account: tuple[str, str, str]  # word, tone, shape
    offices: list[OfficeRow]
    portfolios: list[tuple[Portfolio, str]]
    exemptions: list[Exemption]
    delegations: list[Delegation]
    timeline: Timeline
    events: list[EventLine]
    links: list[tuple[str, str]]


def standing_of(row: Period, today: date) -> tuple[str, str, str]:
    """A period as of today: word, tone, shape."""
    if row.starts_on > today:
        return _("To come"), "now", "approved"
    if row.ends_on is not None and row.ends_on < today:
        return _("Over"), "", "accepted"
    return _("In force"), "now", "done"


def person_page(person: Person, by: Person, today: date) -> PersonPage:
    rows = list(with_places(person.appointments.order_by("-starts_on", "-pk")))
    portfolios = list(
        person.portfolios.select_related("department")
        .prefetch_related("department__versions")
        .order_by("-starts_on")
    )
    exemptions = list(person.exemptions.order_by("-starts_on"))
    mine = Delegation.objects.filter(Q(delegator=person) | Q(delegate=person))
    delegations = list(mine.select_related("delegator", "delegate"))
    events = OrganisationEvent.objects.visible_to(by).about(OrganisationSubject.PERSON, person.code)
    return PersonPage(
        person=person,
        account=account_of(person),
        offices=[_office(row, today) for row in rows],
        portfolios=[(row, row.department.name_on(row.starts_on)) for row in portfolios],
        exemptions=exemptions,
        delegations=delegations,
        timeline=_drawn(person, rows, portfolios, exemptions, delegations, today),
        events=event_lines(events.select_related("by")[:EVENTS]),
        links=_links(person),
    )


def _office(row: Appointment, today: date) -> OfficeRow:
    held = row.ends_on is None or row.ends_on >= today
    return OfficeRow(
        row,
        capfirst(row.title),
        place_of(row, row.starts_on),
        *standing_of(row, today),
        may_end=row.ends_on is None or row.ends_on > today,
        may_move=held and row.body == Body.DEPARTMENT,
    )


def _links(person: Person) -> list[tuple[str, str]]:
    """Pages about the person that are elsewhere; those that the site does not have are left out."""
    known = [
        (_("Account and invitation"), "accounts:person-account"),
        (_("Second factor"), "accounts:person-second-factor"),
        (_("Exemption"), "fieldvisits:person-exemption"),
        (_("Leaves the agency"), "fieldvisits:person-leave"),
    ]
    return [(label, url) for label, name in known if (url := address(name, person.pk))]


def _drawn(
    person: Person,
    rows: list[Appointment],
    portfolios: list[Portfolio],
    exemptions: list[Exemption],
    delegations: list[Delegation],
    today: date,
) -> Timeline:
    lanes: dict[str, list[Any]] = {}
    for row in reversed(rows):
        label = in_words(row, row.starts_on)
        lanes.setdefault(str(capfirst(row.get_body_display())), []).append(
            Span.of(row, label, today)
        )
    lanes[_("In charge of")] = [
        Span.of(row, row.department.name_on(row.starts_on), today) for row in portfolios
    ]
    lanes[_("Exempted")] = [Span.of(row, row.get_reason_display(), today) for row in exemptions]
    lanes[_("Stands in for")] = [
        Span.of(row, row.delegator.full_name if row.delegator else _("vacant"), today)
        for row in delegations
        if row.delegate_id == person.pk
    ]
    lanes[_("Stood in for by")] = [
        Span.of(row, row.delegate.full_name, today)
        for row in delegations
        if row.delegator_id == person.pk
    ]
    return Timeline.of(lanes.items(), today)
