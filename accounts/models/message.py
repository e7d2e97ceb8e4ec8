"""Messages: an inbox row per person and key, and a delivery row per mail to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import DeliveryState

if TYPE_CHECKING:
    from accounts.models.person import Person


class InboxItemQuerySet(models.QuerySet["InboxItem"]):
    def visible_to(self, person: Person) -> InboxItemQuerySet:
        return self.filter(recipient=person)

    def unread(self) -> InboxItemQuerySet:
        return self.filter(read_at=None)


class InboxItem(models.Model):
    """One thing one person is told, once: ``key`` says which (kind, paper, offset)."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox_items"
    )
    kind = models.CharField(max_length=40)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("message"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(_("received"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = InboxItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="one_message_per_key"),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One mail that is due. A worker claims it by compare-and-set, sends, marks it."""

    item = models.OneToOneField(InboxItem, models.CASCADE, related_name="delivery")
    address = models.EmailField(_("address"))
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    due_at = models.DateTimeField()
    # Waits for the morning, and goes in one mail with whatever else does.
    in_digest = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The same for every attempt, so that a mail server can drop a repetition.
    message_id = models.CharField(max_length=120, unique=True)
    last_error = models.CharField(max_length=500, blank=True)
    # The random half of a link that only this mail carries (``accounts.tokens``): wiped
    # with the sending, and of no use before it without the secret key.
    sealed = models.CharField(max_length=64, blank=True, editable=False)
    sealed_for = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.address}: {self.item}"
