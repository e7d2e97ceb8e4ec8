"""How it stands with the imports: under way, failed, the last ones, what can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Min, Q

from accounts.choices import ImportState
from accounts.models import ImportJob
from accounts.models.import_job import UNFINISHED

if TYPE_CHECKING:
    from accounts.models import Person

LATE = timedelta(minutes=15)  # longer under way: no worker has taken it up, or it died again
LATEST = 3
FAILED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """At a moment, for who may see imports; two queries."""

    now: datetime
    unfinished: int
    waiting_since: datetime | None
    failed: int
    latest: list[ImportJob]
    last_done: ImportJob | None  # the only one that can be taken back

    @classmethod
    def read(cls, person: Person, now: datetime) -> Standing:
        jobs = ImportJob.objects.visible_to(person)
        unfinished = Q(state__in=UNFINISHED)
        failed = Q(state=ImportState.FAILED, finished_at__gt=now - FAILED_WITHIN)
        found = jobs.order_by().aggregate(
            unfinished=Count("pk", filter=unfinished),
            # What was confirmed waits since then, whenever it was uploaded.
            asked=Min("asked_at", filter=unfinished & Q(confirmed_at=None)),
            confirmed=Min("confirmed_at", filter=unfinished),
            failed=Count("pk", filter=failed),
        )
        moments = [one for one in (found["asked"], found["confirmed"]) if one is not None]
        done = jobs.filter(state=ImportState.DONE).order_by("-finished_at").values("pk")[:1]
        wanted = Q(pk__in=jobs.values("pk")[:LATEST]) | Q(pk__in=done)
        shown = list(jobs.filter(wanted).to_show())
        return cls(
            now,
            found["unfinished"],
            min(moments, default=None),
            found["failed"],
            shown[:LATEST],
            max(
                (job for job in shown if job.state == ImportState.DONE),
                key=lambda job: job.finished_at,
                default=None,
            ),
        )

    @property
    def is_late(self) -> bool:
        return self.waiting_since is not None and self.now - self.waiting_since > LATE

    @property
    def kept_until(self) -> datetime | None:
        """When the record of the last one that was taken in is cleared away."""
        return self.last_done.asked_at + settings.IMPORT_KEPT if self.last_done else None
