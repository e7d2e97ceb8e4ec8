"""Tell people things: inbox rows and mails, written with what they tell about.

The mechanism only; the words are in the ``notices`` module of each app. The key makes
telling idempotent: a run that was missed catches up, a run that happens twice adds nothing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import ngettext

from accounts.agency import agency_today
from accounts.choices import DeliveryState, MailWay
from accounts.mailing import gathered, group_of, next_morning, way_of
from accounts.models import Delivery, InboxItem
from accounts.tokens import link_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from accounts.models import Person

log = logging.getLogger(__name__)

BATCH = 200
CLAIM_LASTS = timedelta(minutes=10)  # a worker that died leaves its claim to the next
MOST_ATTEMPTS = 8
WIPED = {"sealed": ""}  # what only the mail may carry, once it went or never will


def gather(kind: str) -> None:
    """Let messages of this kind to one person go out in one mail."""
    gathered.add(kind)


def language_of(person: Person) -> str:
    return person.language or settings.LANGUAGE_CODE


@transaction.atomic
def notify(  # noqa: PLR0913 -- all but the person are named
    recipient: Person,
    *,
    kind: str,
    subject: StrOrPromise,
    key: str,
    url: str = "",
    body: StrOrPromise = "",
    values: Mapping[str, object] | None = None,
    address: str = "",
    sealed: tuple[str, str] = ("", ""),
    at: datetime | None = None,
) -> InboxItem | None:
    """Tell ``recipient`` once per ``key``; return None if they have been told before.

    Call it inside the transaction of what it tells about. ``subject`` and ``body`` are
    lazy texts with %(name)s marks: they are put into the recipient's language here and
    filled with ``values``. ``address`` is another than the person's own, which may be new or
    given up. ``sealed`` is (half, purpose) of a link that only the mail carries. ``at`` is the
    one moment of all that is told together.
    """
    with translation.override(language_of(recipient)):
        said = _in_this_language(values or {})
        item, created = InboxItem.objects.get_or_create(
            recipient=recipient,
            key=key,
            defaults={
                "kind": kind,
                "subject": str(subject % said if said else subject)[:300],
                "body": str(body % said if said else body),
                "url": url,
                "created_at": at or timezone.now(),
            },
        )
    if not created:
        return None
    _send_by_mail(item, recipient, address=address, sealed=sealed)
    return item


def _send_by_mail(
    item: InboxItem, recipient: Person, *, address: str, sealed: tuple[str, str]
) -> None:
    """Let the message go by mail the way its recipient chose for this kind."""
    way = way_of(recipient, group_of(item.kind))
    address = address or recipient.email or ""
    if not address or not recipient.is_active or way == MailWay.NONE:
        return
    waits = way == MailWay.DIGEST
    Delivery.objects.create(
        item=item,
        address=address,
        sealed=sealed[0],
        sealed_for=sealed[1],
        due_at=next_morning(item.created_at) if waits else item.created_at,
        in_digest=waits,
        message_id=f"<{uuid4()}@{settings.MESSAGE_ID_DOMAIN}>",
    )


def _in_this_language(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: str(value) if isinstance(value, Promise) else value for name, value in values.items()
    }


@transaction.atomic
def mark_read(item: InboxItem, *, by: Person) -> InboxItem:
    """Note that the recipient has seen ``item``; reading it again changes nothing."""
    if item.recipient_id == by.pk and item.read_at is None:
        now = timezone.now()
        InboxItem.objects.filter(pk=item.pk, read_at=None).update(read_at=now)
        item.read_at = now
    return item


@transaction.atomic
def mark_all_read(*, by: Person) -> int:
    return InboxItem.objects.filter(recipient=by, read_at=None).update(read_at=timezone.now())


def deliver_due(*, now: datetime) -> int:
    """Send every mail that is due; return how many went out.

    Safe on several workers at once: each row is claimed by compare-and-set, so two
    workers never hold the same one. A mail server that is down delays, never loses.
    """
    sent = 0
    while rows := _claim(now):
        with get_connection() as connection:
            for together in _mails(rows):
                sent += _send(together, connection, now)
        if len(rows) < BATCH:
            break
    return sent


def _claim(now: datetime) -> list[Delivery]:
    """Take what is due, at most a batch, and whatever goes into one mail with some of it."""
    waiting = Q(state=DeliveryState.PENDING, due_at__lte=now)
    forgotten = Q(state=DeliveryState.CLAIMED, claimed_at__lt=now - CLAIM_LASTS)
    due = Delivery.objects.filter(waiting | forgotten)
    claim = uuid4().hex
    with transaction.atomic():
        ids = set(due.values_list("pk", flat=True)[:BATCH])
        together = Q(item__kind__in=gathered) | Q(in_digest=True)
        people = set(due.filter(together, pk__in=ids).values_list("item__recipient", flat=True))
        ids |= set(due.filter(together, item__recipient__in=people).values_list("pk", flat=True))
        # In one order, and waiting for each other: what belongs into one mail has one owner.
        list(Delivery.objects.select_for_update().filter(pk__in=ids).order_by("pk").values("pk"))
        _leave_for_next_morning(now)
        # The condition stands here again: another worker may have claimed it in between.
        due.filter(pk__in=ids).update(
            state=DeliveryState.CLAIMED, claim=claim, claimed_at=now, attempts=F("attempts") + 1
        )
    rows = Delivery.objects.filter(claim=claim, state=DeliveryState.CLAIMED)
    return list(rows.select_related("item__recipient"))


def _leave_for_next_morning(now: datetime) -> None:
    """One mail a morning: what was written while it went out goes with the next one.

    Asked once the rows of a person are held, so that no other worker is just claiming them.
    """
    next_one = next_morning(now)
    went = Delivery.objects.filter(
        in_digest=True,
        item__recipient=OuterRef("item__recipient"),
        claimed_at__gte=next_one - timedelta(days=1),
    )
    waiting = Delivery.objects.filter(state=DeliveryState.PENDING, in_digest=True, attempts=0)
    waiting.filter(Exists(went), due_at__lte=now).update(due_at=next_one)


def _mails(rows: list[Delivery]) -> list[list[Delivery]]:
    """Put together what goes into one mail: the reminders of one person at one address.

    A first attempt and a repetition stay apart, so that what is repeated is the same mail.
    """
    found: dict[tuple[object, ...], list[Delivery]] = {}
    for row in rows:
        key: tuple[object, ...] = (row.pk,)
        if row.in_digest or row.item.kind in gathered:
            key = (row.item.recipient_id, row.address, row.attempts)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _send(rows: list[Delivery], connection: object, now: datetime) -> bool:
    with translation.override(language_of(rows[0].item.recipient)):
        mail = _mail(rows)
    mail.connection = connection  # type: ignore[assignment]  # the backend get_connection opened
    mine = Delivery.objects.filter(pk__in=[row.pk for row in rows], claim=rows[0].claim)
    try:
        mail.send()
    except Exception as error:  # one bad address must not hold up the others
        log.exception("mail %s was not sent", mail.extra_headers["Message-ID"])
        last = rows[0].attempts >= MOST_ATTEMPTS
        mine.update(
            state=DeliveryState.FAILED if last else DeliveryState.PENDING,
            due_at=now + timedelta(minutes=2 ** rows[0].attempts),
            last_error=str(error)[:500],
            **(WIPED if last else {}),
        )
        return False
    mine.update(state=DeliveryState.SENT, sent_at=timezone.now(), last_error="", **WIPED)
    return True


def _mail(rows: list[Delivery]) -> EmailMessage:
    """One message as it is; several as a list with a way to each."""
    parts = [_told(row) for row in rows]
    if len(rows) == 1:
        subject, message_id = rows[0].item.subject, rows[0].message_id
    else:
        subject = _subject_of(rows)
        message_id = _message_id_of(rows)
        parts.insert(0, f"{subject}:\n\n")
    return EmailMessage(
        subject=f"[{agency_today().name}] {subject}".replace("\n", " "),
        body="\n".join(parts),
        to=[rows[0].address],
        headers={"Message-ID": message_id},
    )


def _subject_of(rows: list[Delivery]) -> str:
    n = len(rows)
    if all(row.item.kind in gathered for row in rows):
        return ngettext("%(n)d thing to do", "%(n)d things to do", n) % {"n": n}
    return ngettext("%(n)d message", "%(n)d messages", n) % {"n": n}


def _told(row: Delivery) -> str:
    item = row.item
    link = f"{settings.SITE_URL}{item.url}" if item.url else settings.SITE_URL
    if row.sealed:
        link = link_of(row.sealed, row.sealed_for)
    return f"{item.subject}\n\n{item.body}\n\n{link}\n".replace("\n\n\n\n", "\n\n")


def _message_id_of(rows: list[Delivery]) -> str:
    """The same messages together have the same one, whoever sends them and how often."""
    known = "".join(sorted(row.message_id for row in rows))
    return f"<{sha256(known.encode()).hexdigest()[:32]}@{settings.MESSAGE_ID_DOMAIN}>"


def oldest_due(*, now: datetime) -> datetime | None:
    """When the longest-waiting unsent mail fell due; the health page shows its age."""
    return (
        Delivery.objects.filter(
            state__in=[DeliveryState.PENDING, DeliveryState.CLAIMED], due_at__lte=now
        )
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
