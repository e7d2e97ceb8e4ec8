"""What the issue register brings to the desk: to answer, to name an owner for, to read (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import FAR, Asker, Queue, Todo, register
from accounts.links import address
from fieldvisits.desk.papers import travels
from fieldvisits.overview.urgency import urgency
from reports.choices import IssueState
from reports.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.desk import Waiting, type_of_queues


def join_in() -> None:
    register(queues=queues, todos=todos)


def queues(asker: Asker) -> type_of_queues:
    if not travels(asker):
        return {}
    mine = Issue.objects.to_answer(asker.person)
    answered = Issue.objects.filter(raised_by=asker.person, state=IssueState.ANSWERED)
    found = {
        "issues_owned": Queue(
            rows=mine.order_by(F("due_on").asc(nulls_first=True), "pk"),
            fields={"pk": "pk", "due_on": "due_on"},
        ),
        "issues_answered": Queue(
            rows=answered.exclude(owner=asker.person).order_by("moved_at"), fields={"pk": "pk"}
        ),
    }
    if asker.offices.headed_id or asker.offices.is_on_committee:
        found["issues_without_a_day"] = Queue(
            rows=mine.filter(due_on=None).order_by("pk"), fields={"pk": "pk"}
        )
    return found


def todos(asker: Asker) -> Iterator[Todo]:
    if queue := asker.queue("issues_without_a_day"):
        yield _to_assign(queue, asker)
    rest = asker.queue("issues_owned").count - asker.queue("issues_without_a_day").count
    if rest:
        yield _to_answer(asker.queue("issues_owned"), rest, asker)
    if queue := asker.queue("issues_answered"):
        yield _to_close(queue, asker)


def _to_assign(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext(
        "Name who answers %(n)d issue, and by when",
        "Name who answers %(n)d issues, and by when",
        queue.count,
    )
    return Todo(
        title=words % {"n": queue.count},
        url=queue.leads_to("reports:issue-assign", _list("whose=owned&state=open")),
        tone="now",
        why=_("Proposed in reports that you have read."),
        due_on=asker.today,
    )


def _to_answer(queue: Waiting, count: int, asker: Asker) -> Todo:
    words = ngettext("Answer %(n)d issue", "Answer %(n)d issues", count)
    due_on = queue.oldest.get("due_on")
    urgent = urgency(due_on, asker.today) if due_on else None
    return Todo(
        title=words % {"n": count},
        url=queue.leads_to("reports:issue-detail", _list("whose=owned&state=open")),
        tone=urgent.tone if urgent else "",
        shape=urgent.shape if urgent else "open",
        when=urgent.words if urgent else "",
        why=_("Who raised it is told of your answer."),
        due_on=due_on or FAR,
    )


def _to_close(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext(
        "Read the answer to %(n)d issue you raised",
        "Read the answers to %(n)d issues you raised",
        queue.count,
    )
    return Todo(
        title=words % {"n": queue.count},
        url=queue.leads_to("reports:issue-detail", _list("whose=mine&state=answered")),
        tone="now",
        shape="wait",
        why=_("Close it, or open it again saying what is missing."),
        due_on=asker.today,
    )


def _list(query: str) -> str:
    url = address("reports:issues")
    return url and f"{url}?{query}"
