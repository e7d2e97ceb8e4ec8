"""Work that waits as a row: one worker takes it, and another takes over from one that died."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

CLAIM_LASTS = timedelta(minutes=10)  # a worker that died leaves its job to the next run


class LostClaim(Exception):
    """Another worker took the job over: this one was thought dead."""


def _begun(model: Any) -> dict[str, str]:
    return model.BEGUN


class ClaimedQuerySet(models.QuerySet[Any]):
    def claimable(self, now: datetime) -> Self:
        """Waiting, or worked on under a claim that nobody has renewed for too long."""
        begun = _begun(self.model)
        forgotten = Q(state__in=begun.values(), claimed_at__lt=now - CLAIM_LASTS)
        return self.filter(Q(state__in=begun) | forgotten)

    def claim(self, job: Any, now: datetime) -> Any:
        """Take the job, or return None if another worker was faster."""
        claim = uuid4().hex
        # The condition stands here again: it is what makes the second worker come too late.
        taken = (
            self.claimable(now)
            .filter(pk=job.pk, state=job.state)
            .update(
                state=_begun(self.model).get(job.state, job.state),
                claim=claim,
                claimed_at=now,
                attempts=F("attempts") + 1,
            )
        )
        return self.get(pk=job.pk, claim=claim) if taken else None


class Claimed(models.Model):
    """What a job carries while it is worked on. ``state`` is the model's own."""

    # Each state in which a job waits for a worker, and the one it is in while it is worked on.
    BEGUN: ClassVar[dict[str, str]]

    state: models.CharField[Any, Any]
    done = models.PositiveSmallIntegerField(default=0, editable=False)
    total = models.PositiveSmallIntegerField(default=0, editable=False)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(max_length=500, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def renew(self, **values: object) -> None:
        """Write progress and extend the claim, if it is still ours."""
        rows: models.QuerySet[Any] = type(self)._default_manager.filter(pk=self.pk)  # noqa: SLF001 -- the documented model API
        mine = Q(claim=self.claim, state__in=self.BEGUN.values())
        working = rows.filter(mine)
        if not working.update(claimed_at=timezone.now(), **values):
            raise LostClaim
