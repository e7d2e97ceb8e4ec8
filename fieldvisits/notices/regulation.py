"""A new version of the regulation is made known: to the agency, and to 100% of the units (R16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.links import address
from accounts.models import Appointment, Person

if TYPE_CHECKING:
    from fieldvisits.models import Regulation


def tell_version(version: Regulation) -> None:
    """Everybody who holds an office is told, those who represent a unit included."""
    held = Appointment.objects.on(timezone.localdate())
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    for person in people.order_by("pk"):
        notify(
            person,
            kind="regulation",
            subject=_("A new version of the regulation applies from %(year)d: %(number)s"),
            body=_("Please read it and say that you have."),
            values={"year": version.first_year, "number": version.number},
            key=f"regulation:{version.pk}",
            url=f"{address('fieldvisits:regulation')}?year={version.first_year}",
        )
