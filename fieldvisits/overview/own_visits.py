"""One cadre's visits for the desk: to report, this week, ahead. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Todo
from accounts.links import address
from accounts.looks import look_of
from accounts.words import date_range, days, nb
from fieldvisits.calendar import SATURDAY, Week
from fieldvisits.choices import Half, VisitState
from fieldvisits.models import Step, Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.overview.urgency import urgency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.models import Person

NAMED = 3  # visits named in one line
COMING = 8  # rows of the table


@dataclass(frozen=True, slots=True)
class Coming:
    """Approved visits ahead, of whatever year; ``half_days`` are those of all of them."""

    rows: list[Visit]
    count: int
    half_days: int


@dataclass(frozen=True, slots=True)
class OwnVisits:
    today: date
    visits: list[Visit]

    @classmethod
    def read(cls, person: Person, today: date) -> OwnVisits:
        week = Week.of(today)
        wanted = Q(state=VisitState.APPROVED) | (
            Q(state__in=PUBLIC_STATES, starts_on__lte=week.sunday, ends_on__gte=week.monday)
        )
        last = Step.objects.filter(visit=OuterRef("pk")).order_by("-number", "-pk")
        visits = (
            Visit.objects.filter(wanted, cadre=person)
            .select_related("unit")
            .prefetch_related("unit__versions")
            .annotate(
                last_step=Subquery(last.values("name")[:1]),
                last_said=Subquery(last.values("comment")[:1]),
                last_by=Subquery(last.values("by__full_name")[:1]),
            )
            .in_order()
        )
        found = list(visits)
        for visit in found:
            visit.unit_name = visit.unit.name_on(visit.starts_on)  # type: ignore[attr-defined]  # for the pages
        return cls(today, found)

    @property
    def to_report(self) -> list[Visit]:
        return [
            v for v in self.visits if v.state == VisitState.APPROVED and v.ends_on <= self.today
        ]

    def todos(self, due_days: Callable[[int], int]) -> Iterator[Todo]:
        """Results sent back one by one, the others in one line."""
        fresh = []
        for visit in self.to_report:
            if visit.last_step == "send_back":  # type: ignore[attr-defined]  # annotated above
                yield self._sent_back(visit)
            else:
                due_on = visit.ends_on + timedelta(due_days(visit.ends_on.year))
                fresh.append((due_on, visit))
        if fresh:
            yield self._fresh(sorted(fresh, key=lambda pair: pair[0]))

    def _sent_back(self, visit: Any) -> Todo:
        return Todo(
            title=_("Complete the result of %(unit)s, %(days)s")
            % {"unit": nb(visit.unit_name), "days": date_range(visit.starts_on, visit.ends_on)},
            url=address("fieldvisits:visit-report", visit.pk),
            tone="warn",
            shape="returned",
            when=_("sent back"),
            why=_("Comrade %(name)s: “%(said)s”")
            % {"name": visit.last_by, "said": visit.last_said},
            due_on=visit.ends_on,
        )

    def _fresh(self, rows: list[tuple[date, Visit]]) -> Todo:
        first_due = rows[0][0]
        urgent = urgency(first_due, self.today)
        several = address("fieldvisits:visit-list")
        named = [self._named(due_on, visit) for due_on, visit in rows[:NAMED]]
        if len(rows) > NAMED:
            named.append(_("%(n)d more") % {"n": len(rows) - NAMED})
        half_days = sum(visit.counted_half_days for _due, visit in rows)
        why = "; ".join(named) + "."
        if half_days:
            why += " " + _("That is %(days)s days.") % {"days": days(half_days)}
        return Todo(
            title=ngettext(
                "Record the result of %(n)d visit", "Record the results of %(n)d visits", len(rows)
            )
            % {"n": len(rows)},
            url=address("fieldvisits:visit-report", rows[0][1].pk)
            if len(rows) == 1
            else several and f"{several}?whose=mine&state=approved",
            tone=urgent.tone,
            shape=urgent.shape,
            when=urgent.words,
            why=why,
            due_on=first_due,
        )

    def _named(self, due_on: date, visit: Any) -> str:
        values = {
            "unit": nb(visit.unit_name),
            "days": date_range(visit.starts_on, visit.ends_on)[:-5],
            "due": f"{due_on:%d/%m}",
        }
        if due_on < self.today:
            return _("%(unit)s (%(days)s) was due on %(due)s") % values
        if due_on == self.today:
            return _("%(unit)s (%(days)s) is due today") % values
        return _("%(unit)s (%(days)s) is due on %(due)s") % values

    def coming(self) -> Coming:
        ahead = [
            v for v in self.visits if v.state == VisitState.APPROVED and v.ends_on > self.today
        ]
        return Coming(ahead[:COMING], len(ahead), sum(visit.half_days for visit in ahead))

    def week(self) -> list[dict[str, Any]]:
        return [self._day(day) for day in Week.of(self.today).days()]

    def _day(self, day: date) -> dict[str, Any]:
        here = [v for v in self.visits if v.starts_on <= day <= v.ends_on]
        line = {
            "date": day,
            "am": "",
            "pm": "",
            "today": day == self.today,
            "weekend": day.weekday() >= SATURDAY,
            "visits": [self._in_week(visit) for visit in here],
        }
        for visit in here:
            for slot_day, half in visit.slots():
                if slot_day == day:
                    line["am" if half == Half.AM else "pm"] = self._tile(visit)
        return line

    def _tile(self, visit: Visit) -> str:
        if visit.state in (VisitState.REPORTED, VisitState.ACCEPTED):
            return "done" if visit.state == VisitState.ACCEPTED else "wait"
        return "miss" if visit.ends_on < self.today else "appr"

    def _in_week(self, visit: Any) -> dict[str, Any]:
        if self._tile(visit) == "miss":
            badge = ("bad", "late", _("Result not recorded"))
        else:
            look = look_of("visit", visit.state)
            badge = (look.tone, look.shape, visit.get_state_display())
        return {
            "title": visit.unit_name,
            "url": address("fieldvisits:visit-detail", visit.pk),
            "text": f"{visit.get_session_display().capitalize()}. {visit.get_kind_display()}.",
            "badge": badge,
        }
