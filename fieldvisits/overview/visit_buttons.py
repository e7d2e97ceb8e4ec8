"""The buttons of a visit's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldvisits import permissions, workflow
from fieldvisits.overview.step import worded

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models import Visit

ROUTES = {"report": "visit-report", "amend": "visit-amend", "reclassify": "visit-reclassify"}
MAIN = {"report", "accept"}


@dataclass(frozen=True)
class VisitButton:
    label: Any
    url: str
    is_main: bool = False


def buttons(visit: Visit, person: Person) -> list[VisitButton]:
    """Steps with a form of their own lead to it, the others to the page that asks."""
    found = [
        VisitButton(worded(step, visit).label, _address(step, visit), _is_main(step, visit))
        for step in workflow.open_to(person, visit)
    ]
    if permissions.asks_for_amendment(person, visit):
        url = reverse("fieldvisits:visit-wish", args=[visit.pk])
        found.append(VisitButton(_("Ask for an amendment"), url))
    return sorted(found, key=lambda button: not button.is_main)


def _is_main(step: workflow.Transition, visit: Visit) -> bool:
    """What is to be done now: nobody reports a visit that is still ahead."""
    return step.name in MAIN and visit.ends_on <= timezone.localdate()


def _address(step: workflow.Transition, visit: Visit) -> str:
    if route := ROUTES.get(step.name):
        return reverse(f"fieldvisits:{route}", args=[visit.pk])
    return reverse("fieldvisits:visit-step", args=[visit.pk, step.name])
