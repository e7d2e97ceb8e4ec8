"""Who is told of a delegation, in which words. The mechanism is in ``actions.messages``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.links import address

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Delegation


def tell_delegated(row: Delegation) -> None:
    """Both are told, also where an administrator made it."""
    to_delegate = _("You stand in for %(absent)s from %(first)s to %(last)s")
    to_absent = _("Comrade %(delegate)s stands in for you from %(first)s to %(last)s")
    _tell(row, "made", to_delegate, to_absent)


def tell_ended(row: Delegation) -> None:
    to_delegate = _("You no longer stand in for %(absent)s")
    to_absent = _("Comrade %(delegate)s no longer stands in for you")
    _tell(row, "ended", to_delegate, to_absent)


def _tell(row: Delegation, what: str, to_delegate: StrOrPromise, to_absent: StrOrPromise) -> None:
    values = {
        "absent": row.delegator.full_name if row.delegator else _("the vacant office"),
        "delegate": row.delegate.full_name,
        "first": date_format(row.starts_on, "SHORT_DATE_FORMAT"),
        "last": date_format(row.ends_on, "SHORT_DATE_FORMAT")
        if row.ends_on
        else _("further notice"),
        "reason": row.reason,
    }
    for person, subject in ((row.delegate, to_delegate), (row.delegator, to_absent)):
        if person is not None:
            notify(
                person,
                kind="delegated",
                subject=subject,
                body=_("Reason: %(reason)s"),
                values=values,
                key=f"delegation:{row.pk}:{what}",
                url=address("fieldvisits:delegations"),
            )
