"""The issue register: what reports propose, with an owner, a day and an answer (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from fieldvisits.models.paper import Paper
from reports.choices import IssueState
from reports.models.history import acted_on
from reports.models.report import LONGEST

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person

TITLE = 90  # letters
LONGEST_ANSWER = 2000


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, person: Person) -> IssueQuerySet:
        """Who raised it, the owner, the head, the Standing Committee; and who acted on it."""
        offices = person.offices(timezone.localdate())
        if offices.is_on_committee:
            return self.all()
        seen = Q(raised_by=person) | Q(owner=person) | acted_on(person, Issue.PATH)
        if offices.headed_id:
            seen |= Q(department=offices.headed_id)
        return self.filter(seen)

    def overdue(self, today: date) -> IssueQuerySet:
        return self.filter(state=IssueState.OPEN, due_on__lt=today)

    def to_answer(self, person: Person) -> IssueQuerySet:
        return self.filter(owner=person, state=IssueState.OPEN)


class Issue(Paper):
    """One proposal of a weekly or quarterly report that somebody has to answer.

    Until a day is named it waits with the superior who read the report.
    """

    PATH: ClassVar[str] = "issue"

    weekly_report = models.ForeignKey(
        "reports.WeeklyReport", models.PROTECT, null=True, blank=True, related_name="issues"
    )
    quarterly_report = models.ForeignKey(
        "reports.QuarterlyReport", models.PROTECT, null=True, blank=True, related_name="issues"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=IssueState, default=IssueState.OPEN, editable=False
    )
    text = models.TextField(_("issue"), max_length=LONGEST)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="issues_raised"
    )
    raised_at = models.DateTimeField(_("raised"), editable=False)
    # The department the report was sent from; its head follows the issue.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="issues"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="issues_owned")
    due_on = models.DateField(_("due day"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekly_report__isnull=True, quarterly_report__isnull=False)
                | Q(weekly_report__isnull=False, quarterly_report__isnull=True),
                name="issue_comes_from_one_report",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"]),
            models.Index(fields=["raised_by", "state"]),
            models.Index(fields=["department", "raised_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:issue-detail", args=[self.pk])

    @property
    def report(self) -> Any:
        """The report it comes from."""
        return self.weekly_report or self.quarterly_report

    @property
    def title(self) -> str:
        lines = self.text.strip().splitlines()
        return Truncator(lines[0] if lines else "").chars(TITLE)

    def is_overdue(self, today: date) -> bool:
        return self.state == IssueState.OPEN and self.due_on is not None and self.due_on < today
