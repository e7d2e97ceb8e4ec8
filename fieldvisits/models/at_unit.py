"""What goes between the agency and a host unit: notice, confirmation, a remark (R9, R14, R26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import UnitVersion
from accounts.models.department import of_headed
from fieldvisits.choices import DEAD_STATES, Confirmation, NoticeState, Session
from fieldvisits.models.paper import Paper, acted_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Person


class UnitNoticeQuerySet(models.QuerySet["UnitNotice"]):
    def visible_to(self, person: Person) -> UnitNoticeQuerySet:
        """The unit addressed, the cadre, the head who coordinates, whoever acted on it."""
        offices = person.offices(timezone.localdate())
        seen = Q(visit__cadre=person) | acted_on(person, "unit_notice")
        if offices.headed_id:
            seen |= of_headed(offices.headed_id, offices.on)
        if offices.is_on_committee:
            seen |= Q(pk__isnull=False)
        if offices.unit_ids:
            seen |= Q(unit__in=offices.unit_ids)
        return self.filter(seen)

    def waiting_at(self, unit_ids: Iterable[int], today: date) -> UnitNoticeQuerySet:
        """Not answered yet, and the visit is still to come."""
        return self.filter(
            state=NoticeState.SENT, unit__in=unit_ids, visit__ends_on__gte=today
        ).exclude(visit__state__in=DEAD_STATES)

    def with_team(self, notice: UnitNotice) -> UnitNoticeQuerySet:
        """The others of the team at the same unit on the same days; nothing without a team."""
        visit = notice.visit
        if not visit.team:
            return self.none()
        return self.filter(
            unit=notice.unit_id,
            visit__team=visit.team,
            visit__starts_on=visit.starts_on,
            visit__ends_on=visit.ends_on,
        ).exclude(pk=notice.pk)

    def one_per_team(self) -> UnitNoticeQuerySet:
        """Of each team's notices that stand alike, the first among these rows."""
        earlier = self.order_by().filter(
            unit=OuterRef("unit"),
            state=OuterRef("state"),
            visit__team=OuterRef("visit__team"),
            visit__starts_on=OuterRef("visit__starts_on"),
            visit__ends_on=OuterRef("visit__ends_on"),
            pk__lt=OuterRef("pk"),
        )
        return self.exclude(~Q(visit__team="") & Exists(earlier))


class UnitNotice(Paper):
    """An approved visit made known to the unit that receives it, and what the unit says.

    Each visit of a team has its own; the unit is written to once, and its answer, like the
    word of the head, is carried over to the others.
    """

    PATH: ClassVar[str] = "unit_notice"
    # Set while an answer is carried over: who was told with that one is not told again.
    carried_from: UnitNotice | None = None

    visit = models.ForeignKey("fieldvisits.Visit", models.PROTECT, related_name="unit_notices")
    # Whom it goes to: the visited unit, or its superior directly under the city (domain, par. 1).
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="notices")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="unit_notices"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=NoticeState, default=NoticeState.SENT, editable=False
    )
    proposed_on = models.DateField(_("day proposed"), null=True, blank=True)
    remark = models.TextField(_("remark of the unit"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UnitNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to the unit")
        verbose_name_plural = _("notices to the unit")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=~Q(state=NoticeState.SETTLED),
                name="one_open_notice_per_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit} → {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:notice-detail", args=[self.pk])


class ConfirmationRequestQuerySet(models.QuerySet["ConfirmationRequest"]):
    def visible_to(self, person: Person) -> ConfirmationRequestQuerySet:
        """UBKT (not on their own visits), the unit asked, the cadre, the head."""
        offices = person.offices(timezone.localdate())
        seen = Q(visit__cadre=person) | acted_on(person, "confirmation")
        if offices.is_inspector:
            seen |= ~Q(visit__cadre=person)
        if offices.headed_id:
            seen |= of_headed(offices.headed_id, offices.on)
        if offices.unit_ids:
            seen |= Q(unit__in=offices.unit_ids)
        return self.filter(seen)

    def at_ended_units(self, today: date) -> ConfirmationRequestQuerySet:
        """Waiting at a unit that is no more: passed on, or left to UBKT if nobody took over."""
        there = UnitVersion.objects.on(today).filter(unit=OuterRef("unit"))
        return self.filter(~Exists(there), state=Confirmation.ASKED)


class ConfirmationRequest(Paper):
    """UBKT asks the unit whether a visit took place; ``Visit.confirmation`` repeats the state
    of the latest one, since every total asks for it. A missing answer never zeroes days.
    """

    PATH: ClassVar[str] = "confirmation"

    visit = models.ForeignKey("fieldvisits.Visit", models.PROTECT, related_name="confirmations")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="confirmations")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="confirmations"
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=Confirmation,
        default=Confirmation.NONE,
        editable=False,
    )
    question = models.TextField(_("what is asked"), max_length=2000, blank=True)
    due_on = models.DateField(_("answer wanted by"))
    remark = models.TextField(_("remark of the unit"), max_length=2000, blank=True)
    # A correction proposes a change, it never makes one.
    proposed_from = models.DateField(_("from"), null=True, blank=True)
    proposed_to = models.DateField(_("to"), null=True, blank=True)
    proposed_session = models.CharField(
        _("part of the day"), max_length=10, choices=Session, blank=True
    )
    disputed_on = models.DateField(null=True, editable=False)
    cadre_answer = models.TextField(_("answer of the cadre"), max_length=2000, blank=True)
    cadre_answered_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for confirmation")
        verbose_name_plural = _("requests for confirmation")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(state__in=(Confirmation.ASKED, Confirmation.DISPUTED)),
                name="one_open_confirmation_per_visit",
                violation_error_message=_("The unit has been asked about this visit already."),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.visit} ? {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:confirmation-detail", args=[self.pk])


class UnitRemarkQuerySet(models.QuerySet["UnitRemark"]):
    def visible_to(self, person: Person) -> UnitRemarkQuerySet:
        """The unit, the head, UBKT (not on its members' own visits), the committee; the cadre
        once the head has passed it on.
        """
        offices = person.offices(timezone.localdate())
        seen = Q(by=person) | Q(visit__cadre=person, passed_on_at__isnull=False)
        others = ~Q(visit__cadre=person)
        if offices.headed_id:
            seen |= of_headed(offices.headed_id, offices.on) & others
        if offices.is_on_committee or offices.is_inspector:
            seen |= others
        if offices.unit_ids:
            seen |= Q(unit__in=offices.unit_ids)
        return self.filter(seen)


class UnitRemark(models.Model):
    """What a unit reports of a visit unasked: head, UBKT and committee read it; the cadre once
    the head has passed it on (R26).
    """

    visit = models.ForeignKey("fieldvisits.Visit", models.PROTECT, related_name="remarks")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="unit_remarks")
    # The cadre's on the visit's last day: its head reads the remark and passes it on.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="unit_remarks"
    )
    text = models.TextField(_("what the unit reports"), max_length=4000)
    made_at = models.DateTimeField(default=timezone.now)
    passed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="remarks_passed_on"
    )
    passed_on_at = models.DateTimeField(null=True)

    objects = UnitRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark of a unit")
        verbose_name_plural = _("remarks of units")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.visit}"


class UnitOverview(models.Model):
    """What visitors know of a unit (R13): entries are added, never changed."""

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="overviews")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="unit_overviews")
    organisation = models.TextField(_("organisation"), max_length=3000, blank=True)
    activity = models.TextField(_("activity"), max_length=3000, blank=True)
    advantages = models.TextField(_("advantages"), max_length=3000, blank=True)
    difficulties = models.TextField(_("difficulties"), max_length=3000, blank=True)
    questions = models.TextField(_("new and hard questions"), max_length=3000, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    PARTS: ClassVar[tuple[str, ...]] = (
        "organisation",
        "activity",
        "advantages",
        "difficulties",
        "questions",
    )

    class Meta:
        verbose_name = _("overview of a unit")
        verbose_name_plural = _("overviews of units")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-written_at"])]

    def __str__(self) -> str:
        return f"{self.unit}: {timezone.localdate(self.written_at):%d/%m/%Y}"
