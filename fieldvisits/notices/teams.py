"""Who is told of invitations to come along on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.words import date_range
from fieldvisits.choices import InvitationState

if TYPE_CHECKING:
    from fieldvisits.models import TeamInvitation


def _values(invitation: TeamInvitation) -> dict[str, object]:
    visit = invitation.visit
    return {
        "by": visit.cadre,
        "name": invitation.colleague,
        "unit": visit.unit.name_on(visit.starts_on),
        "days": date_range(visit.starts_on, visit.ends_on),
    }


def tell_invited(invitation: TeamInvitation) -> None:
    notify(
        invitation.colleague,
        kind="to_decide",
        subject=_("%(by)s asks you to come along to %(unit)s, %(days)s"),
        body=_("If you agree, the visit is added to your plan; you can still change it there."),
        values=_values(invitation),
        key=f"invitation:{invitation.pk}:asked",
        url=reverse("fieldvisits:invitation", args=[invitation.pk]),
    )


def tell_answered(invitation: TeamInvitation) -> None:
    subject = _("%(name)s does not come along to %(unit)s, %(days)s")
    if invitation.answer == InvitationState.AGREED:
        subject = _("%(name)s comes along to %(unit)s, %(days)s")
    plan = invitation.visit.plan
    notify(
        invitation.visit.cadre,
        kind="decided",
        subject=subject,
        values=_values(invitation),
        key=f"invitation:{invitation.pk}:answered",
        url=plan.get_absolute_url() if plan else "",
    )
