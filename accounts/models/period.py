"""Rows that are true for a period: from a day, to a day or until further notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date


class PeriodQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Rows in force on ``day``; both ends of a period are included."""
        return self.filter(
            Q(starts_on__lte=day) | Q(starts_on=None), Q(ends_on__gte=day) | Q(ends_on=None)
        )

    def touching(self, first: date, last: date) -> Self:
        """Rows in force on at least one day from ``first`` to ``last``."""
        return self.filter(
            Q(starts_on__lte=last) | Q(starts_on=None), Q(ends_on__gte=first) | Q(ends_on=None)
        )


class Period(models.Model):
    """``ends_on`` is the last day in force; empty means until further notice."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def covers(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("The last day lies before the first."),
    )
