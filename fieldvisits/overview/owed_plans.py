"""Plans a cadre still has to send off: of this quarter, and of the next once it is open (R5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.links import address
from accounts.words import quarter as in_words
from fieldvisits.calendar import Quarter
from fieldvisits.choices import DEAD_STATES, PlanState
from fieldvisits.models import Plan, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from accounts.models import Person
    from fieldvisits.models import Regulation


@dataclass(frozen=True, slots=True)
class OwedPlan:
    title: str
    reason: str
    url: str
    due_on: date
    is_returned: bool


def owed_plans(person: Person, quarters: Iterable[tuple[Quarter, date]]) -> Iterator[OwedPlan]:
    """Yield the plans still with ``person``, for quarters given with their due days. One query."""
    due = dict(quarters)
    plans = {plan.quarter: plan for plan in _own(person, due)}
    for quarter, due_on in due.items():
        plan = plans.get(quarter)
        if plan is None:
            yield OwedPlan(
                _("Draw up the plan for %(quarter)s") % {"quarter": in_words(quarter)},
                _("Due on %(day)s; a later plan is possible and marked late.")
                % {"day": f"{due_on:%d/%m/%Y}"},
                address("fieldvisits:plan-list"),
                due_on,
                is_returned=False,
            )
        elif plan.is_with_cadre:
            yield _still_with_cadre(plan, due_on)


def _own(person: Person, due: dict[Quarter, date]) -> Iterable[Plan]:
    wanted = Q(pk__in=[])
    for quarter in due:
        wanted |= Q(year=quarter.year, quarter_number=quarter.number)
    last = Step.objects.filter(plan=OuterRef("pk"), name="return").order_by("-at", "-pk")
    return (
        Plan.objects.own()
        .filter(wanted, cadre=person)
        .annotate(
            rows=Count("visits", filter=~Q(visits__state__in=DEAD_STATES)),
            said=Subquery(last.values("comment")[:1]),
            returned_by=Subquery(last.values("by__full_name")[:1]),
        )
    )


def _still_with_cadre(plan: Plan, due_on: date) -> OwedPlan:
    """A draft, or one that came back; the annotations are those of ``_own``."""
    values = {"quarter": in_words(plan.quarter)}
    if plan.state == PlanState.RETURNED:
        title = _("Change the plan for %(quarter)s and submit it again") % values
        reason = _("Comrade %(name)s returned it: “%(said)s”") % {
            "name": plan.returned_by,  # type: ignore[attr-defined]  # annotated above
            "said": plan.said,  # type: ignore[attr-defined]  # annotated above
        }
    else:
        title = _("Submit the plan for %(quarter)s") % values
        count: int = plan.rows  # type: ignore[attr-defined]  # annotated above
        reason = (
            ngettext("The draft has %(n)d visit.", "The draft has %(n)d visits.", count)
            % {"n": count}
            if count
            else _("The draft has no visit yet.")
        )
    is_returned = plan.state == PlanState.RETURNED
    url = address("fieldvisits:plan-detail", plan.pk)
    return OwedPlan(title, reason, url, due_on, is_returned=is_returned)


def quarters_open(
    today: date, regulation_of: Callable[[int], Regulation]
) -> list[tuple[Quarter, date]]:
    """The quarters whose plans can be owed on ``today``, with their due days (R5)."""
    now = Quarter.of(today)
    found = [(now, regulation_of(now.year).plan_due_on(now))]
    following = regulation_of(now.next.year)
    if following.registration_opens_on(now.next) <= today:
        found.append((now.next, following.plan_due_on(now.next)))
    return found
