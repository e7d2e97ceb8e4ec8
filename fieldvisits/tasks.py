"""Clock entrances. A task finds out what time it is, calls one action, and stops."""

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fieldvisits import reminding
from fieldvisits.actions import confirmations


@shared_task(name="fieldvisits.remind")
def remind(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    reminding.remind(now=moment or timezone.now())


@shared_task(name="fieldvisits.expire_confirmations")
def expire_confirmations(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    today = timezone.localdate(moment)
    confirmations.pass_on_ended(today=today)
    confirmations.expire_due(today=today)
