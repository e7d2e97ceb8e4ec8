"""A visit: one cadre, one unit, consecutive days, whole or half."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import for_units
from fieldvisits.calendar import Quarter, days_from
from fieldvisits.choices import (
    COUNTING_KINDS,
    DEAD_STATES,
    HALVES,
    Confirmation,
    InspectionBody,
    Origin,
    ProductState,
    Session,
    VisitKind,
    VisitState,
)
from fieldvisits.models.paper import Paper, Step
from fieldvisits.models.plan import Plan
from fieldvisits.models.request import AdHocRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from accounts.models import Person

# Approved visits: who, where, when and kind are known to the whole agency.
PUBLIC_STATES = (VisitState.APPROVED, VisitState.REPORTED, VisitState.ACCEPTED)


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, person: Person) -> VisitQuerySet:
        """Own visits, those of visible plans and requests, approved ones for the whole agency.

        Who acted on a visit keeps sight of it after leaving office.
        What of an approved visit one may read is ``permissions.reads_result``.
        """
        offices = person.offices(timezone.localdate())
        plans = Plan.objects.visible_to(person).exclude(cadre=person)
        acted_on = Step.objects.filter(by=person, visit__isnull=False)
        seen = Q(cadre=person) | Q(plan__in=plans.values("pk"))
        seen |= Q(pk__in=acted_on.values("visit"))
        asked = AdHocRequest.objects.visible_to(person).exclude(visit__cadre=person)
        seen |= Q(pk__in=asked.values("visit"))
        if offices.is_in_agency:
            seen |= Q(state__in=PUBLIC_STATES)
        if offices.unit_ids:
            seen |= Q(for_units(offices.unit_ids), state__in=PUBLIC_STATES)
        return self.filter(seen)

    def at_units(self, unit_ids: Collection[int]) -> VisitQuerySet:
        """To one of these units, or to one below for which it is responsible."""
        return self.filter(for_units(unit_ids))

    def live(self) -> VisitQuerySet:
        return self.exclude(state__in=DEAD_STATES)

    def touching(self, first: date, last: date) -> VisitQuerySet:
        """Visits with at least one day from ``first`` to ``last``."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def in_order(self) -> VisitQuerySet:
        return self.order_by("starts_on", "ends_on", "session", "code")

    def awaiting_report(self, today: date) -> VisitQuerySet:
        return self.filter(state=VisitState.APPROVED, ends_on__lte=today)


class Visit(Paper):
    """Dates, session and unit are those in force: as approved until reported, then as done.

    The ones first approved stay in the frozen version.
    """

    PATH: ClassVar[str] = "visit"

    code = models.CharField(_("code"), max_length=40, unique=True)
    cadre = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="visits")
    # Who decides on the report; asked anew on each report (R17).
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="visits_to_decide"
    )
    # The head, for a cadre who has left; they do not decide on it then (R17).
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="visits_reported_for_others",
    )
    unit = models.ForeignKey(
        "accounts.Unit", models.PROTECT, related_name="visits", verbose_name=_("host unit")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    session = models.CharField(
        _("part of the day"), max_length=10, choices=Session, default=Session.FULL
    )
    # Another unit in the same half-day ("cùng buổi"): counts for the unit, not again (R18).
    shared = models.BooleanField(_("another unit in the same half-day"), default=False)
    kind = models.CharField(_("kind of content"), max_length=20, choices=VisitKind)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.PLAN)
    state = models.CharField(
        _("state"), max_length=12, choices=VisitState, default=VisitState.PROPOSED, editable=False
    )
    product = models.CharField(
        _("product"), max_length=10, choices=ProductState, default=ProductState.NONE, editable=False
    )
    confirmation = models.CharField(
        _("confirmation"),
        max_length=10,
        choices=Confirmation,
        default=Confirmation.NONE,
        editable=False,
    )
    content = models.TextField(_("concrete content"), max_length=2000)
    expected_result = models.TextField(_("expected result"), max_length=2000, blank=True)
    role = models.TextField(_("your role in the activity"), max_length=500, blank=True)
    inspection_body = models.CharField(
        _("programme of"), max_length=24, choices=InspectionBody, blank=True
    )
    inspection_programme = models.CharField(
        _("number and date of the programme"), max_length=120, blank=True
    )
    # Of a joint activity only: which one of the year's programme it belongs to (R23).
    activity = models.ForeignKey(
        "fieldvisits.ProgrammeActivity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("activity of the programme"),
    )
    team = models.CharField(_("team"), max_length=40, blank=True)
    result = models.TextField(_("result"), max_length=8000, blank=True)
    # Since when it has stood in a submitted plan with its dates (R7: before its first day).
    registered_on = models.DateField(null=True, editable=False)
    # Counts rewrites of a planned row, so that a form opened earlier is noticed.
    revision = models.PositiveIntegerField(default=0, editable=False)
    approved_afterwards = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="visit_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "ends_on"]),
            models.Index(fields=["unit", "starts_on"]),
            models.Index(fields=["cadre", "starts_on"]),
            models.Index(fields=["starts_on", "id"]),  # the list of visits, the latest first
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:visit-detail", args=[self.pk])

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.starts_on)

    @property
    def ad_hoc_request(self) -> AdHocRequest | None:
        """The request behind a visit outside the plans; None for all others (R8)."""
        return getattr(self, "request", None) if self.plan_id is None else None

    @property
    def counts(self) -> bool:
        return self.kind in COUNTING_KINDS

    @property
    def half_days(self) -> int:
        """Half-days claimed, whether they count or not."""
        return len(HALVES[Session(self.session)]) * ((self.ends_on - self.starts_on).days + 1)

    @property
    def counted_half_days(self) -> int:
        """Half-days that could count: none of an attendance or of a shared half-day."""
        return self.half_days if self.counts and not self.shared else 0

    def slots(self) -> Iterator[tuple[date, str]]:
        """Every (date, half) claimed, in order."""
        for day in days_from(self.starts_on, self.ends_on):
            for half in HALVES[Session(self.session)]:
                yield day, half.value


class NumberSeries(models.Model):
    """The last number given out in a series; advanced in the transaction that uses it."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
