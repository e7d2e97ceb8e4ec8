"""Which messages go by mail, and when: groups of kinds, of which each person chooses the way.

The inbox has every message. What is urgent goes by mail at once and cannot be switched off:
a paper that came back, an ad-hoc visit that waits, what happened to one's account.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import MailWay

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Person

# Kinds that go together, one mail for one person: reminders of a morning.
gathered: set[str] = set()
MORNING = time(7, 40)  # after the reminders of 7:30, which may wait for it as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of messages that people think of as one."""

    name: str
    label: StrOrPromise
    hint: StrOrPromise
    kinds: frozenset[str] = frozenset()
    is_urgent: bool = False


URGENT = Group(
    name="urgent",
    label=_("Urgent"),
    hint=_("Papers returned to you, ad-hoc visits that wait for you, changes of your account."),
    kinds=frozenset({"returned", "ad_hoc", "account"}),
    is_urgent=True,
)
TO_DECIDE = Group(
    name="to_decide",
    label=_("Papers that wait for you"),
    hint=_("Plans, dossiers, results and reports to agree to, put forward, accept or read."),
    kinds=frozenset({"to_decide", "to_read"}),
)
REMINDERS = Group(
    name="reminders",
    label=_("Reminders of deadlines"),
    hint=_("Those of one morning always come in one mail."),
)
DECIDED = Group(
    name="decided",
    label=_("News of your papers"),
    hint=_("What was agreed to, decided, accepted, changed or cancelled."),
    kinds=frozenset({"decided"}),
)
OTHERS = Group(
    name="others",
    label=_("Everything else"),
    hint=_("Offices, notices of units, delegations, the regulation, files that are ready."),
)
GROUPS = (URGENT, TO_DECIDE, REMINDERS, DECIDED, OTHERS)


def group_of(kind: str) -> Group:
    """Return the group of a kind; a kind nobody named is among the others."""
    if kind in gathered:
        return REMINDERS
    return next((group for group in GROUPS if kind in group.kinds), OTHERS)


def way_of(person: Person, group: Group) -> MailWay:
    """Return how this group goes by mail: as chosen, at once where nothing was."""
    chosen = person.mail_ways.get(group.name)
    if group.is_urgent or chosen not in MailWay:
        return MailWay.AT_ONCE
    return MailWay(chosen)


def ways_in_words(person: Person) -> str:
    """What a person chose, and what goes by itself: “Reminders of deadlines: not by mail; …”."""
    return "; ".join(f"{group.label}: {way_of(person, group).label}" for group in GROUPS)


def next_morning(now: datetime) -> datetime:
    """Return the next time at which what is gathered for the morning goes out.

    >>> from zoneinfo import ZoneInfo
    >>> hanoi = ZoneInfo("Asia/Ho_Chi_Minh")
    >>> print(next_morning(datetime(2018, 10, 2, 7, 30, tzinfo=hanoi)))
    2018-10-02 07:40:00+07:00
    >>> print(next_morning(datetime(2018, 10, 2, 7, 40, tzinfo=hanoi)))
    2018-10-03 07:40:00+07:00
    """
    local = timezone.localtime(now)
    today = datetime.combine(local.date(), MORNING, local.tzinfo)
    return today if today > local else today + timedelta(days=1)
