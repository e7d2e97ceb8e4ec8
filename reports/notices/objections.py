"""Who is told that a cadre objects to the figures of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.choices import Office
from accounts.models import Appointment, Person
from accounts.permissions import superior

if TYPE_CHECKING:
    from reports.models import Objection


def tell(objection: Objection) -> None:
    """The superior of today, and head and deputies of TCKT, who compile the figures."""
    today = timezone.localdate()
    compiling = Appointment.objects.on(today).filter(
        department__is_coordinating=True, office__in=(Office.HEAD, Office.DEPUTY)
    )
    told = {row.person for row in compiling.select_related("person")}
    if decides := superior(objection.person, today):
        told.add(decides)
    for person in sorted(told - {objection.person}, key=_by_key):
        notify(
            person,
            kind="objection",
            subject=_("%(name)s objects in writing to the figures of %(year)d"),
            body="“%(text)s”",
            values={"name": objection.person, "year": objection.year, "text": objection.text},
            key=f"objection:{objection.pk}",
            url=reverse("reports:person-days", args=[objection.person_id])
            + f"?year={objection.year}",
        )


def _by_key(person: Person) -> int:
    return person.pk
