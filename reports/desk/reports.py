"""What looking back brings to the desk: the standing, reports owed, reports to read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Button, Card, Queue, Todo, register
from accounts.links import address
from accounts.words import quarter as quarter_in_words
from fieldvisits.calendar import ONE_DAY, SATURDAY, Quarter, Week, weekly_report_due
from fieldvisits.desk.papers import regulation_of, travels
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry
from fieldvisits.overview.urgency import urgency
from reports.choices import QuarterlyState, WeeklyState
from reports.figures.cadres import own_standing
from reports.figures.window import Window
from reports.models import QuarterlyReport, WeeklyReport
from reports.overview.received import superior_is_under
from reports.standing import meter_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from accounts.desk import Waiting, type_of_queues

LOOK_BACK = 8  # weeks on the desk; older ones stand in the list
NAMED = 3  # weeks of their own line


def join_in() -> None:
    register(queues=queues, todos=todos, cards=cards, buttons=buttons)


# --- Queues: counted on every page, so each is one subquery ------------------------------


def queues(asker: Asker) -> type_of_queues:
    found: type_of_queues = {}
    if travels(asker):
        found |= _of_cadre(asker)
    if asker.offices.headed_id or asker.offices.is_on_committee:
        fields = {"pk": "pk", "name": "person__full_name", "since": "moved_at"}
        for name, model in (("to_read", WeeklyReport), ("to_read_quarterly", QuarterlyReport)):
            rows = model.objects.waiting_for(asker.person)
            found[name] = Queue(rows=rows.order_by("moved_at", "pk"), fields=fields)
    if asker.offices.is_on_committee:
        under = superior_is_under(asker.person, asker.today)
        for name, model in (("under_weekly", WeeklyReport), ("under_quarterly", QuarterlyReport)):
            rows = model.objects.unread().filter(under)
            found[name] = Queue(rows=rows.order_by("moved_at", "pk"), fields={"since": "moved_at"})
    return found


def _of_cadre(asker: Asker) -> type_of_queues:
    own = QuarterlyReport.objects.filter(person=asker.person)
    over = Quarter.of(asker.today).previous
    filed = own.for_quarter(over).exclude(state__in=(QuarterlyState.DRAFT, QuarterlyState.RETURNED))
    visited = LedgerEntry.objects.filter(
        conditions.OWES_REPORT, ~Exists(filed), cadre=asker.person,
        date__range=(over.first_day, over.last_day),
    )  # fmt: skip
    returned = own.filter(state=QuarterlyState.RETURNED).order_by("moved_at")
    return {
        "owed_quarter": Queue(rows=visited),
        "returned_quarterly": Queue(rows=returned, fields={"pk": "pk"}),
    }


# --- To-dos -------------------------------------------------------------------------------


def todos(asker: Asker) -> Iterator[Todo]:
    if travels(asker):
        yield from _weeks(asker)
        yield from _quarter(asker)
    if queue := asker.queue("to_read"):
        yield _to_read(queue, asker)
    if queue := asker.queue("to_read_quarterly"):
        yield _to_read_quarterly(queue, asker)
    if asker.offices.is_on_committee:
        yield from _unread(asker)


def _weeks(asker: Asker) -> Iterator[Todo]:
    """Weeks whose report is not with the superior; the oldest ones in one line. One query."""
    now = timezone.localtime()
    owed = sorted(_owed_weeks(asker).items())
    if len(owed) > NAMED:
        yield Todo(
            title=ngettext(
                "%(n)d older weekly report is missing", "%(n)d older weekly reports are missing",
                len(owed) - NAMED,
            ) % {"n": len(owed) - NAMED},
            url=address("reports:written"), tone="bad", shape="late",
            when=_("overdue"), due_on=owed[0][1].date(),
        )  # fmt: skip
    for week, due_at in owed[-NAMED:]:
        yield _week(week, due_at, now)


def _week(week: Week, due_at: datetime, now: datetime) -> Todo:
    today, due_on = now.date(), due_at.date()
    urgent = urgency(due_on, today)
    words = urgent.words
    late = now > due_at
    if due_on == today:
        words = _("was due today at %(at)s") if late else _("due today at %(at)s")
        words %= {"at": f"{due_at:%H:%M}"}
    return Todo(
        title=_("Report of week %(week)d") % {"week": week.number},
        url=address("reports:weekly-write", week),
        tone="bad" if late else urgent.tone,
        shape="late" if late else urgent.shape,
        when=words,
        why=_("Due at %(at)s; a later report is possible and marked late.")
        % {"at": f"{due_at:%H:%M %d/%m/%Y}"},
        due_on=due_on,
    )


def _owed_weeks(asker: Asker) -> dict[Week, datetime]:
    """Weeks with an approved or actual visit day, not reported, with their due times."""
    present = Week.of(asker.today)
    first = present.monday - timedelta(weeks=LOOK_BACK)
    filed = WeeklyReport.objects.filter(
        person=OuterRef("cadre"), year=OuterRef("date__iso_year"), number=OuterRef("date__week")
    ).exclude(state=WeeklyState.DRAFT)
    days = LedgerEntry.objects.filter(
        conditions.OWES_REPORT, ~Exists(filed), cadre=asker.person,
        date__range=(first, present.sunday),
    )  # fmt: skip
    weeks: dict[Week, bool] = {}
    for day in days.order_by().values_list("date", flat=True).distinct():
        week = Week.of(day)
        weeks[week] = weeks.get(week, False) or day.weekday() >= SATURDAY
    if not weeks:
        return {}
    window = _window(asker)
    return {
        week: weekly_report_due(
            week,
            weekend_slot=weekend,
            holidays=window.holidays,
            friday_at=regulation_of(asker, week.year).weekly_due_at,
            after_at=regulation_of(asker, week.year).weekly_after_at,
        )
        for week, weekend in weeks.items()
    }


def _quarter(asker: Asker) -> Iterator[Todo]:
    over = Quarter.of(asker.today).previous
    returned = asker.queue("returned_quarterly")
    if not (returned or asker.queue("owed_quarter")):
        return
    due_on: date = regulation_of(asker, over.year).quarterly_due_on(over)
    urgent = urgency(due_on, asker.today)
    title = (
        _("Change the quarterly report that was returned and submit it again")
        if returned
        else _("Report of %(quarter)s") % {"quarter": quarter_in_words(over)}
    )
    yield Todo(
        title=title,
        url=address("reports:quarterly-detail", returned.oldest["pk"])
        if returned
        else address("reports:quarterly-write", over),
        tone="warn" if returned and not urgent.tone else urgent.tone,
        shape="returned" if returned else urgent.shape,
        when=urgent.words,
        why=_("Plan against done, with the products; due on %(day)s.")
        % {"day": f"{due_on:%d/%m/%Y}"},
        due_on=due_on,
    )


def _to_read(queue: Waiting, asker: Asker) -> Todo:
    several = address("reports:weekly-received")
    return Todo(
        due_on=asker.today,
        title=ngettext("Read %(n)d weekly report", "Read %(n)d weekly reports", queue.count)
        % {"n": queue.count},
        url=queue.leads_to("reports:weekly-detail", several and f"{several}?waiting=me"),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_("Acknowledge one, or all on the list at once."),
    )


def _to_read_quarterly(queue: Waiting, asker: Asker) -> Todo:
    several = address("reports:quarterly-received")
    return Todo(
        due_on=asker.today,
        title=ngettext("Read %(n)d quarterly report", "Read %(n)d quarterly reports", queue.count)
        % {"n": queue.count},
        url=queue.leads_to("reports:quarterly-detail", several and f"{several}?waiting=me"),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_("Accept it, or return it with a word."),
    )


def _unread(asker: Asker) -> Iterator[Todo]:
    """What superiors under a member have left unread; nothing accepts itself (R10)."""
    days = regulation_of(asker, asker.today.year).unread_days
    limit = timezone.now() - timedelta(days=days)
    for under, name in (
        ("under_weekly", "reports:weekly-received"),
        ("under_quarterly", "reports:quarterly-received"),
    ):
        queue = asker.queue(under)
        oldest = queue.oldest.get("since")
        if oldest and oldest <= limit:
            url = address(name)
            yield Todo(
                title=_("Reports unread for over %(days)d days") % {"days": days},
                url=url and f"{url}?waiting=unread",
                tone="warn",
                shape="late",
                when=queue.since,
                why=_("They wait for a comrade whose superior you are."),
                due_on=asker.today + ONE_DAY,
            )


# --- Cards and buttons --------------------------------------------------------------------


def buttons(asker: Asker) -> Iterator[Button]:
    if travels(asker) and (url := address("reports:weekly-write", Week.of(asker.today))):
        yield Button(_("Write the weekly report"), url)


def cards(asker: Asker) -> Iterator[Card]:
    if not (travels(asker) and asker.person.in_scope):
        return
    yield Card("beside", "reports/desk_standing.html", _standing(asker))


def _window(asker: Asker) -> Window:
    """The year up to today, read once for a desk: one query."""
    year = asker.today.year
    window: Window = asker.once(
        "window", lambda: Window.of(regulation_of(asker, year), year, asker.today)
    )
    return window


def _standing(asker: Asker) -> dict[str, Any]:
    """Four queries: holidays, exemptions and the two of the totals."""
    window = _window(asker)
    return meter_of(own_standing(asker.person, window), window)
