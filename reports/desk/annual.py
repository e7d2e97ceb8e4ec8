"""What annual reports of the departments bring to the desk: to write, relay, receive (R11)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Queue, Todo, register
from accounts.links import address
from fieldvisits.desk.papers import regulation_of
from fieldvisits.overview.urgency import urgency
from reports.choices import AnnualState
from reports.models import AnnualReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.desk import Waiting, type_of_queues

SHOWN_BEFORE = timedelta(days=30)  # so long before its day the report stands on the desk


def join_in() -> None:
    register(queues=queues, todos=todos)


def queues(asker: Asker) -> type_of_queues:
    offices = asker.offices
    found: type_of_queues = {}
    rows = AnnualReport.objects.order_by("moved_at", "pk")
    fields = {"pk": "pk", "since": "moved_at"}
    if offices.headed_id or offices.leads_department:
        own = AnnualReport.objects.led_by(asker.person)
        found["annual_returned"] = Queue(rows=own.returned().order_by("moved_at"), fields=fields)
        of_year = own.filter(year=asker.today.year, department=offices.department_id)
        found["annual_filed"] = Queue(rows=of_year.filter(submitted_at__isnull=False))
    if offices.is_coordinator:
        waiting = rows.filter(state=AnnualState.WITH_COORDINATION)
        found["annual_to_relay"] = Queue(rows=waiting, fields=fields)
    if offices.is_on_committee:
        waiting = rows.filter(state=AnnualState.BEFORE_COMMITTEE)
        if offices.headed_id:  # nobody decides on their own paper (R17)
            waiting = waiting.exclude(department=offices.headed_id)
        found["annual_to_receive"] = Queue(rows=waiting, fields=fields)
    return found


def todos(asker: Asker) -> Iterator[Todo]:
    if asker.offices.acting_head_of:  # who is away finds it on the desk of who stands in
        yield from _to_write(asker)
    for name, describe in (("annual_to_relay", _to_relay), ("annual_to_receive", _to_receive)):
        if queue := asker.queue(name):
            yield describe(queue, asker)


def _to_write(asker: Asker) -> Iterator[Todo]:
    """The one that came back, and that of this year as its day draws near."""
    if queue := asker.queue("annual_returned"):
        yield Todo(
            title=_("Change the annual report that was returned and submit it again"),
            url=address("reports:annual-report-detail", queue.oldest["pk"]),
            tone="warn",
            shape="returned",
            when=queue.since,
            due_on=asker.today,
        )
    year = asker.today.year
    due_on = regulation_of(asker, year).annual_due_on(year)
    if asker.queue("annual_filed") or asker.today < due_on - SHOWN_BEFORE:
        return
    urgent = urgency(due_on, asker.today)
    yield Todo(
        title=_("Annual report %(year)d of the department") % {"year": year},
        url=address("reports:annual-reports"),
        tone=urgent.tone,
        shape=urgent.shape,
        when=urgent.words,
        why=_("Results and lessons are written, the figures come by themselves; the last day on "
              "time is %(day)s.") % {"day": f"{due_on:%d/%m/%Y}"},
        due_on=due_on,
    )  # fmt: skip


def _to_relay(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        title=ngettext(
            "Put %(n)d annual report before the Standing Committee",
            "Put %(n)d annual reports before the Standing Committee",
            queue.count,
        ) % {"n": queue.count},
        url=_one_or_all(queue),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_("Check that it is complete, or return it saying what is missing."),
        due_on=asker.today,
    )  # fmt: skip


def _to_receive(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        title=ngettext(
            "Receive %(n)d annual report of a department",
            "Receive %(n)d annual reports of departments",
            queue.count,
        ) % {"n": queue.count},
        url=_one_or_all(queue),
        tone="now",
        shape="wait",
        when=queue.since,
        why=_("One member receives it, or returns it with a word."),
        due_on=asker.today,
    )  # fmt: skip


def _one_or_all(queue: Waiting) -> str:
    return queue.leads_to("reports:annual-report-detail", address("reports:annual-reports"))
