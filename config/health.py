"""Whether work gets done: one reading, for the address a monitor asks and for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from accounts import outbox
from accounts.actions import messages

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Health:
    database: bool
    redis: bool | None = None  # None: the broker is in this process' memory
    waited: timedelta = timedelta()

    @property
    def status(self) -> Literal["ok", "degraded", "down"]:
        """Degraded: a due message has waited too long, or Redis is gone, so that it will.

        A worker can be connected and idle, so the message's age is what counts. Pages work all
        the same, so neither is a reason to restart the web.
        """
        if not self.database:
            return "down"
        late = self.waited > outbox.LATE
        return "degraded" if late or self.redis is False else "ok"


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers() -> bool | None:
    """None where the broker is in this process' memory."""
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        return None
    asked = Redis.from_url(settings.CELERY_BROKER_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        with asked:
            return bool(asked.ping())
    except RedisError:
        return False


def read(now: datetime) -> Health:
    return read_queue(now) if database_answers() else Health(database=False)


def read_queue(now: datetime) -> Health:
    """The same for who has read the database already."""
    due = messages.oldest_due(now=now)
    waited = now - due if due else timedelta()
    return Health(database=True, redis=redis_answers(), waited=waited)


def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 "ok" or "degraded", or 503 "down" when the database does not answer."""
    found = read(timezone.now())
    if not found.database:
        return JsonResponse({"status": "down", "database": False}, status=503)
    said = {
        "status": found.status,
        "database": True,
        "oldest_due_message_seconds": int(found.waited.total_seconds()),
    }
    return JsonResponse(said if found.redis is None else said | {"redis": found.redis})
