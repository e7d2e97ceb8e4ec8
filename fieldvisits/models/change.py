"""What people ask of each other about a visit: an amendment of it, to come along on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldvisits.choices import InvitationState, Session, WishOutcome


class AmendmentWish(models.Model):
    """What a cadre asks the superior to change of an approved visit (R7); one open at a time."""

    visit = models.ForeignKey("fieldvisits.Visit", models.CASCADE, related_name="wishes")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    session = models.CharField(_("part of the day"), max_length=10, choices=Session)
    content = models.TextField(_("concrete content"), max_length=2000)
    expected_result = models.TextField(_("expected result"), max_length=2000, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    # Set with the outcome: who answered, and in which words.
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=WishOutcome, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="wishes_answered"
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("wish for an amendment")
        verbose_name_plural = _("wishes for amendments")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(closed_at=None), name="one_open_wish_per_visit"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="wish_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.starts_on:%d/%m/%Y}"


class TeamInvitation(models.Model):
    """A cadre asks a colleague to come along on a planned visit (a tour)."""

    visit = models.ForeignKey("fieldvisits.Visit", models.CASCADE, related_name="invitations")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_invitations"
    )
    answer = models.CharField(
        _("answer"), max_length=10, choices=InvitationState, default=InvitationState.ASKED
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a team")
        verbose_name_plural = _("invitations to a team")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "colleague"], name="one_invitation_per_colleague"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.colleague}"
