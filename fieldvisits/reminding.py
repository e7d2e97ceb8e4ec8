"""The engine of all reminders: what is owed by whom, found by kind; told once per offset.

A *kind* finds what people owe about now. Everything else is the same for all of them: on
which days before and after the due day somebody is reminded (settings of the regulation),
that the superior is told in the end, that nobody is reminded who is away, that nothing is
said twice. An app above brings kinds of its own with ``register``.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import messages
from accounts.choices import Body
from accounts.models import Appointment, Exemption, Person
from accounts.permissions import Superiors
from fieldvisits.calendar import HANOI
from fieldvisits.models import Regulation
from fieldvisits.models.regulation import version_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from django_stubs_ext import StrOrPromise

log = logging.getLogger(__name__)

GIVE_UP = timedelta(days=30)  # a month late, the superior has long been told


class NotAllReminded(Exception):
    """Some kinds failed; the others were done. Names the kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing one person owes; ``about`` says which, for the key."""

    person: Person
    about: str
    due_at: datetime
    url: str
    values: dict[str, Any] = field(default_factory=dict)
    # The department whose head is told in the end; None: the person's of today.
    department_id: int | None = None

    @property
    def due_on(self) -> date:
        return self.due_at.astimezone(HANOI).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One row: what is owed, and in which words. ``name`` stands in the keys.

    The texts have the marks of ``Owed.values``, and %(due)s; ``told`` also %(name)s.
    """

    name: str
    find: Callable[[Morning], Iterable[Owed]]
    coming: StrOrPromise
    late: StrOrPromise
    told: StrOrPromise  # to the superior, in the end; "": nobody is told

    @property
    def inbox_kind(self) -> str:
        return f"{self.name}_due"


@dataclass
class Morning:
    """One run of the clock: what all kinds ask for is read once."""

    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def regulations(self) -> list[Regulation]:
        return list(Regulation.objects.order_by("first_year"))

    def regulation(self, year: int) -> Regulation:
        return version_for(self.regulations, year)

    @cached_property
    def departments(self) -> dict[int, int | None]:
        """Everybody in office in the agency today, with the department; None: a member."""
        bodies = [Body.STANDING_COMMITTEE, Body.DEPARTMENT]
        rows = Appointment.objects.on(self.today).filter(body__in=bodies)
        pairs = rows.order_by("person").values_list("person", "department")
        found: dict[int, int | None] = {}
        for person_id, department_id in pairs:
            found[person_id] = found.get(person_id) or department_id
        return found

    @cached_property
    def exempted(self) -> set[int]:
        return set(Exemption.objects.on(self.today).values_list("person", flat=True))

    @cached_property
    def superiors(self) -> Superiors:
        return Superiors.of_day(self.today)

    def may_be_reminded(self, person: Person) -> bool:
        """In office, able to sign in, and not exempted today."""
        here = person.pk in self.departments and person.pk not in self.exempted
        return here and person.is_active

    @cached_property
    def span(self) -> tuple[date, date]:
        """The due days of which anybody can be reminded today, both included."""
        ahead = max(
            -offset
            for version in self.regulations or [self.regulation(self.today.year)]
            for offset in version.reminder_offsets
        )
        return self.today - GIVE_UP, self.today + timedelta(days=max(ahead, 0))


def end_of(day: date) -> datetime:
    """A thing due on a day is on time until the day ends."""
    return datetime.combine(day, time(23, 59, 59), HANOI)


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Bring kinds of reminders; called once, when the app is ready."""
    for kind in kinds:
        _kinds[kind.name] = kind
        messages.gather(kind.inbox_kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One message to one person; two runs of the clock write the same key."""

    person: Person
    kind: Kind
    key: str
    subject: StrOrPromise
    values: dict[str, Any]
    url: str


def remind(*, now: datetime, kinds: Iterable[Kind] | None = None) -> int:
    """Remind everybody of what they owe about ``now``; return how many messages were new.

    One message per offset, on the first run on or after its day: a clock that slept sends
    the latest one it missed and no other. Kinds fail one by one: the others go on, and
    ``NotAllReminded`` is raised at the end.
    """
    morning, failed = Morning(now), []
    by_person: defaultdict[int, list[Reminder]] = defaultdict(list)
    for kind in _kinds.values() if kinds is None else kinds:
        try:
            for reminder in list(_of_kind(kind, morning)):
                by_person[reminder.person.pk].append(reminder)
        except Exception:
            log.exception("reminders of the kind %s failed", kind.name)
            failed.append(kind.name)
    told = sum(_tell(by_person[pk], failed) for pk in sorted(by_person))
    if failed:
        raise NotAllReminded(", ".join(dict.fromkeys(failed)))
    return told


def _of_kind(kind: Kind, morning: Morning) -> Iterator[Reminder]:
    for owed in kind.find(morning):
        if morning.may_be_reminded(owed.person):
            yield from _of_one(kind, owed, morning)


def _of_one(kind: Kind, owed: Owed, morning: Morning) -> Iterator[Reminder]:
    regulation = morning.regulation(owed.due_on.year)
    late_by = (morning.today - owed.due_on).days
    reached = [offset for offset in regulation.reminder_offsets if offset <= late_by]
    if not reached or late_by > GIVE_UP.days:
        return
    about = f"{owed.about}:{owed.due_on}"
    values = {**owed.values, "name": owed.person, "due": in_words(owed)}
    yield Reminder(
        person=owed.person,
        kind=kind,
        key=f"{kind.name}-due:{about}:{max(reached)}",
        subject=kind.late if morning.now > owed.due_at else kind.coming,
        values=values,
        url=owed.url,
    )
    department = owed.department_id or morning.departments[owed.person.pk]
    superior = morning.superiors.of(owed.person, department)
    if kind.told and superior and late_by >= regulation.escalation_days:
        key = f"{kind.name}-late:{about}:{owed.person.pk}"
        yield Reminder(
            person=superior, kind=kind, key=key, subject=kind.told, values=values, url=owed.url
        )


def in_words(owed: Owed) -> str:
    """“25/05/2018”, or with the hour, where it is not the end of the day."""
    due = owed.due_at.astimezone(HANOI)
    return f"{due:%d/%m/%Y}" if due == end_of(due.date()) else f"{due:%H:%M %d/%m/%Y}"


@transaction.atomic
def _tell(reminders: list[Reminder], failed: list[str]) -> int:
    """Everything for one person at once, so that one mail carries it; return what was new.

    In the order of the keys: two clocks that write to one person wait for each other
    instead of stopping each other.
    """
    told, at = 0, timezone.now()
    for reminder in sorted(reminders, key=lambda one: one.key):
        try:
            item = messages.notify(
                reminder.person,
                kind=reminder.kind.inbox_kind,
                subject=reminder.subject,
                values=reminder.values,
                key=reminder.key,
                url=reminder.url,
                at=at,
            )
        except Exception:
            log.exception("the reminder %s was not written", reminder.key)
            failed.append(reminder.kind.name)
        else:
            told += item is not None
    return told
