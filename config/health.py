"""Whether work gets done: one reading, for the address a monitor asks and for the desk."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from accounts import outbox

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)
MARK, MARK_LASTS = "health", 60


@dataclass(frozen=True, slots=True)
class Health:
    database: bool
    cache: bool = False
    waited: timedelta = timedelta()

    @property
    def is_late(self) -> bool:
        return self.waited > outbox.LATE

    @property
    def status(self) -> Literal["ok", "degraded", "down"]:
        """Degraded: a due message has waited too long, or the cache is gone.

        A worker can be connected and idle, so the message's age is what counts. Pages work all
        the same, so neither is a reason to restart the web.
        """
        if not self.database:
            return "down"
        return "degraded" if self.is_late or not self.cache else "ok"


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def cache_answers() -> bool:
    """Whether what is put into the cache comes out again; Redis, in production.

    The cache itself forgives a Redis that is gone, so it is asked for what was just put in.
    """
    mark = uuid4().hex
    try:
        cache.set(MARK, mark, MARK_LASTS)
        return bool(cache.get(MARK) == mark)
    except Exception:  # whatever a cache raises, it does not answer
        log.exception("the cache does not answer")
        return False


def read(now: datetime) -> Health:
    if not database_answers():
        return Health(database=False)
    due = outbox.oldest_due(now=now)
    waited = now - due if due else timedelta()
    return Health(database=True, cache=cache_answers(), waited=waited)


def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 "ok" or "degraded", or 503 "down" when the database does not answer."""
    found = read(timezone.now())
    if not found.database:
        return JsonResponse({"status": "down", "database": False}, status=503)
    return JsonResponse(
        {
            "status": found.status,
            "database": True,
            "cache": found.cache,
            "oldest_due_message_seconds": int(found.waited.total_seconds()),
        }
    )
