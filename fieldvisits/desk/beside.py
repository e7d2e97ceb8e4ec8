"""What products, notices to units and confirmations bring to everybody's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.desk import Asker, Card, Queue, Todo, register
from accounts.links import address
from accounts.models.department import of_headed
from fieldvisits.choices import Confirmation, NoticeState
from fieldvisits.models import ConfirmationRequest, Product, UnitNotice, UnitRemark, Visit
from fieldvisits.models.visit import PUBLIC_STATES
from fieldvisits.overview.urgency import urgency
from fieldvisits.overview.waiting import waiting_products

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.desk import Waiting, type_of_queues

COMING = 8  # rows of the table


def join_in() -> None:
    register(queues=queues, todos=todos, cards=cards)


# --- Queues: counted on every page, so each is one subquery ------------------------------


def queues(asker: Asker) -> type_of_queues:
    found: type_of_queues = {}
    offices = asker.offices
    if offices.department_id or offices.is_on_committee:
        found |= _of_cadre(asker)
    if offices.headed_id or offices.is_on_committee:
        found["products_in"] = Queue(
            rows=waiting_products(asker.person, asker.today),
            fields={"pk": "pk", "since": "moved_at"},
        )
    if offices.acting_head_of:
        found |= _of_head(asker)
    if offices.unit_ids:
        found |= _of_unit(asker)
    if offices.is_inspector:
        disputed = ConfirmationRequest.objects.filter(state=Confirmation.DISPUTED)
        found["disputes"] = Queue(
            rows=disputed.exclude(visit__cadre=asker.person).order_by("disputed_on", "pk"),
            fields={"pk": "pk", "since": "moved_at"},
        )
    return found


def _of_cadre(asker: Asker) -> type_of_queues:
    owed = Product.objects.owed_by(asker.person, asker.today)
    said_no = ConfirmationRequest.objects.filter(
        visit__cadre=asker.person, state=Confirmation.DISPUTED, cadre_answered_at=None
    )
    return {
        "products_owed": Queue(
            rows=owed.order_by("due_on", "pk"), fields={"pk": "pk", "due": "due_on"}
        ),
        "to_reply": Queue(
            rows=said_no.order_by("disputed_on", "pk"), fields={"pk": "pk", "since": "moved_at"}
        ),
    }


def _of_head(asker: Asker) -> type_of_queues:
    of_mine = of_headed(asker.offices.acting_head_of, asker.today)
    if asker.offices.is_in_office:
        of_mine |= Q(department=None)
    answered = UnitNotice.objects.filter(
        of_mine, state__in=(NoticeState.OTHER_DAY, NoticeState.CANNOT)
    )
    remarks = UnitRemark.objects.filter(of_mine, passed_on_at=None)
    return {
        "notices_answered": Queue(
            rows=answered.one_per_team().order_by("moved_at", "pk"),
            fields={"pk": "pk", "since": "moved_at"},
        ),
        "remarks_in": Queue(
            rows=remarks.exclude(visit__cadre=asker.person).order_by("made_at", "pk"),
            fields={"pk": "visit_id", "since": "made_at"},
        ),
    }


def _of_unit(asker: Asker) -> type_of_queues:
    units = asker.offices.unit_ids
    asked = ConfirmationRequest.objects.filter(unit__in=units, state=Confirmation.ASKED)
    notices = UnitNotice.objects.waiting_at(units, asker.today)
    return {
        "notices_in": Queue(
            rows=notices.one_per_team().order_by("visit__starts_on", "pk"),
            fields={"pk": "pk", "due": "visit__starts_on"},
        ),
        "asked": Queue(rows=asked.order_by("due_on", "pk"), fields={"pk": "pk", "due": "due_on"}),
    }


# --- To-dos -------------------------------------------------------------------------------


def todos(asker: Asker) -> Iterator[Todo]:
    for name, describe in _TODOS.items():
        if queue := asker.queue(name):
            yield describe(queue, asker)


def _due(queue: Waiting, asker: Asker, *, title: str, url: str, why: str) -> Todo:
    """With a day by which it has to be done."""
    urgent = urgency(queue.oldest["due"], asker.today)
    return Todo(
        title=title,
        url=url,
        tone=urgent.tone,
        shape=urgent.shape,
        when=urgent.words,
        why=why,
        due_on=queue.oldest["due"],
    )


def _now(
    queue: Waiting, asker: Asker, *, title: str, url: str, why: str, bad: bool = False
) -> Todo:
    """Waits for a word."""
    return Todo(
        title=title,
        url=url,
        tone="bad" if bad else "now",
        shape="late" if bad else "wait",
        when=queue.since,
        why=why,
        due_on=asker.today,
    )


def _products_owed(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext("Hand in %(n)d product", "Hand in %(n)d products", queue.count)
    several = address("fieldvisits:product-list")
    return _due(
        queue,
        asker,
        title=words % {"n": queue.count},
        url=queue.leads_to("fieldvisits:product-detail", several),
        why=_("The days of a thematic visit count for good once its product has been accepted."),
    )


def _products_in(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext("Read %(n)d product", "Read %(n)d products", queue.count)
    several = address("fieldvisits:product-list") + "?show=waiting"
    return _now(
        queue,
        asker,
        title=words % {"n": queue.count},
        url=queue.leads_to("fieldvisits:product-detail", several),
        why=_("Accept each one, or return it with a word."),
    )


def _notices_in(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext("Answer %(n)d notice", "Answer %(n)d notices", queue.count)
    several = address("fieldvisits:notice-list") + "?show=open"
    return _due(
        queue,
        asker,
        title=words % {"n": queue.count},
        url=queue.leads_to("fieldvisits:notice-answer", several),
        why=_("Say whether the unit receives the visit, proposes another day, or cannot."),
    )


def _asked(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext("Confirm %(n)d visit", "Confirm %(n)d visits", queue.count)
    return _due(
        queue,
        asker,
        title=words % {"n": queue.count},
        url=address("fieldvisits:confirmation-answer", queue.oldest["pk"]),
        why=_("The Inspection Committee asks whether it took place as written."),
    )


def _to_reply(queue: Waiting, asker: Asker) -> Todo:
    return _now(
        queue,
        asker,
        title=_("Answer a unit that says a visit did not take place"),
        url=address("fieldvisits:confirmation-reply", queue.oldest["pk"]),
        why=_("Without your answer the “no” can be upheld when the time is over."),
        bad=True,
    )


def _notices_answered(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext("Settle %(n)d visit", "Settle %(n)d visits", queue.count)
    several = address("fieldvisits:notice-list") + "?show=open"
    return _now(
        queue,
        asker,
        title=words % {"n": queue.count},
        url=queue.leads_to("fieldvisits:notice-detail", several),
        why=_("The unit proposes another day or cannot receive the visit."),
    )


def _remarks_in(queue: Waiting, asker: Asker) -> Todo:
    return _now(
        queue,
        asker,
        title=_("Read what a unit reports on a visit"),
        url=address("fieldvisits:visit-detail", queue.oldest["pk"]),
        why=_("The cadre can read it once you have passed it on."),
    )


def _disputes(queue: Waiting, asker: Asker) -> Todo:
    words = ngettext("Decide on %(n)d dispute", "Decide on %(n)d disputes", queue.count)
    several = address("fieldvisits:confirmation-list") + "?show=disputed"
    return _now(
        queue,
        asker,
        title=words % {"n": queue.count},
        url=queue.leads_to("fieldvisits:confirmation-detail", several),
        why=_("Uphold the “no” of the unit, or set it aside with a reason."),
    )


_TODOS: dict[str, Callable[[Waiting, Asker], Todo]] = {
    "to_reply": _to_reply,
    "disputes": _disputes,
    "asked": _asked,
    "notices_in": _notices_in,
    "products_owed": _products_owed,
    "products_in": _products_in,
    "notices_answered": _notices_answered,
    "remarks_in": _remarks_in,
}


def cards(asker: Asker) -> Iterator[Card]:
    """For representatives of a unit: who comes, when, with which content."""
    if not asker.offices.unit_ids:
        return
    rows = (
        Visit.objects.at_units(asker.offices.unit_ids)
        .filter(state__in=PUBLIC_STATES, ends_on__gte=asker.today)
        .select_related("cadre", "unit")
        .prefetch_related("unit__versions")
        .in_order()
    )
    named = [(visit, visit.unit.name_on(visit.starts_on)) for visit in rows[:COMING]]
    yield Card("wide", "fieldvisits/desk_at_unit.html", named)
