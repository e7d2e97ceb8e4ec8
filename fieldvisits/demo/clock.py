"""Act at another time: the demonstration's papers were signed on their own days."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from unittest import mock

from django.utils import timezone

from fieldvisits.calendar import HANOI

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def standing_at(day: date, hour: int = 9) -> Iterator[datetime]:
    """Let everything inside happen on ``day``; for commands that run by themselves only."""
    moment = datetime.combine(day, time(hour), HANOI)
    with mock.patch.object(timezone, "now", return_value=moment):
        yield moment
