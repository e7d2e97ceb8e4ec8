"""The organisation's front page: where people, offices, departments and units are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.links import address
from accounts.models import OrganisationEvent
from accounts.organising import organises, reads_who_decides
from accounts.overview.record import event_lines

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

EVENTS = 15  # the latest changes


@dataclass(frozen=True, slots=True)
class Way:
    """One page of the organisation, with what it is for."""

    label: str
    text: str
    url: str


def crumbs_to(here: str, *above: tuple[str, str]) -> list[tuple[str, str | None]]:
    front = (_("Organisation"), reverse("accounts:organisation"))
    return [(_("My desk"), "/"), front, *above, (here, None)]


def ways(*, keeps: bool) -> list[Way]:
    """The pages there are: an app or a branch left out takes its own along."""
    known = [
        (_("People"), _("Who is on record, with offices, e-mail and sign-in."), "people"),
        (
            _("Who decides what"),
            _("On any day: heads, who stands in, members in charge, vacancies."),
            "who-decides",
        ),
        (
            _("Portfolios"),
            _("Which member of the Standing Committee is in charge of which department."),
            "portfolios",
        ),
        (_("Departments"), _("Renamed, merged, split, ended; each on a decision."), "departments"),
        (_("Host units"), _("Names and superiors through time, successions."), "units-admin"),
        (
            _("The reorganisation of 2025"),
            _("1/7/2025 on the tables of Hà Nội, as one import with preview."),
            "reorganisation",
        ),
        (_("Exemptions"), _("Who owes no visits, why, from when to when."), "exemptions"),
        (_("Delegations"), _("Who stands in for whom, now, later, before."), "delegation-list"),
        (_("Holidays"), _("Days off and make-up days, by year."), "fieldvisits:holidays"),
        (_("Invitations"), _("Links with which people set their password."), "invitations"),
        (_("Import of tables"), _("People, offices and units from Excel."), "import"),
    ]
    found = [
        Way(label, text, address(name if ":" in name else f"accounts:{name}"))
        for label, text, name in known
        if keeps or name == "who-decides"
    ]
    return [way for way in found if way.url]


@require_GET
def organisation(request: SignedInRequest) -> HttpResponse:
    if not reads_who_decides(request.user):
        raise Http404
    keeps = bool(organises(request.user))
    latest = OrganisationEvent.objects.visible_to(request.user).select_related("by")[:EVENTS]
    context = {
        "ways": ways(keeps=keeps),
        "keeps": keeps,
        "events": event_lines(latest),
        "today": timezone.localdate(),
        "crumbs": [(_("My desk"), "/"), (_("Organisation"), None)],
    }
    return render(request, "accounts/organisation.html", context)
