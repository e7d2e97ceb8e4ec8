"""One address that tells a monitor whether work is getting done."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from accounts.actions import messages

LATE = timedelta(minutes=15)  # a due message that waits longer means that something is wrong


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 "ok" or "degraded", or 503 "down" when the database does not answer.

    Degraded: a due message has waited too long. A worker can be connected and idle, so
    its age is what counts; pages work all the same, so it is no reason to restart the web.
    """
    if not database_answers():
        return JsonResponse({"status": "down", "database": False}, status=503)
    now = timezone.now()
    due = messages.oldest_due(now=now)
    waited = now - due if due else timedelta()
    return JsonResponse(
        {
            "status": "degraded" if waited > LATE else "ok",
            "database": True,
            "oldest_due_message_seconds": int(waited.total_seconds()),
        }
    )
