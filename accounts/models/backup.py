"""Backups that were made, or were not: what the administrator's desk shows."""

from __future__ import annotations

from django.db import models


class BackupRun(models.Model):
    """One backup. ``night`` is set if the clock made it: one a night, whoever comes first."""

    night = models.DateField(null=True, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    ok = models.BooleanField(default=False)
    place = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    missing_files = models.PositiveIntegerField(default=0)  # named by a row, not there
    version = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.place}: {'ok' if self.ok else self.error or 'not finished'}"
