"""People to invite, and the links that were sent to them."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.utils import timezone

from accounts.actions.invitations import Outcome, invite
from accounts.actions.messages import deliver_due
from accounts.choices import InvitationWay
from accounts.inviting import mark_of
from accounts.models import Person
from tests.factories.accounts import PersonFactory

PASSWORD = "chín mươi chín con trâu"


def newcomer(**fields: Any) -> Person:
    """Somebody on record who has never had a password."""
    person = PersonFactory(**fields)
    person.set_unusable_password()
    person.save()
    return person


def invited(person: Person, *, by: Person, way: str = InvitationWay.MAIL) -> Outcome:
    seen = mark_of(Person.objects.filter(pk=person.pk))
    return invite([person.pk], by=by, way=way, seen=seen)[0]


def mailed_link(address: str) -> str:
    """Send what is due and return the link in the last mail to ``address``, as it was read."""
    deliver_due(now=timezone.now())
    bodies = [one.body for one in mail.outbox if one.to == [address]]
    return re.findall(r"https?://\S+", bodies[-1])[-1]


def token_in(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]
