"""What delegations and changes of people bring to a desk (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Queue, Todo, register
from accounts.links import address
from accounts.models import Delegation
from fieldvisits.overview.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from accounts.desk import type_of_queues


def join_in() -> None:
    register(queues=queues, todos=todos)


def queues(asker: Asker) -> type_of_queues:
    """Delegations in force today: one subquery each, read with all the others."""
    rows = Delegation.objects.in_force(asker.today).order_by("ends_on", "pk")
    last = {"last": "ends_on"}
    return {
        "stands_in": Queue(
            rows=rows.filter(delegate=asker.person),
            fields={"name": "delegator__full_name", **last},
        ),
        "is_away": Queue(
            rows=rows.filter(delegator=asker.person),
            fields={"name": "delegate__full_name", **last},
        ),
    }


def todos(asker: Asker) -> Iterator[Todo]:
    where = address("fieldvisits:delegations")
    if queue := asker.queue("stands_in"):
        name = queue.oldest["name"]
        title = (
            _("You stand in for comrade %(name)s %(until)s")
            if name
            else _("You act in a vacant office %(until)s")
        )
        others = queue.count - 1
        more = ngettext("And for %(n)d other.", "And for %(n)d others.", others) % {"n": others}
        yield Todo(
            title=title % {"name": name, "until": _until(queue.oldest)},
            url=where,
            tone="now",
            shape="person",
            why=(more + " " if others else "")
            + _("What waits for that office stands on your desk; its own papers do not."),
        )
    if queue := asker.queue("is_away"):
        values = {"name": queue.oldest["name"], "until": _until(queue.oldest)}
        yield Todo(
            title=_("Comrade %(name)s stands in for you %(until)s") % values,
            url=where,
            shape="person",
            why=_("If you are back earlier, end the delegation: the office is yours at once."),
        )


def _until(oldest: Mapping[str, Any]) -> str:
    if oldest["last"] is None:
        return _("until further notice")
    return _("until %(day)s") % {"day": short(oldest["last"])}
