"""What happened to an account, on record: written once, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import EventKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models.person import Person


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    def visible_to(self, person: Person) -> AccountEventQuerySet:
        """One's own account, and for administrators everybody's."""
        if person.offices(timezone.localdate()).is_administrator:
            return self
        return self.filter(person=person)


class AccountEvent(models.Model):
    """One thing that was done to one person's account, and by whom.

    Written by ``accounts.actions.events.record`` and nowhere else; the database refuses
    changes. Nobody is named in ``by`` where the person was not signed in.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="account_events"
    )
    # A code of ``EventKind``. Not bound to it here: a kind more is no change of the table.
    kind = models.CharField(_("what happened"), max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.label}"

    @property
    def label(self) -> StrOrPromise:
        """The kind in words; a kind of a version to come stands as its code."""
        return EventKind(self.kind).label if self.kind in EventKind else self.kind
