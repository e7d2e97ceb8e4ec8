"""What delegations (R25) and changes of department bring to a desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Body
from accounts.desk import Asker, Queue, Todo, register
from accounts.links import address
from accounts.models import Appointment, Delegation
from fieldvisits.choices import VisitState
from fieldvisits.models import Visit
from fieldvisits.overview.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    from django.db.models import QuerySet

    from accounts.desk import Waiting, type_of_queues


def join_in() -> None:
    register(queues=queues, todos=todos)


def queues(asker: Asker) -> type_of_queues:
    """Delegations in force today: one subquery each, read with all the others."""
    rows = Delegation.objects.in_force(asker.today).order_by("ends_on", "pk")
    last = {"last": "ends_on", "pk": "pk"}
    found = {
        "stands_in": Queue(
            rows=rows.filter(delegate=asker.person),
            fields={"name": "delegator__full_name", **last},
        ),
        "is_away": Queue(
            rows=rows.filter(delegator=asker.person),
            fields={"name": "delegate__full_name", **last},
        ),
    }
    if asker.offices.headed_id:
        ahead = moved_visits(asker.offices.headed_id, asker.today)
        found["moved"] = Queue(
            rows=ahead.order_by("starts_on", "pk"), fields={"name": "cadre__full_name"}
        )
    return found


def moved_visits(headed_id: int, today: date) -> QuerySet[Visit]:
    """Approved visits ahead of those who change to or from a department today."""
    of_cadre = Appointment.objects.filter(person=OuterRef("cadre"), body=Body.DEPARTMENT)
    left = of_cadre.filter(ends_on=today - timedelta(days=1))
    come = of_cadre.filter(starts_on=today)
    visits = Visit.objects.filter(state=VisitState.APPROVED, ends_on__gte=today)
    here = Q(Exists(left.filter(department=headed_id))) | Q(
        Exists(come.filter(department=headed_id))
    )
    return visits.filter(here, Exists(left), Exists(come))


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
    if queue := asker.queue("moved"):
        yield _moved(queue, asker)
    if queue := asker.queue("is_away"):
        values = {"name": queue.oldest["name"], "until": _until(queue.oldest)}
        yield Todo(
            title=_("Comrade %(name)s stands in for you %(until)s") % values,
            url=address("fieldvisits:delegation-end", queue.oldest["pk"]),
            shape="person",
            why=_(
                "Decisions are theirs meanwhile; you go on seeing everything. If you are back "
                "earlier, end the delegation here: the office is yours at once."
            ),
        )


def _moved(queue: Waiting, asker: Asker) -> Todo:
    several = address("fieldvisits:visit-list")
    query = urlencode({"person": queue.oldest["name"], "state": VisitState.APPROVED})
    return Todo(
        due_on=asker.today,
        title=ngettext(
            "%(n)d approved visit ahead of a comrade who changes department today",
            "%(n)d approved visits ahead of comrades who change department today",
            queue.count,
        )
        % {"n": queue.count},
        url=several and f"{several}?{query}",
        tone="warn",
        shape="person",
        why=_("Comrade %(name)s. Results of these visits go to the new head.") % queue.oldest,
    )


def _until(oldest: Mapping[str, Any]) -> str:
    if oldest["last"] is None:
        return _("until further notice")
    return _("until %(day)s") % {"day": short(oldest["last"])}
