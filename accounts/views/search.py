"""Find people and units by name; case and diacritics are ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.links import address
from accounts.models import Person, Unit, UnitVersion
from accounts.overview.offices import Held
from accounts.text import search_text

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from accounts.views import SignedInRequest

MOST = 20  # of each kind


@dataclass(frozen=True, slots=True)
class Found:
    title: str
    text: str
    url: str


@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    words = search_text(request.GET.get("q", "")[:100].replace("\0", ""))
    context: dict[str, Any] = {
        "asked": request.GET.get("q", ""),
        "people": _people(words, today, request.user) if words else [],
        "units": _units(words, today) if words else [],
        "crumbs": [(_("My desk"), "/"), (_("Search"), None)],
        "most": MOST,
    }
    return render(request, "accounts/search.html", context)


def _people(words: str, today: date, asker: Person) -> list[Found]:
    """People of the agency; representatives of units find their own colleagues elsewhere."""
    if not asker.offices(today).is_in_agency:
        return []
    people = list(Person.objects.matching(words).in_order()[:MOST])
    held = Held.of([person.pk for person in people], today)
    return [
        Found(
            person.full_name,
            held.said(person.pk) or _("no office today"),
            _way_to(asker, person, today),
        )
        for person in people
    ]


def _way_to(asker: Person, person: Person, today: date) -> str:
    if _sees(asker, person, today):
        return address("reports:person-days", person.pk)
    if asker.offices(today).is_administrator:
        return address("accounts:person", person.pk)
    return ""


def _sees(asker: Person, person: Person, today: date) -> bool:
    """Whether to offer the way to a person's figures; their page asks in full."""
    return asker.offices(today).sees_everybody or asker.pk == person.pk


def _units(words: str, today: date) -> list[Found]:
    """Units whose name contains the words; those that exist today come first."""
    current = UnitVersion.objects.on(today).filter(unit=OuterRef("pk"))
    units = Unit.objects.matching(words).annotate(exists=Exists(current))
    units = units.order_by("-exists", "code").prefetch_related("versions__parent__versions")
    return [_unit(unit, today) for unit in units[:MOST]]


def _unit(unit: Unit, today: date) -> Found:
    version = unit.version_on(today)
    text = [str(version.get_level_display())] if version else []
    if version and version.parent:
        text.append(version.parent.name_on(today))
    if version and not version.covers(today):
        text.append(_("no longer exists"))
    return Found(unit.name_on(today), ", ".join(text), address("fieldvisits:unit-detail", unit.pk))
