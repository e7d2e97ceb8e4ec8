"""One address that tells a monitor whether work is getting done."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from accounts.actions import messages

LATE = timedelta(minutes=15)  # a due message that waits longer means that something is wrong


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


def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 "ok" or "degraded", or 503 "down" when the database does not answer.

    Degraded: a due message has waited too long, or Redis is gone, so that it will. A worker
    can be connected and idle, so the message's age is what counts; pages work all the same,
    so it is no reason to restart the web.
    """
    if not database_answers():
        return JsonResponse({"status": "down", "database": False}, status=503)
    now = timezone.now()
    due = messages.oldest_due(now=now)
    waited = now - due if due else timedelta()
    redis = redis_answers()
    said = {
        "status": "degraded" if waited > LATE or redis is False else "ok",
        "database": True,
        "oldest_due_message_seconds": int(waited.total_seconds()),
    }
    return JsonResponse(said if redis is None else said | {"redis": redis})
