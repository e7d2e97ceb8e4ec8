"""What ad-hoc visits and attendances bring to the desk: to endorse, to decide, two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Button, Queue, Todo, register
from accounts.links import address
from fieldvisits.choices import RequestState
from fieldvisits.models import AdHocRequest
from fieldvisits.overview.waiting import waiting_requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.desk import Waiting, type_of_queues
    from fieldvisits.models.request import AdHocRequestQuerySet

FIELDS = {"pk": "pk", "name": "visit__cadre__full_name", "since": "moved_at"}


def join_in() -> None:
    register(queues=queues, todos=todos, buttons=buttons)


def queues(asker: Asker) -> type_of_queues:
    """Own drafts that were returned; for a superior and for who decides between sittings."""
    person, offices = asker.person, asker.offices
    found: type_of_queues = {}
    if offices.department_id or offices.is_on_committee:
        drafts = AdHocRequest.objects.filter(visit__cadre=person, state=RequestState.DRAFT)
        found["ad_hoc_drafts"] = _queue(drafts)
    if offices.headed_id or offices.is_on_committee:
        found["to_endorse"] = _queue(waiting_requests(person, asker.today))
    if offices.is_on_committee:
        found["to_decide_ad_hoc"] = _queue(_to_decide(asker))
    return found


def _queue(rows: AdHocRequestQuerySet) -> Queue:
    return Queue(rows=rows.order_by("moved_at", "pk"), fields=FIELDS)


def _to_decide(asker: Asker) -> AdHocRequestQuerySet:
    """Endorsed and in time; late ones only a sitting decides."""
    endorsed = AdHocRequest.objects.filter(state=RequestState.ENDORSED, is_late=False)
    if asker.offices.is_away_on_committee:
        return endorsed.none()
    if not asker.offices.is_secretary:
        endorsed = endorsed.filter(Q(department__in=asker.offices.portfolio_ids))
    return endorsed.exclude(visit__cadre=asker.person)


def todos(asker: Asker) -> Iterator[Todo]:
    for name, describe in _DECISIONS.items():
        if queue := asker.queue(name):
            yield describe(queue, asker)


def _where(queue: Waiting) -> str:
    return queue.leads_to("fieldvisits:request-detail", address("fieldvisits:request-list"))


def _to_endorse(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=ngettext("Endorse %(n)d ad-hoc visit", "Endorse %(n)d ad-hoc visits", queue.count)
        % {"n": queue.count},
        url=_where(queue),
        tone="warn",
        shape="wait",
        when=queue.since,
        why=_("From comrade %(name)s. Your report goes to the Standing Committee.")
        % {"name": queue.oldest["name"]},
    )


def _decide(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=ngettext("Decide on %(n)d ad-hoc visit", "Decide on %(n)d ad-hoc visits", queue.count)
        % {"n": queue.count},
        url=_where(queue),
        tone="warn",
        shape="wait",
        when=queue.since,
        why=_("Comrade %(name)s; endorsed. You decide alone, the next sitting is told.")
        % {"name": queue.oldest["name"]},
    )


def _drafts(queue: Waiting, asker: Asker) -> Todo:
    return Todo(
        due_on=asker.today,
        title=ngettext(
            "Send or give up %(n)d ad-hoc request",
            "Send or give up %(n)d ad-hoc requests",
            queue.count,
        )
        % {"n": queue.count},
        url=_where(queue),
        tone="now",
        shape="draft",
        when=queue.since,
        why=_("Nobody has it before them yet; its half-days are taken meanwhile."),
    )


_DECISIONS = {"to_endorse": _to_endorse, "to_decide_ad_hoc": _decide, "ad_hoc_drafts": _drafts}


def buttons(asker: Asker) -> Iterator[Button]:
    if not (asker.offices.department_id or asker.offices.is_on_committee):
        return
    if new := address("fieldvisits:request-new"):
        yield Button(_("Ad-hoc visit"), new)
    if log := address("fieldvisits:attendance-log"):
        yield Button(_("Log an attendance"), log)
