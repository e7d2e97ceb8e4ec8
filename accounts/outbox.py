"""The outbox as an administrator sees it: kinds, states, moments, recipients; never the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actions import messages
from accounts.choices import DeliveryState
from accounts.models import Delivery

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

LATE = timedelta(minutes=15)  # a due message that waits longer means that something is wrong
DAY = timedelta(days=1)
DUE = "due"  # waiting and due, whether a worker holds it or not
REMINDERS = "reminders"  # every kind that ends so goes out in one mail a morning
REMINDER_ENDING = "_due"
KINDS: dict[str, StrOrPromise] = {
    REMINDERS: gettext_lazy("Reminders"),
    "decided": gettext_lazy("What was decided"),
    "to_decide": gettext_lazy("What waits for a decision"),
    "unit_notice": gettext_lazy("Notices to units"),
    "confirmation": gettext_lazy("Confirmations"),
    "regulation": gettext_lazy("The regulation"),
    "remark": gettext_lazy("Words of units"),
    "delegated": gettext_lazy("Delegations"),
    "appointed": gettext_lazy("Offices given and ended"),
    "quarter_open": gettext_lazy("Registration is open"),
    "account": gettext_lazy("Accounts and invitations"),
    "report_ready": gettext_lazy("Reports that are ready"),
    "report_failed": gettext_lazy("Reports that failed"),
    "import_ready": gettext_lazy("Imports that were taken in"),
    "import_failed": gettext_lazy("Imports that failed"),
}


def kind_in_words(kind: str) -> str:
    """What a message is about, in general; kinds nobody named are "other messages"."""
    key = REMINDERS if kind.endswith(REMINDER_ENDING) else kind
    return str(KINDS.get(key, _("Other messages")))


@dataclass(frozen=True, slots=True)
class Outbox:
    """How it stands at a moment; two queries."""

    now: datetime
    due: int
    oldest_due_at: datetime | None
    later: int
    failed: int
    sent: int  # within a day

    @classmethod
    def read(cls, now: datetime) -> Outbox:
        unsent = Q(state__in=[DeliveryState.PENDING, DeliveryState.CLAIMED])
        due = unsent & Q(due_at__lte=now)
        found = Delivery.objects.order_by().aggregate(
            due=Count("pk", filter=due),
            later=Count("pk", filter=unsent & Q(due_at__gt=now)),
            failed=Count("pk", filter=Q(state=DeliveryState.FAILED)),
            sent=Count("pk", filter=Q(state=DeliveryState.SENT, sent_at__gt=now - DAY)),
        )
        return cls(now, oldest_due_at=messages.oldest_due(now=now), **found)

    @property
    def waited(self) -> timedelta:
        return self.now - self.oldest_due_at if self.oldest_due_at else timedelta()

    @property
    def is_late(self) -> bool:
        return self.waited > LATE


def deliveries(*, state: str = "", kind: str = "", now: datetime) -> QuerySet[Delivery]:
    """The rows behind a number; without subjects, which may name people and decisions."""
    rows = Delivery.objects.select_related("item__recipient").defer("item__subject", "item__body")
    if state == DUE:
        unsent = [DeliveryState.PENDING, DeliveryState.CLAIMED]
        rows = rows.filter(state__in=unsent, due_at__lte=now)
    elif state:
        rows = rows.filter(state=state)
    if kind == REMINDERS:
        rows = rows.filter(item__kind__endswith=REMINDER_ENDING)
    elif kind:
        rows = rows.filter(item__kind=kind)
    return rows.order_by("-due_at", "-pk")


@dataclass(frozen=True, slots=True)
class KindLine:
    kind: str
    label: str
    due: int
    failed: int
    sent: int


def by_kind(now: datetime) -> list[KindLine]:
    """What is due, failed and sent of each kind: one query."""
    unsent = Q(state__in=[DeliveryState.PENDING, DeliveryState.CLAIMED])
    rows = Delivery.objects.order_by().values_list("item__kind")
    counted = rows.annotate(
        due=Count("pk", filter=unsent & Q(due_at__lte=now)),
        failed=Count("pk", filter=Q(state=DeliveryState.FAILED)),
        sent=Count("pk", filter=Q(state=DeliveryState.SENT)),
    )
    sums: dict[str, list[int]] = {}
    for kind, *numbers in counted:
        key = REMINDERS if kind.endswith(REMINDER_ENDING) else kind
        sums[key] = [a + b for a, b in zip(sums.get(key, [0, 0, 0]), numbers, strict=True)]
    lines = [KindLine(kind, kind_in_words(kind), *numbers) for kind, numbers in sums.items()]
    return sorted(lines, key=lambda line: line.label)


def age(span: timedelta) -> str:
    """How long, in the largest whole unit: "3 hours"."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return _("less than a minute")
    for size, words in (
        (24 * 60, lambda n: ngettext("%(n)d day", "%(n)d days", n)),
        (60, lambda n: ngettext("%(n)d hour", "%(n)d hours", n)),
        (1, lambda n: ngettext("%(n)d minute", "%(n)d minutes", n)),
    ):
        if minutes >= size:
            return words(minutes // size) % {"n": minutes // size}
    return ""


def state_in_words(state: str) -> str:
    return capfirst(str(DeliveryState(state).label))
