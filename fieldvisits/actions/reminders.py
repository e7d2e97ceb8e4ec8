"""What the clock reminds of. Keys make each reminder happen once, whenever the clock runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.choices import Body
from accounts.models import Appointment, Person
from accounts.permissions import Superiors
from fieldvisits.calendar import Quarter
from fieldvisits.choices import PlanState
from fieldvisits.models import Plan, Regulation

if TYPE_CHECKING:
    from datetime import date

# Days from the due day; at the last one the superior is told as well (settings later).
OFFSETS = (-3, -1, 0, 1)
ESCALATION = 3
GIVE_UP = 30  # a month late, the superior has long been told


def remind_plans_due(*, today: date) -> None:
    """Remind cadres whose plan is due and not submitted (R5).

    One message per offset, on the first run at or after it: a clock that slept sends
    the latest one it missed, and never sends twice.
    """
    for quarter in (Quarter.of(today), Quarter.of(today).next):
        due = Regulation.objects.for_year(quarter.year).plan_due_on(quarter)
        late_by = (today - due).days
        reached = [offset for offset in OFFSETS if offset <= late_by]
        if not reached or late_by > GIVE_UP:
            continue
        waiting = list(_without_plan(quarter, today))
        for cadre in waiting:
            _remind(cadre, quarter, due, max(reached))
        if late_by >= ESCALATION:
            _tell_superiors(waiting, quarter, today)


def _without_plan(quarter: Quarter, today: date) -> list[Person]:
    """Everybody who owes a plan for ``quarter`` and has not sent one off."""
    sent = (
        Plan.objects.own()
        .for_quarter(quarter)
        .exclude(state__in=[PlanState.DRAFT, PlanState.RETURNED])
    )
    bodies = [Body.DEPARTMENT, Body.STANDING_COMMITTEE]
    holders = Appointment.objects.on(today).filter(body__in=bodies).values("person")
    return list(
        Person.objects.filter(pk__in=holders, in_scope=True, is_active=True)
        .exclude(pk__in=sent.values("cadre"))
        .exclude(exemptions__starts_on__lte=quarter.first_day, exemptions__ends_on=None)
        .exclude(
            exemptions__starts_on__lte=quarter.first_day,
            exemptions__ends_on__gte=quarter.last_day,
        )
        .in_order()
    )


def _remind(cadre: Person, quarter: Quarter, due: date, offset: int) -> None:
    late = offset > 0
    subject = (
        _("Your plan for quarter %(quarter)s/%(year)d was due on %(day)s")
        if late
        else _("Your plan for quarter %(quarter)s/%(year)d is due on %(day)s")
    )
    notify(
        cadre,
        kind="plan_due",
        subject=subject,
        values={"quarter": quarter.roman, "year": quarter.year, "day": f"{due:%d/%m/%Y}"},
        key=f"plan-due:{quarter}:{offset}",
        url=reverse("fieldvisits:plan-list"),
    )


def _tell_superiors(waiting: list[Person], quarter: Quarter, today: date) -> None:
    superiors = Superiors.of_day(today)
    departments = dict(
        Appointment.objects.on(today)
        .filter(body=Body.DEPARTMENT, person__in=waiting)
        .values_list("person_id", "department_id")
    )
    for cadre in waiting:
        found = superiors.of(cadre, departments.get(cadre.pk))
        if found:
            notify(
                found,
                kind="plan_due",
                subject=_("%(name)s has not submitted the plan for quarter %(quarter)s/%(year)d"),
                values={"name": cadre, "quarter": quarter.roman, "year": quarter.year},
                key=f"plan-late:{quarter}:{cadre.pk}",
                url=reverse("fieldvisits:plan-list"),
            )
