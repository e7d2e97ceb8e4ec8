"""States of what looks back."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WeeklyState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")


class QuarterlyState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


class AnnualState(models.TextChoices):
    """Of the annual report of a department (R11)."""

    COMPILING = "compiling", _("Being compiled")
    WITH_COORDINATION = "with_coordination", _("With Organisation and Inspection")
    BEFORE_COMMITTEE = "before_committee", _("Before the Standing Committee")
    RECEIVED = "received", _("Received")


class IssueState(models.TextChoices):
    """Of an entry in the issue register (R12)."""

    OPEN = "open", pgettext_lazy("issue", "Open")
    ANSWERED = "answered", pgettext_lazy("issue", "Answered")
    CLOSED = "closed", pgettext_lazy("issue", "Closed")


class JobState(models.TextChoices):
    """Of a report that is built in the background."""

    QUEUED = "queued", _("Waiting to be built")
    RUNNING = "running", _("Being built")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not built")


class Standing(models.TextChoices):
    """Where a cadre stands against the target and the pace; ``docs/figures.md``."""

    MET = "met", _("target met")
    ON_PACE = "on_pace", _("on pace")
    BEHIND = "behind", _("behind the pace")


class WeekState(models.TextChoices):
    """What became of a week that owes a report and has fallen due (R12)."""

    ON_TIME = "on_time", _("on time")
    LATE = "late", _("late")
    MISSING = "missing", _("missing")
