"""The jobs of reporting, for the administrator's desk: numbers, never figures of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from accounts import administering
from accounts.administering import Fact, Panel
from accounts.outbox import LATE, age
from reports.choices import JobState
from reports.models import ReportJob
from reports.models.job import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.administering import Look

RANK = 50


def panels(look: Look) -> Iterator[Panel]:
    waiting = Q(state__in=UNFINISHED)
    found = ReportJob.objects.order_by().aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("asked_at", filter=waiting),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
        ready=Count("pk", filter=Q(state=JobState.READY)),
    )
    late = bool(found["oldest"]) and look.now - found["oldest"] > LATE
    stuck = _("The oldest was asked for %(age)s ago: look whether the worker runs.")
    yield Panel(
        key="report-jobs",
        title=_("Annual summaries being built"),
        rank=RANK,
        facts=(
            Fact(
                name=_("Waiting or being built"),
                value=found["waiting"],
                tone="bad" if late else "ok",
                advice=stuck % {"age": age(look.now - found["oldest"])} if late else "",
            ),
            Fact(
                name=_("Failed"),
                value=found["failed"],
                tone="warn" if found["failed"] else "ok",
                advice=_("Who asked has been told; asked for again, it is built again.")
                if found["failed"]
                else "",
            ),
            Fact(name=_("Ready"), value=found["ready"]),
        ),
    )


def join_in() -> None:
    administering.register(panels=panels)
