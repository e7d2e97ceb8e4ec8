"""Clock entrances. A task finds out what time it is, calls one action, and stops."""

from celery import shared_task
from django.utils import timezone

from reports.actions import annual


@shared_task(name="reports.build_queued_reports")
def build_queued_reports(now: str | None = None) -> None:  # noqa: ARG001 -- every task takes it
    """Claims are measured on the real clock: whoever holds one is alive now or is not."""
    annual.build_queued(now=timezone.now())
