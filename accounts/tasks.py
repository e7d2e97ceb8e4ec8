"""Clock entrances. A task finds out what time it is, calls one action, and stops."""

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.actions import messages


@shared_task(name="accounts.deliver_messages")
def deliver_messages(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    messages.deliver_due(now=moment or timezone.now())
