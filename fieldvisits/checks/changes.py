"""Changes of a visit after its approval: what has to be so (R3, R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from fieldvisits.checks.rows import (
    Problem,
    content_problems,
    date_problems,
    day,
    slot_problems,
    taken_slots,
    unit_problems,
)
from fieldvisits.choices import VisitState
from fieldvisits.models import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# What an amendment may change; the kind is changed by TCKT alone.
AMENDED = ("unit", "starts_on", "ends_on", "session", "content", "expected_result")
MOST_GENERATIONS = 5  # a unit that succeeded a successor, and so on


def visit_ready_to_amend(visit: Visit) -> None:
    """R7: ``visit`` carries the new values; the row still has those in force."""
    stored = Visit.objects.select_related("unit", "plan").get(pk=visit.pk)
    _fail(list(amendment_problems(stored, visit, timezone.localdate())))


def _fail(problems: list[Problem]) -> None:
    if problems:
        raise ValidationError(
            [ValidationError(one.message, code=f"field-{one.field}") for one in problems]
        )


def amendment_problems(stored: Visit, tried: Visit, today: date) -> Iterator[Problem]:
    """Same unit, same quarter, free half-days, and none that had gone by unapproved."""
    if all(getattr(stored, name) == getattr(tried, name) for name in AMENDED):
        yield Problem("", _("Nothing has been changed."))
    wrong = list(date_problems(tried, None)) or list(_span_problems(stored, tried, today))
    wrong += _other_unit(stored, tried)
    wrong += [one for one in content_problems(tried) if one.field != "kind"]
    yield from wrong
    if not wrong:
        yield from unit_problems(tried.unit, tried.starts_on, tried.ends_on)
        yield from slot_problems(tried)


def _span_problems(stored: Visit, tried: Visit, today: date) -> Iterator[Problem]:
    quarter = stored.plan.quarter if stored.plan else stored.quarter
    if tried.starts_on not in quarter:
        yield Problem(
            "starts_on",
            _(
                "An amendment stays within the quarter, from %(first)s to %(last)s. "
                "For another quarter go the ad hoc way."
            )
            % {"first": day(quarter.first_day), "last": day(quarter.last_day)},
        )
        return
    gone = sorted({one for one, _half in set(tried.slots()) - set(stored.slots()) if one < today})
    if gone:
        yield Problem(
            "starts_on",
            _(
                "%(day)s has gone by and was not approved. A visit that took place on another "
                "day goes the ad hoc way."
            )
            % {"day": day(gone[0])},
        )


def _other_unit(stored: Visit, tried: Visit) -> Iterator[Problem]:
    if stored.unit_id == tried.unit_id:
        return
    if stored.unit.exists_on(tried.starts_on) and stored.unit.exists_on(tried.ends_on):
        yield Problem("unit", _("Another unit needs a decision: go the ad hoc way."))
    elif tried.unit not in successors(stored.unit, tried.starts_on, tried.ends_on):
        yield Problem("unit", _("Only a unit that succeeded the one approved can be chosen."))


def successors(unit: Unit, first: date, last: date) -> list[Unit]:
    """The units that took over ``unit`` and exist from ``first`` to ``last``."""
    found: dict[int, Unit] = {}
    ended = [unit]
    for _generation in range(MOST_GENERATIONS):
        heirs = Unit.objects.filter(predecessors__old__in=ended).exclude(pk__in=found)
        rows = list(heirs.prefetch_related("versions").distinct())
        found |= {one.pk: one for one in rows}
        ended = [one for one in rows if not (one.exists_on(first) and one.exists_on(last))]
        if not ended:
            break
    valid = [one for one in found.values() if one.exists_on(first) and one.exists_on(last)]
    return sorted(valid, key=lambda one: one.name_on(first))


def visit_ready_to_reclassify(visit: Visit) -> None:
    """R2, R3: another kind, what that kind asks for, and half-days that are free for it."""
    stored = Visit.objects.select_related("plan").get(pk=visit.pk)
    problems = []
    if stored.kind == visit.kind:
        problems.append(Problem("kind", _("The visit is of this kind already.")))
    if stored.state == VisitState.PROPOSED and stored.plan and stored.plan.is_with_cadre:
        problems.append(Problem("", _("The plan is with its cadre, who can change the kind.")))
    if stored.steps.filter(name="log").exists():
        problems.append(
            Problem(
                "kind",
                _(
                    "This attendance was logged and never approved. A visit that counts goes "
                    "the ad hoc way."
                ),
            )
        )
    problems += [one for one in content_problems(visit) if one.field not in ("kind", "content")]
    problems += [
        Problem(
            "kind",
            _(
                "The kind counts, but %(slots)s is taken already by the visit to %(unit)s "
                "(%(code)s). One half-day counts once."
            )
            % {"slots": slots, "unit": other.unit.name_on(other.starts_on), "code": other.code},
        )
        for other, slots in taken_slots(visit).items()
    ]
    _fail(problems)
