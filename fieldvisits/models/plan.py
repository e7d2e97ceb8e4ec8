"""A cadre's plan of visits for one quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Body, Office
from accounts.models import Appointment
from accounts.models.department import of_headed
from fieldvisits.calendar import Quarter
from fieldvisits.choices import DEAD_STATES, DossierState, PlanState
from fieldvisits.models.paper import Paper, acted_on, left_to_member_in_charge

if TYPE_CHECKING:
    from accounts.models import Person

AFTER_FORWARD = (PlanState.IN_DOSSIER, PlanState.SETTLED)
READ_BY_COMMITTEE = (DossierState.BEFORE_COMMITTEE, DossierState.DECIDED)
READ_BY_TCKT = (DossierState.WITH_COORDINATION, *READ_BY_COMMITTEE)


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person) -> PlanQuerySet:
        """Own plans; submitted ones of people one is the superior of; forwarded ones.

        The table "who sees what" of docs/regulation.md. Who acted on a plan keeps sight
        of it, except while it is a draft; a superior is one only as long as in office.
        """
        today = timezone.localdate()
        offices = person.offices(today)
        filed = ~Q(state=PlanState.DRAFT)
        seen = Q(cadre=person) | (filed & acted_on(person, "plan"))
        others = filed & ~Q(cadre__in=offices.away_ids) if offices.away_ids else filed
        if offices.headed_id:
            seen |= others & of_headed(offices.headed_id, today)
        if offices.department_id:
            seen |= Q(department=offices.department_id, state__in=AFTER_FORWARD)
        if offices.portfolio_ids:
            seen |= filed & left_to_member_in_charge(offices, "cadre")
        if offices.is_secretary:  # decides where nobody heads and nobody is in charge (R17)
            heads = Appointment.objects.on(today).filter(body=Body.DEPARTMENT, office=Office.HEAD)
            seen |= others & (Q(department=None) | ~Q(department__in=heads.values("department")))
        if offices.is_in_office:
            seen |= Q(department=None, state__in=(PlanState.AGREED, *AFTER_FORWARD))
        if offices.is_coordinator:
            seen |= Q(dossier__state__in=READ_BY_TCKT)
        if offices.is_on_committee:
            seen |= Q(dossier__state__in=READ_BY_COMMITTEE)
            seen |= filed & Q(superior=person)
        return self.filter(seen)

    def for_quarter(self, quarter: Quarter) -> PlanQuerySet:
        return self.filter(year=quarter.year, quarter_number=quarter.number)

    def own(self) -> PlanQuerySet:
        """Plans filed here; carriers of imported history are not papers to act on."""
        return self.filter(is_carrier=False)

    def with_counts(self) -> PlanQuerySet:
        live = ~Q(visits__state__in=DEAD_STATES)
        return self.annotate(visit_count=Count("visits", filter=live, distinct=True))


class Plan(Paper):
    """What one cadre intends to visit in one quarter; the visits are its rows.

    A *carrier* holds visits taken over by an import; it has no path of its own.
    """

    PATH: ClassVar[str] = "plan"

    cadre = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="plans")
    # Kept on the plan: a cadre who changes department does not take old plans along.
    # Empty for members of the Standing Committee without a department.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="plans"
    )
    # Who decides on it, from the moment of submission (R17).
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="plans_to_decide"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter_number = models.PositiveSmallIntegerField(_("quarter"))
    state = models.CharField(
        _("state"), max_length=20, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    dossier = models.ForeignKey(
        "fieldvisits.Dossier", models.PROTECT, null=True, blank=True, related_name="plans"
    )
    is_carrier = models.BooleanField(default=False)
    first_submitted_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly plan")
        verbose_name_plural = _("quarterly plans")
        ordering = ["-year", "-quarter_number", "cadre"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "year", "quarter_number", "is_carrier"],
                name="one_plan_per_cadre_and_quarter",
                violation_error_message=_("There is already a plan for this quarter."),
            ),
            models.CheckConstraint(
                condition=Q(quarter_number__range=(1, 4)), name="plan_quarter_is_1_to_4"
            ),
        ]
        indexes = [models.Index(fields=["department", "year", "quarter_number"])]

    def __str__(self) -> str:
        return f"{self.cadre}, {self.quarter}"

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:plan-detail", args=[self.pk])

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter_number)

    @property
    def is_with_cadre(self) -> bool:
        return self.state in (PlanState.DRAFT, PlanState.RETURNED)
