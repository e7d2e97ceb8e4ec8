"""The lockout, for what is guessed after the password: codes of the second factor.

Wrong codes and wrong passwords count together, by person and address; only a sign-in that
was finished forgives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Person


def is_locked(request: HttpRequest, person: Person) -> bool:
    """Whether sign-in is closed; if so the answer becomes the page that says it."""
    allowed: bool = AxesProxyHandler.is_allowed(request, {"email": person.email})
    if not allowed:
        request.axes_locked_out = True  # type: ignore[attr-defined]  # read by the middleware of axes
    return not allowed


def count_wrong(request: HttpRequest, person: Person) -> None:
    user_login_failed.send(sender=__name__, credentials={"email": person.email}, request=request)
