"""What people are told about their account, in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import tokens
from accounts.actions.messages import notify
from accounts.links import address
from accounts.models import InboxItem

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import EmailChange, Invitation, Person

ACCOUNT = "account"  # a kind that goes by mail at once, whatever somebody chose


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "H:i d/m/Y")


def tell_invited(row: Invitation, half: str) -> None:
    """By mail alone: the link stands in no inbox, and the office cannot read it again."""
    notify(
        row.person,
        kind=ACCOUNT,
        subject=_("Invitation to the field visits of %(agency)s"),
        body=_(
            "Dear comrade %(name)s, the office has opened an account for you. With the link "
            "below you choose a password; it works once, until %(until)s. If a later invitation "
            "arrives, only that one works. Give the link to nobody."
        ),
        values={
            "agency": settings.AGENCY_NAME,
            "name": row.person.full_name,
            "until": moment(row.expires_at),
        },
        key=f"invitation:{row.pk}",
        sealed=(half, tokens.INVITATION),
    )


def tell_accepted(row: Invitation, person: Person, now: datetime) -> None:
    """The invitation need not be read any more; and the person hears that it was used."""
    keys = [f"invitation:{one}" for one in person.invitations.values_list("pk", flat=True)]
    InboxItem.objects.filter(recipient=person, key__in=keys, read_at=None).update(read_at=now)
    notify(
        person,
        kind=ACCOUNT,
        subject=_("Your account is ready"),
        body=_(
            "A password was chosen with your invitation at %(at)s. You sign in with %(email)s. "
            "If this was not you, tell the administrator at once."
        ),
        values={"at": moment(now), "email": person.email},
        key=f"invitation-accepted:{row.pk}",
        url=address("accounts:profile"),
    )


def tell_email_asked(row: EmailChange, half: str) -> None:
    """The link goes to the new address; the old one hears of it."""
    values = {
        "new": row.address,
        "until": moment(row.expires_at),
        "agency": settings.AGENCY_NAME,
        "name": row.person.full_name,
    }
    notify(
        row.person,
        kind=ACCOUNT,
        subject=_("Confirm your new e-mail address for the field visits of %(agency)s"),
        body=_(
            "Comrade %(name)s wants to sign in with %(new)s from now on. The link below "
            "confirms it, once, until %(until)s. If you know nothing of this, do nothing."
        ),
        values=values,
        key=f"email-change:{row.pk}:new",
        address=row.address,
        sealed=(half, tokens.EMAIL_CHANGE),
    )
    notify(
        row.person,
        kind=ACCOUNT,
        subject=_("A new e-mail address was asked for"),
        body=_(
            "You, or somebody at your computer, asked to sign in with %(new)s from now on. "
            "Nothing changes until the link sent there is used. If this was not you, change "
            "your password and tell the administrator."
        ),
        values=values,
        key=f"email-change:{row.pk}:old",
        url=address("accounts:profile"),
    )


def tell_email_changed(person: Person, *, old: str, reason: str, now: datetime) -> None:
    """Both addresses hear of it, the old one for the last time."""
    body = _(
        "Since %(at)s you sign in with %(new)s; messages go there. Before it was %(old)s. "
        "%(reason)s If you do not know why, tell the administrator."
    )
    said = _("Reason: %(reason)s.") if reason else ""
    for number, where in enumerate(dict.fromkeys((old, person.email))):
        if not where:
            continue
        notify(
            person,
            kind=ACCOUNT,
            subject=_("Your e-mail address has changed"),
            body=body,
            values={
                "at": moment(now),
                "new": person.email or "–",
                "old": old or "–",
                "reason": said % {"reason": reason.rstrip(".")} if said else "",
            },
            key=f"email-changed:{now.timestamp()}:{number}",
            address=where,
            url=address("accounts:profile"),
        )
