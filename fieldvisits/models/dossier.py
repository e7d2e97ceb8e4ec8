"""A department's plan for one quarter, and its supplementary rounds (R6)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.department import of_headed
from fieldvisits.calendar import Quarter
from fieldvisits.choices import DossierState
from fieldvisits.models.paper import Paper, acted_on

if TYPE_CHECKING:
    from accounts.models import Person


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, person: Person) -> DossierQuerySet:
        """Members of the department; TCKT once forwarded; the committee once before it."""
        today = timezone.localdate()
        offices = person.offices(today)
        seen = acted_on(person, "dossier")
        if offices.headed_id:  # of departments that ended: their papers pass to this head
            seen |= of_headed(offices.headed_id, today)
        if offices.department_id:
            seen |= Q(department=offices.department_id)
        if offices.is_in_office:
            seen |= Q(department=None)
        if offices.is_coordinator:
            seen |= ~Q(state=DossierState.COMPILING)
        if offices.is_on_committee:
            seen |= Q(state__in=(DossierState.BEFORE_COMMITTEE, DossierState.DECIDED))
        return self.filter(seen)

    def for_quarter(self, quarter: Quarter) -> DossierQuerySet:
        return self.filter(year=quarter.year, quarter_number=quarter.number)

    def of(self, department_id: int | None, quarter: Quarter) -> DossierQuerySet:
        return self.for_quarter(quarter).filter(department=department_id)


class Dossier(Paper):
    """The department plan (hồ sơ kế hoạch của ban) of one round.

    ``department`` is empty for the dossier of committee members without a department,
    which the Office compiles (R17).
    """

    PATH: ClassVar[str] = "dossier"

    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter_number = models.PositiveSmallIntegerField(_("quarter"))
    round = models.PositiveSmallIntegerField(_("round"), default=0)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=DossierState,
        default=DossierState.COMPILING,
        editable=False,
    )
    # The department meeting is part of the dossier (R6).
    met_on = models.DateField(_("day of the department meeting"), null=True, blank=True)
    present = models.TextField(_("present"), blank=True, max_length=2000)
    conclusions = models.TextField(_("conclusions"), blank=True, max_length=4000)
    missing_reason = models.TextField(_("why plans are missing"), blank=True, max_length=1000)
    forwarded_at = models.DateTimeField(null=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("department plan")
        verbose_name_plural = _("department plans")
        ordering = ["-year", "-quarter_number", "department", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "year", "quarter_number", "round"],
                name="one_dossier_per_department_quarter_and_round",
            ),
            models.UniqueConstraint(
                fields=["year", "quarter_number", "round"],
                condition=Q(department=None),
                name="one_committee_dossier_per_quarter_and_round",
            ),
            models.CheckConstraint(
                condition=Q(quarter_number__range=(1, 4)), name="dossier_quarter_is_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department or '-'}, {self.quarter}, {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:dossier-detail", args=[self.pk])

    @property
    def is_begun(self) -> bool:
        """Whether a sitting has decided a line of it: read along for a page, asked in a step."""
        known = vars(self).get("begun")
        return self.agenda_lines.decided().exists() if known is None else known

    def forget(self) -> None:
        vars(self).pop("begun", None)

    @property
    def meeting_mark(self) -> str:
        """Changes with every word of the meeting: a form opened earlier is noticed by it."""
        said = (self.met_on, self.present, self.conclusions, self.missing_reason)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter_number)
