from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.desk import Asker
from accounts.models import Person


class SignedInRequest(HttpRequest):
    """What every view gets: the middleware lets nobody else through."""

    user: Person  # never anonymous behind LoginRequiredMiddleware
    htmx: HtmxDetails
    asker: Asker  # set by the desk, read by the menu


__all__ = ["SignedInRequest"]
