"""Links that open something once: an invitation, a change of e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import tokens
from accounts.choices import InvitationWay

if TYPE_CHECKING:
    from datetime import datetime


class OneTimeLinkQuerySet(models.QuerySet[Any]):
    def unused(self) -> Self:
        """Neither used nor ended; one that is too old stands among them."""
        return self.filter(used_at=None, ended_at=None)

    def working(self, now: datetime) -> Self:
        """What a link still opens. At the very moment it expires it does no longer."""
        return self.unused().filter(expires_at__gt=now, person__is_active=True)

    def of_token(self, token: str, now: datetime) -> Any | None:
        """The row that a token opens now, or None: mutated, used, ended, too old alike."""
        digest = tokens.digest_in(token, self.model.PURPOSE)
        if not digest:
            return None
        row = self.working(now).select_related("person").filter(digest=digest).first()
        return row if row is not None and row.fits() else None

    def claim(self, row: OneTimeLink, now: datetime) -> bool:
        """Use a link up; False if somebody was there first. Two at once: one of them."""
        return bool(self.working(now).filter(pk=row.pk).update(used_at=now))

    def end(self, now: datetime) -> int:
        """Let none of these open anything any more."""
        return self.unused().update(ended_at=now)


class OneTimeLink(models.Model):
    """One link for one person. Only its digest is kept: whoever reads the row cannot use it."""

    PURPOSE: ClassVar[str]

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Where the link was sent, or would lead to.
    address = models.EmailField(_("e-mail"), max_length=254, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # Replaced by a later one, or taken back: the account was closed, the e-mail changed.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, ended_at=None),
                name="one_unused_%(class)s_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(ended_at=None),
                name="%(class)s_is_used_or_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {timezone.localdate(self.made_at):%d/%m/%Y}"

    def fits(self) -> bool:
        """Whether the person is still as the link found them."""
        return True


class Invitation(OneTimeLink):
    """Lets one person choose a password: by mail, or on a slip for whoever has no e-mail."""

    PURPOSE = tokens.INVITATION

    way = models.CharField(_("way"), max_length=10, choices=InvitationWay)

    class Meta(OneTimeLink.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def fits(self) -> bool:
        """A mail that went to an address the person no longer has opens nothing."""
        is_mail = self.way == InvitationWay.MAIL
        return not is_mail or self.address.lower() == (self.person.email or "").lower()


class EmailChange(OneTimeLink):
    """Lets one person use a new address, once a mail to it has arrived."""

    PURPOSE = tokens.EMAIL_CHANGE

    class Meta(OneTimeLink.Meta):
        verbose_name = _("change of e-mail")
        verbose_name_plural = _("changes of e-mail")


def with_invitation(people: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Annotate the latest invitation of each person, as columns ``invited_…``."""
    latest = Invitation.objects.filter(person=OuterRef("pk")).order_by("-made_at", "-pk")
    columns = {
        "invitation_pk": "pk",
        "invited_at": "made_at",
        "invited_until": "expires_at",
        "invited_by_way": "way",
        "invitation_used_at": "used_at",
        "invitation_ended_at": "ended_at",
    }
    return people.annotate(
        **{name: Subquery(latest.values(column)[:1]) for name, column in columns.items()}
    )
