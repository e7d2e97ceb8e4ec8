"""A report that somebody asked for: queued, built by a worker, kept with what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models.claimed import Claimed, ClaimedQuerySet
from reports.choices import JobState

if TYPE_CHECKING:
    from accounts.models import Person

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class ReportJobQuerySet(ClaimedQuerySet):
    def visible_to(self, person: Person) -> ReportJobQuerySet:
        """Everything for the committee and TCKT; one's own department for its head."""
        offices = person.offices(timezone.localdate())
        if offices.sees_all_departments:
            return self.all()
        if offices.headed_id:
            return self.filter(department=offices.headed_id)
        return self.none()

    def to_show(self) -> ReportJobQuerySet:
        """With what a line of the list names: three queries whatever their number."""
        return self.select_related("asked_by", "department").prefetch_related(
            "department__versions"
        )

    def unfinished(self) -> ReportJobQuerySet:
        return self.filter(state__in=UNFINISHED)


class ReportJob(Claimed):
    """The annual summary of one year as of one day, of the agency or of one department.

    ``state`` and ``progress`` are written by ``reports.actions.annual`` and nowhere else.
    The snapshot is frozen when building begins; the document follows from it alone.
    """

    BEGUN = {JobState.QUEUED.value: JobState.RUNNING.value}

    year = models.PositiveSmallIntegerField(gettext_lazy("year"))
    as_of = models.DateField(gettext_lazy("figures as of"))
    # None: the whole agency.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="report_jobs"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_jobs"
    )
    # The form it was asked for with: sending that form again asks for nothing new.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    asked_at = models.DateTimeField(pgettext_lazy("report", "asked for"))
    state = models.CharField(
        max_length=8, choices=JobState, default=JobState.QUEUED, editable=False
    )
    snapshot = models.JSONField(null=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    file = models.FileField(blank=True, editable=False)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("annual summary")
        verbose_name_plural = gettext_lazy("annual summaries")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            # Two of them, because NULLs never equal each other.
            models.UniqueConstraint(
                fields=["year", "as_of", "department"],
                condition=Q(state__in=UNFINISHED),
                name="one_unfinished_report_per_department",
            ),
            models.UniqueConstraint(
                fields=["year", "as_of"],
                condition=Q(state__in=UNFINISHED, department=None),
                name="one_unfinished_report_of_the_agency",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.READY) | (~Q(file="") & ~Q(content_hash="")),
                name="ready_report_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="report_progress_is_a_share"
            ),
        ]
        indexes = [models.Index(fields=["state", "claimed_at"])]

    def __str__(self) -> str:
        return _("Annual summary %(year)d") % {"year": self.year}

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def is_ready(self) -> bool:
        return self.state == JobState.READY

    @property
    def scope(self) -> str:
        """Whose figures: the department as it was called on that day, or the agency."""
        return self.department.name_on(self.as_of) if self.department else _("The whole agency")

    @property
    def file_name(self) -> str:
        """What the downloaded file is called; the stored one has a name that says nothing."""
        scope = self.department.code if self.department else "co-quan"
        return get_valid_filename(f"bao-cao-{self.year}-{scope}-den-{self.as_of:%d-%m-%Y}.pdf")
