"""Notices that wait for their number, on the desk of whoever numbers them (domain: the clerk)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Queue, Todo, register
from accounts.links import address
from accounts.models import clerks_on
from fieldvisits.models import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.desk import type_of_queues


def join_in() -> None:
    register(queues=queues, todos=todos)


def queues(asker: Asker) -> type_of_queues:
    """All of them for a clerk; without a clerk, for who wrote the sitting."""
    rows = Sitting.objects.awaiting_number()
    if not asker.offices.is_clerk:
        if not asker.offices.writes_minutes:
            return {}
        rows = rows.filter(~Exists(clerks_on(asker.today)), secretary=asker.person)
    fields = {"pk": "pk", "on": "held_on"}
    return {"to_number": Queue(rows=rows.order_by("closed_at", "pk"), fields=fields)}


def todos(asker: Asker) -> Iterator[Todo]:
    if not (queue := asker.queue("to_number")):
        return
    yield Todo(
        due_on=asker.today,
        title=ngettext(
            "Number %(n)d notice of the Standing Committee",
            "Number %(n)d notices of the Standing Committee",
            queue.count,
        )
        % {"n": queue.count},
        url=queue.leads_to("fieldvisits:sitting-number", address("fieldvisits:sitting-list")),
        tone="now",
        shape="wait",
        when=_("sitting of %(day)s") % {"day": f"{queue.oldest['on']:%d/%m}"},
        why=_("The sitting is closed and its decisions are in force; the notice has no number."),
    )
