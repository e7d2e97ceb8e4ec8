"""Clock entrances. A task finds out what day it is, calls one action, and stops."""

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fieldvisits.actions import confirmations, reminders


@shared_task(name="fieldvisits.remind_plans_due")
def remind_plans_due(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    reminders.remind_plans_due(today=timezone.localdate(moment))


@shared_task(name="fieldvisits.expire_confirmations")
def expire_confirmations(now: str | None = None) -> None:
    moment = parse_datetime(now) if now else None
    confirmations.expire_due(today=timezone.localdate(moment))
