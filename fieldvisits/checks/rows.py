"""A planned visit: everything wrong with it, each problem at its field."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fieldvisits.choices import VisitKind
from fieldvisits.models import LedgerEntry, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Unit
    from fieldvisits.calendar import Quarter

LEAST_WORDS = 5  # "Kiểm tra cơ sở" says nothing yet
LONGEST_VISIT_DAYS = 92


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at one field of one row; ``field`` empty: the row itself."""

    field: str
    message: str


def day(value: date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT")


def visit_problems(visit: Visit, quarter: Quarter | None) -> list[Problem]:
    """Everything wrong with a planned visit, apart from half-days taken by others."""
    found = list(date_problems(visit, quarter))
    found += content_problems(visit)
    if not found:
        found += unit_problems(visit.unit, visit.starts_on, visit.ends_on)
    return found


def date_problems(visit: Visit, quarter: Quarter | None) -> Iterable[Problem]:
    """Order, length, and the quarter the first day belongs to."""
    if visit.ends_on < visit.starts_on:
        yield Problem("ends_on", _("The last day lies before the first."))
    elif (visit.ends_on - visit.starts_on).days >= LONGEST_VISIT_DAYS:
        yield Problem(
            "ends_on", _("A visit lasts at most %(days)d days.") % {"days": LONGEST_VISIT_DAYS}
        )
    if quarter is not None and visit.starts_on not in quarter:
        yield Problem(
            "starts_on",
            _("The first day has to lie in the quarter: from %(first)s to %(last)s.")
            % {"first": day(quarter.first_day), "last": day(quarter.last_day)},
        )


def content_problems(visit: Visit) -> Iterable[Problem]:
    if len(visit.content.split()) < LEAST_WORDS:
        yield Problem(
            "content",
            _(
                "The content is not concrete yet. Say what is done, with whom, under which "
                "programme."
            ),
        )
    if visit.kind == VisitKind.EVENT_ATTENDANCE:
        yield Problem(
            "kind",
            _("Merely attending an activity does not count and needs no registration."),
        )
    if visit.kind == VisitKind.JOINT_ACTIVITY and not visit.role.strip():
        yield Problem("role", _("Say what your role in the activity is."))
    if visit.kind == VisitKind.INSPECTION:
        if not visit.inspection_body:
            yield Problem("inspection_body", _("Say whose programme of inspection it is."))
        if not visit.inspection_programme.strip():
            yield Problem("inspection_programme", _("Give the number and date of the programme."))
    if visit.kind == VisitKind.THEMATIC and not visit.expected_result.strip():
        yield Problem("expected_result", _("A thematic visit owes a product: say which one."))


def unit_problems(unit: Unit, first: date, last: date) -> Iterable[Problem]:
    """The unit has to exist on the first and on the last day."""
    for moment in dict.fromkeys((first, last)):
        if not unit.exists_on(moment):
            names = ", ".join(
                link.new.name_on(moment)
                for link in unit.successors.select_related("new").prefetch_related("new__versions")
            )
            message = _("%(unit)s does not exist on %(day)s.") % {
                "unit": unit.name_on(moment),
                "day": day(moment),
            }
            if names:
                message += " " + _("It was succeeded by: %(names)s.") % {"names": names}
            yield Problem("unit", message)
            return


def taken_slots(visit: Visit, *, apart_from: Visit | None = None) -> dict[Visit, str]:
    """Other live, unshared visits of the cadre, and which of its half-days they take (R18).

    ``apart_from`` is one that will have given way by then.
    """
    if visit.shared or not visit.counts:
        return {}
    if (visit.ends_on - visit.starts_on).days >= LONGEST_VISIT_DAYS:
        return {}  # refused as such; nobody counts the half-days of 8,000 years
    wanted = set(visit.slots())
    taken = (
        LedgerEntry.objects.filter(
            cadre=visit.cadre_id,
            date__range=(visit.starts_on, visit.ends_on),
            live=True,
            shared=False,
        )
        .exclude(visit__in=[row.pk for row in (visit, apart_from) if row and row.pk])
        .select_related("visit__unit")
        .prefetch_related("visit__unit__versions")
    )
    clashes: defaultdict[Visit, list[str]] = defaultdict(list)
    for row in taken:
        if (row.date, row.half) in wanted:
            clashes[row.visit].append(f"{row.get_half_display()} {day(row.date)}")
    return {
        other: ", ".join(slots[:4]) + ("…" if len(slots) > 4 else "")  # noqa: PLR2004 -- enough to see
        for other, slots in clashes.items()
    }


def slot_problems(visit: Visit, *, apart_from: Visit | None = None) -> list[Problem]:
    """What ``taken_slots`` means for a row that is being written."""
    return [
        Problem(
            "starts_on",
            _(
                "Already taken: %(slots)s by the visit to %(unit)s (%(code)s). One half-day "
                "holds one visit; tick “another unit in the same half-day” if you do both."
            )
            % {
                "slots": slots,
                "unit": other.unit.name_on(other.starts_on),
                "code": other.code,
            },
        )
        for other, slots in taken_slots(visit, apart_from=apart_from).items()
    ]
