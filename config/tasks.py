"""Clock entrances. A task finds out what time it is, calls one action, and stops."""

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from config.backup import nightly


@shared_task(name="config.back_up")
def back_up(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    nightly.back_up_tonight(now=moment or timezone.now())
