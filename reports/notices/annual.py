"""Who is told what about reports, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify

if TYPE_CHECKING:
    from reports.models import ReportJob


def annual_report_ready(job: ReportJob) -> None:
    notify(
        job.asked_by,
        kind="report_ready",
        subject=_("The annual summary %(year)s as of %(day)s is ready"),
        values=_values(job),
        body=_("You can download it from the page of annual summaries."),
        url=reverse("reports:annual-list"),
        key=f"report-ready:{job.pk}",
    )


def annual_report_failed(job: ReportJob) -> None:
    notify(
        job.asked_by,
        kind="report_failed",
        subject=_("The annual summary %(year)s as of %(day)s could not be built"),
        values=_values(job),
        body=_("Please ask for it again; if it happens again, tell the administrator."),
        url=reverse("reports:annual-list"),
        key=f"report-failed:{job.pk}",
    )


def _values(job: ReportJob) -> dict[str, object]:
    return {"year": job.year, "day": f"{job.as_of:%d/%m/%Y}"}
