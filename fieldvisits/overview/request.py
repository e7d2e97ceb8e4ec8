"""One ad-hoc request as its page shows it (R8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.words import date_range
from fieldvisits import workflow
from fieldvisits.choices import RequestState
from fieldvisits.models import AdHocRequest
from fieldvisits.overview import holding
from fieldvisits.overview.words import history, short
from fieldvisits.permissions import requests as may

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models import AgendaLine, Step
    from fieldvisits.workflow import Transition


@dataclass(frozen=True)
class RequestPage:
    request: AdHocRequest
    unit: str
    pairs: list[tuple[str, Any]]
    steps: list[Step]
    buttons: list[Transition]
    decides: list[Person]
    sitting: AgendaLine | None
    why_not_alone: str  # why whoever is in charge cannot decide it alone
    is_own: bool
    today: date

    @property
    def facts(self) -> dict[str, Any]:
        return holding.of_request(self.request, self.decides, today=self.today)

    @property
    def history(self) -> list[dict[str, Any]]:
        return history(self.request, self.steps)


def request_page(person: Person, pk: int, *, today: date) -> RequestPage | None:
    """Read what the page shows to ``person``; None if there is none to see."""
    rows = AdHocRequest.objects.visible_to(person).for_lists()
    rows = rows.select_related("reported_in", "replaces__unit", "department")
    request = rows.prefetch_related("replaces__unit__versions").filter(pk=pk).first()
    if request is None:
        return None
    request.visit.request = request  # read once, also for the door's questions
    request.__dict__["_open_line"] = may.open_line(request)
    return RequestPage(
        request=request,
        unit=request.visit.unit.name_on(request.visit.starts_on),
        pairs=pairs_of(request),
        steps=list(request.steps.select_related("by", "on_behalf_of")),
        buttons=workflow.open_to(person, request),
        decides=may.holders_of_request(person, request, today),
        sitting=may.open_line(request),
        why_not_alone=_why_not_alone(person, request),
        is_own=request.cadre_id == person.pk,
        today=today,
    )


def _why_not_alone(person: Person, request: AdHocRequest) -> str:
    if request.state != RequestState.ENDORSED:
        return ""
    if not may.is_in_charge(person, request):
        return ""
    return str(may.decides_alone(person, request).reason)


def pairs_of(request: AdHocRequest) -> list[tuple[str, Any]]:
    """The answers, to be read before it is sent and by everybody who decides."""
    visit = request.visit
    pairs = [
        (_("Cadre"), visit.cadre),
        (_("Host unit"), visit.unit.name_on(visit.starts_on)),
        (
            _("Days"),
            f"{date_range(visit.starts_on, visit.ends_on)}, {visit.get_session_display()}",
        ),
        (_("Kind"), visit.get_kind_display()),
        (_("Content"), visit.content),
        (_("Expected result"), visit.expected_result),
        (_("Your role in the activity"), visit.role),
        (
            _("Programme"),
            ", ".join(
                filter(None, (visit.get_inspection_body_display(), visit.inspection_programme))
            ),
        ),
        (_("Why it could not be planned"), request.reason),
        (_("Why it was written up so late"), request.late_reason),
        (_("Report of the head"), request.endorsement),
    ]
    if replaced := request.replaces:
        words = f"{replaced.unit.name_on(replaced.starts_on)}, {short(replaced.starts_on)}"
        pairs.append((_("Takes the place of"), words))
    return [(str(label), text) for label, text in pairs if text]
