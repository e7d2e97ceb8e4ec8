"""Who changed which setting of the regulation, from what to what, when; append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SettingChange(models.Model):
    """One setting of one version. Where a version is new, what it says otherwise than the one
    that would have been continued.
    """

    regulation = models.ForeignKey("fieldvisits.Regulation", models.PROTECT, related_name="changes")
    name = models.CharField(max_length=60)  # of the field
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="settings_changed"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change of a setting")
        verbose_name_plural = _("changes of settings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.before} → {self.after}"
