"""A sitting of the Standing Committee: agenda, present members, decisions, directions (R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldvisits.choices import Decision, Session, SittingState
from fieldvisits.models.paper import Paper, acted_on

if TYPE_CHECKING:
    from accounts.models import Person


class SittingQuerySet(models.QuerySet["Sitting"]):
    def awaiting_number(self) -> SittingQuerySet:
        """Closed, and the notice has no number yet."""
        return self.filter(state=SittingState.CLOSED, notice_number="")

    def visible_to(self, person: Person) -> SittingQuerySet:
        """The committee and those who may write its minutes; closed ones: the agency."""
        offices = person.offices(timezone.localdate())
        if offices.is_on_committee or offices.writes_minutes:
            return self
        seen = acted_on(person, "sitting")
        if offices.is_in_agency:
            seen |= Q(state=SittingState.CLOSED)
        return self.filter(seen)


class Sitting(Paper):
    """Decisions stand on the agenda lines until the chair closes; closing carries them out."""

    PATH: ClassVar[str] = "sitting"

    held_on = models.DateField(_("day of the sitting"))
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sittings_chaired",
        verbose_name=_("chair"),
    )
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sittings_written",
        verbose_name=_("secretary of the sitting"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SittingState, default=SittingState.OPEN, editable=False
    )
    # Empty until the notice is numbered, which may be after the sitting was closed.
    notice_number = models.CharField(_("number of the notice"), max_length=60, blank=True)
    # Documents are numbered through a term of office; 1 is the first that was numbered here.
    notice_term = models.PositiveSmallIntegerField(
        _("term of the number"), default=1, editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice_term", "notice_number"],
                condition=~Q(notice_number=""),
                name="one_sitting_per_notice_number",
            ),
            models.UniqueConstraint(
                fields=["held_on"],
                condition=Q(state=SittingState.OPEN),
                name="one_open_sitting_per_day",
                violation_error_message=_("There is already an open sitting on this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:sitting-detail", args=[self.pk])

    @property
    def notice_name(self) -> str:
        """What its notice is called: by the number, or by the day until it has one."""
        if self.notice_number:
            return gettext("Notice %(number)s") % {"number": self.notice_number}
        return gettext("Notice of %(day)s, no number yet") % {"day": f"{self.held_on:%d/%m/%Y}"}


class Presence(models.Model):
    """Whether a member of the committee took part in a sitting."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="presences")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="presences")
    is_present = models.BooleanField(_("present"), default=True)
    reason = models.CharField(_("reason of absence"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "member"], name="one_presence_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.is_present}"


class Direction(models.Model):
    """An instruction given with a decision (chỉ đạo triển khai); empty department: to all."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="directions")
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="directions",
        verbose_name=_("department"),
    )
    text = models.TextField(_("direction"), max_length=2000)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class AgendaLineQuerySet(models.QuerySet["AgendaLine"]):
    def undecided(self) -> AgendaLineQuerySet:
        return self.filter(decision=Decision.OPEN)

    def decided(self) -> AgendaLineQuerySet:
        return self.exclude(decision=Decision.OPEN)


class AgendaLine(models.Model):
    """One visit before one sitting, with what was said of it.

    ``decision`` may change until the sitting is closed; afterwards only a later sitting
    corrects. A deferred visit gets a new line on the next agenda.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="lines")
    visit = models.ForeignKey("fieldvisits.Visit", models.PROTECT, related_name="agenda_lines")
    # Empty: an ad-hoc request, which belongs to no dossier.
    dossier = models.ForeignKey(
        "fieldvisits.Dossier", models.PROTECT, null=True, related_name="agenda_lines"
    )
    number = models.PositiveIntegerField()
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision, default=Decision.OPEN
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    # What an adjustment changes; empty otherwise.
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    session = models.CharField(_("part of the day"), max_length=10, choices=Session, blank=True)
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host unit"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="lines_decided"
    )
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = AgendaLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the agenda")
        verbose_name_plural = _("lines of the agenda")
        ordering = ["sitting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "visit"], name="one_line_per_visit"),
            models.UniqueConstraint(fields=["sitting", "number"], name="one_line_per_number"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="adjusted_visit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN) | Q(decided_by__isnull=False),
                name="decided_line_names_who_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.visit}"

    @property
    def department_id(self) -> int | None:
        """Of the dossier, or of the ad-hoc request; None: the committee's own."""
        if self.dossier is not None:
            return self.dossier.department_id
        asked = self.visit.ad_hoc_request
        return asked.department_id if asked else None
