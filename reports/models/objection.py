"""What a cadre says in writing against the figures of a year (R15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import LONGEST

if TYPE_CHECKING:
    from accounts.models import Person


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def of(self, person: Person, year: int) -> ObjectionQuerySet:
        return self.filter(person=person, year=year).order_by("number")


class Objection(models.Model):
    """Seen by whoever sees the figures; written once, and never changed.

    The software shows the evidence and what is said against it; people give the grade.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="objections")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField(_("objection"), max_length=LONGEST)
    made_at = models.DateTimeField(editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["person", "year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "number"], name="one_objection_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.year}: {self.text[:60]}"
