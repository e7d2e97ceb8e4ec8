"""An ad-hoc visit is asked for: the head's report and the committee's agreement (R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.department import of_headed
from fieldvisits.choices import RequestState
from fieldvisits.models.paper import Paper, acted_on, left_to_member_in_charge

if TYPE_CHECKING:
    from accounts.models import Person


class AdHocRequestQuerySet(models.QuerySet["AdHocRequest"]):
    def visible_to(self, person: Person) -> AdHocRequestQuerySet:
        """Own requests; filed ones of people one decides on; once endorsed, the committee, and
        who writes its minutes as soon as a sitting has to do with one.

        As submitted plans: the superior, the head of the department, and whoever acted on it.
        """
        offices = person.offices(timezone.localdate())
        filed = ~Q(state=RequestState.DRAFT) & Q(first_requested_at__isnull=False)
        endorsed = ~Q(state__in=(RequestState.DRAFT, RequestState.REQUESTED)) & ~Q(endorsement="")
        seen = Q(visit__cadre=person) | (filed & acted_on(person, "request"))
        seen |= filed & Q(superior=person)
        if offices.headed_id:
            others = ~Q(visit__cadre__in=offices.away_ids) if offices.away_ids else Q()
            seen |= filed & others & of_headed(offices.headed_id, offices.on)
        if offices.portfolio_ids:
            seen |= filed & left_to_member_in_charge(offices, "visit__cadre")
        if offices.is_on_committee:
            seen |= endorsed
        elif offices.writes_minutes:  # what stands on an agenda, or was reported to a sitting
            before = self.model.objects.filter(visit__agenda_lines__isnull=False)
            seen |= endorsed & (Q(pk__in=before.values("pk")) | Q(decided_alone_by__isnull=False))
        return self.filter(seen)

    def waiting(self) -> AdHocRequestQuerySet:
        """Requests that somebody has to endorse or decide."""
        return self.filter(state__in=(RequestState.REQUESTED, RequestState.ENDORSED))

    def to_be_reported(self) -> AdHocRequestQuerySet:
        """Decided by one member between sittings, and told to no sitting yet."""
        return self.filter(decided_alone_by__isnull=False, reported_in=None)

    def for_lists(self) -> AdHocRequestQuerySet:
        """With what a line of a list says of each: person, unit, department."""
        rows = self.select_related("visit__cadre", "visit__unit", "superior", "decided_alone_by")
        return rows.prefetch_related("visit__unit__versions")


class AdHocRequest(Paper):
    """One visit outside the plan. The visit itself is proposed from the draft on: it takes
    its half-days at once, and belongs to no plan.
    """

    PATH: ClassVar[str] = "request"

    visit = models.OneToOneField("fieldvisits.Visit", models.PROTECT, related_name="request")
    # Kept on the request: a cadre who changes department does not take it along.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="requests"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=RequestState, default=RequestState.DRAFT, editable=False
    )
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests_to_endorse"
    )
    reason = models.TextField(_("why it could not be planned"), max_length=2000)
    # An approved visit that this one takes the place of: another unit, another quarter.
    replaces = models.ForeignKey(
        "fieldvisits.Visit", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    is_urgent = models.BooleanField(
        _("urgent, written up afterwards"), default=False, editable=False
    )
    # Written up after the limit of the regulation: only a sitting decides, knowing why.
    is_late = models.BooleanField(_("written up too late"), default=False, editable=False)
    late_reason = models.TextField(_("why it was written up so late"), max_length=2000, blank=True)
    first_requested_at = models.DateTimeField(null=True, editable=False)
    endorsement = models.TextField(_("report of the head"), max_length=2000, blank=True)
    # Who decided between sittings, and the sitting it was reported to.
    decided_alone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests_decided_alone"
    )
    reported_in = models.ForeignKey(
        "fieldvisits.Sitting", models.PROTECT, null=True, related_name="requests_reported"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AdHocRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("ad-hoc request")
        verbose_name_plural = _("ad-hoc requests")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "department"])]

    def __str__(self) -> str:
        return f"{self.visit}"

    @property
    def cadre_id(self) -> int:
        """Whose paper it is."""
        return self.visit.cadre_id

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:request-detail", args=[self.pk])
