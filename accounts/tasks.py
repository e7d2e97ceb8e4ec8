"""Clock entrances. A task finds out what time it is, calls one action, and stops."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.actions import messages
from accounts.imports import asking, working


@shared_task(name="accounts.deliver_messages")
def deliver_messages(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    messages.deliver_due(now=moment or timezone.now())


@shared_task(name="accounts.take_up_imports")
def take_up_imports(now: str | None = None) -> None:  # noqa: ARG001 -- every task takes it
    """Claims are measured on the real clock: whoever holds one is alive now or is not."""
    working.take_up(now=timezone.now())


@shared_task(name="accounts.forget_old_imports")
def forget_old_imports(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    asking.forget_old(now=moment or timezone.now(), kept=settings.IMPORT_KEPT)
