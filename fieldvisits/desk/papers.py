"""What the planner brings to everybody's desk: papers that wait, deadlines, the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Button, Card, Queue, Todo, register
from accounts.links import address
from accounts.models import Exemption
from accounts.models.department import of_headed
from fieldvisits.calendar import Quarter
from fieldvisits.choices import DossierState, PlanState, SittingState
from fieldvisits.models import AgendaLine, Direction, Dossier, Plan, Regulation, Visit
from fieldvisits.models.regulation import version_for
from fieldvisits.overview import team
from fieldvisits.overview.owed_plans import owed_plans, quarters_open
from fieldvisits.overview.own_visits import OwnVisits
from fieldvisits.overview.urgency import urgency
from fieldvisits.overview.waiting import waiting_plans, waiting_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.desk import Waiting, type_of_queues

DIRECTIONS = 3  # the latest ones
_QUARTER = {"year": "year", "number": "quarter_number"}  # seldom today's: plans are made ahead


def join_in() -> None:
    register(queues=queues, todos=todos, cards=cards, buttons=buttons)


def regulation_of(asker: Asker, year: int) -> Regulation:
    """The regulation of a year; the versions are read once for a desk."""
    versions: list[Regulation] = asker.once(
        "regulations", lambda: list(Regulation.objects.order_by("first_year"))
    )
    return version_for(versions, year)


def own_visits(asker: Asker) -> OwnVisits:
    return asker.once("own_visits", lambda: OwnVisits.read(asker.person, asker.today))


def travels(asker: Asker) -> bool:
    offices = asker.offices
    return bool(offices.department_id or offices.is_on_committee)


# --- Queues: counted on every page, so each is one subquery ------------------------------


def queues(asker: Asker) -> type_of_queues:
    found = _of_cadre(asker) | _of_superior(asker)
    offices = asker.offices
    if offices.acting_head_of:
        found["to_forward"] = _to_forward(asker)
    if offices.is_coordinator:
        rows = Dossier.objects.filter(state=DossierState.WITH_COORDINATION)
        fields = {"pk": "pk", "since": "moved_at"} | _QUARTER
        found["to_check"] = Queue(rows=rows.order_by("forwarded_at", "pk"), fields=fields)
    if offices.is_on_committee or offices.writes_minutes:
        lines = AgendaLine.objects.undecided().filter(sitting__state=SittingState.OPEN)
        found["open_lines"] = Queue(
            rows=lines.order_by("sitting__held_on", "number"),
            fields={"pk": "sitting_id", "on": "sitting__held_on"},
        )
    if offices.writes_minutes:
        rows = Dossier.objects.filter(
            state=DossierState.BEFORE_COMMITTEE,
        ).exclude(agenda_lines__sitting__state=SittingState.OPEN)
        found["to_convene"] = Queue(rows=rows.order_by("moved_at"), fields={"since": "moved_at"})
    return found


def _of_cadre(asker: Asker) -> type_of_queues:
    plans = Plan.objects.own().filter(cadre=asker.person, state=PlanState.RETURNED)
    visits = Visit.objects.filter(cadre=asker.person).awaiting_report(asker.today)
    exempted = Exemption.objects.on(asker.today).filter(person=asker.person)
    return {
        "exempt": Queue(rows=exempted),
        "invited": team.queue(asker),
        "returned": Queue(rows=plans.order_by("moved_at")),
        "to_report": Queue(rows=visits.order_by("ends_on")),
    }


def _of_superior(asker: Asker) -> type_of_queues:
    """What waits for a head or a member, or who stands in; for nobody who has left the office."""
    if not (asker.offices.headed_id or asker.offices.is_on_committee):
        return {}
    fields = {"pk": "pk", "name": "cadre__full_name", "since": "moved_at"}
    return {
        "to_agree": Queue(rows=waiting_plans(asker.person, asker.today), fields=fields),
        "to_accept": Queue(rows=waiting_visits(asker.person, asker.today), fields=fields),
    }


def _to_forward(asker: Asker) -> Queue:
    """Agreed plans that no dossier has taken along yet."""
    where = of_headed(asker.offices.acting_head_of, asker.today)
    if asker.offices.is_in_office:
        where |= Q(department=None)
    rows = Plan.objects.own().filter(where, state=PlanState.AGREED)
    fields = {"since": "moved_at", "code": "department__code"} | _QUARTER
    return Queue(rows=rows.order_by("moved_at", "pk"), fields=fields)


# --- To-dos -------------------------------------------------------------------------------


def todos(asker: Asker) -> Iterator[Todo]:
    if travels(asker):
        yield from _plans(asker)
        yield from _results(asker)
    for name, describe in _DECISIONS.items():
        if queue := asker.queue(name):
            yield describe(queue, asker)


def _plans(asker: Asker) -> Iterator[Todo]:
    if not asker.person.in_scope or asker.queue("exempt"):
        return
    quarters = quarters_open(asker.today, lambda year: regulation_of(asker, year))
    for owed in owed_plans(asker.person, quarters):
        urgent = urgency(owed.due_on, asker.today)
        yield Todo(
            title=owed.title,
            url=owed.url,
            tone="warn" if owed.is_returned and urgent.tone == "" else urgent.tone,
            shape="returned" if owed.is_returned else urgent.shape,
            when=urgent.words,
            why=owed.reason,
            due_on=owed.due_on,
        )


def _results(asker: Asker) -> Iterator[Todo]:
    if asker.queue("to_report"):
        yield from own_visits(asker).todos(lambda year: regulation_of(asker, year).result_due_days)


def _others(queue: Waiting) -> str:
    """“Trần Thu Hà”, or “Trần Thu Hà and 2 others”."""
    rest = queue.count - 1
    name = queue.oldest["name"]
    if not rest:
        return _("From comrade %(name)s.") % {"name": name}
    return ngettext(
        "From comrade %(name)s and %(rest)d other.",
        "From comrade %(name)s and %(rest)d others.",
        rest,
    ) % {"name": name, "rest": rest}


def _quarter(queue: Waiting) -> Quarter:
    return Quarter(queue.oldest["year"], queue.oldest["number"])


def _to_agree(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=ngettext("Decide on %(n)d plan", "Decide on %(n)d plans", queue.count)
        % {"n": queue.count},
        # The table of a quarter shows that quarter only; the list shows all that wait.
        url=queue.leads_to("fieldvisits:plan-detail", address("fieldvisits:plan-list")),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_others(queue) + " " + _("Agree to it, or return it with a word."),
    )


def _to_accept(queue: Waiting, asker: Asker) -> Todo:
    several = address("fieldvisits:visit-list")
    return Todo(
        due_on=asker.today,
        title=ngettext("Read %(n)d result", "Read %(n)d results", queue.count) % {"n": queue.count},
        url=queue.leads_to("fieldvisits:visit-detail", several and f"{several}?waiting=me"),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_others(queue) + " " + _("Days count in the official total once you accept them."),
    )


def _forward(queue: Waiting, asker: Asker) -> Todo:
    code = queue.oldest["code"]
    of_department = address("fieldvisits:department-quarter", code, _quarter(queue))
    return Todo(
        due_on=asker.today,
        title=_("Forward the department's dossier"),
        url=of_department if code else address("fieldvisits:quarter-home"),
        tone="now",
        shape="wait",
        when=queue.since,
        why=ngettext(
            "%(n)d agreed plan is in no dossier yet.",
            "%(n)d agreed plans are in no dossier yet.",
            queue.count,
        )
        % {"n": queue.count},
    )


def _to_check(queue: Waiting, asker: Asker) -> Todo:
    several = f"{address('fieldvisits:dossier-list')}?quarter={_quarter(queue)}"
    return Todo(
        due_on=asker.today,
        title=ngettext("Check %(n)d dossier", "Check %(n)d dossiers", queue.count)
        % {"n": queue.count},
        url=queue.leads_to("fieldvisits:dossier-detail", several),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_("Put it before the Standing Committee, or return it saying what is missing."),
    )


def _open_lines(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=_("Decide in the sitting of %(day)s") % {"day": f"{queue.oldest['on']:%d/%m/%Y}"},
        url=address("fieldvisits:sitting-detail", queue.oldest["pk"]),
        tone="warn",
        shape="due",
        when=ngettext("%(n)d line open", "%(n)d lines open", queue.count) % {"n": queue.count},
        why=_("The sitting can be closed once every line has a decision."),
    )


def _to_convene(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=_("Convene a sitting of the Standing Committee"),
        url=address("fieldvisits:sitting-list"),
        tone="now",
        shape="wait",
        when=queue.since,
        why=ngettext(
            "%(n)d dossier is before the committee and on no agenda.",
            "%(n)d dossiers are before the committee and on no agenda.",
            queue.count,
        )
        % {"n": queue.count},
    )


_DECISIONS = {
    "invited": team.todo,
    "open_lines": _open_lines,
    "to_agree": _to_agree,
    "to_accept": _to_accept,
    "to_forward": _forward,
    "to_check": _to_check,
    "to_convene": _to_convene,
}


# --- Cards and buttons --------------------------------------------------------------------


def cards(asker: Asker) -> Iterator[Card]:
    if not travels(asker):
        return
    own = own_visits(asker)
    yield Card("wide", "fieldvisits/desk_week.html", own.week())
    yield Card("main", "fieldvisits/desk_coming.html", own.coming())
    directions = list(_directions(asker))
    if directions:
        yield Card("side", "fieldvisits/desk_directions.html", directions)


def _directions(asker: Asker) -> Iterator[Direction]:
    """What recent sittings told this department, or all."""
    if not asker.offices.department_id:
        return
    closed = Direction.objects.filter(sitting__state=SittingState.CLOSED)
    mine = closed.filter(Q(department=None) | Q(department=asker.offices.department_id))
    yield from mine.select_related("sitting").order_by("-sitting__held_on", "pk")[:DIRECTIONS]


def buttons(asker: Asker) -> Iterator[Button]:
    if not travels(asker):
        return
    to_report = own_visits(asker).to_report
    several = address("fieldvisits:visit-list")
    if len(to_report) == 1:
        url = address("fieldvisits:visit-report", to_report[0].pk)
    else:
        url = several and f"{several}?whose=mine&state=approved"
    if to_report and url:
        yield Button(_("Record results"), url, is_main=True)
    if plans := address("fieldvisits:plan-list"):
        yield Button(_("Quarterly plan"), plans, is_main=not to_report)
