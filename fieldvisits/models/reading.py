"""Who has read the regulation: it is made known to everybody (R16)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegulationReading(models.Model):
    """A person says that they have read one version, once and for good."""

    regulation = models.ForeignKey(
        "fieldvisits.Regulation", models.CASCADE, related_name="readings"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="regulations_read"
    )
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading of the regulation")
        verbose_name_plural = _("readings of the regulation")
        ordering = ["read_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "person"], name="one_reading_per_version_and_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.regulation}"
