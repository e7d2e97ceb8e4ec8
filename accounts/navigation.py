"""The menu at the left: who sees which page, and how much waits there.

Pages of other apps are named by their address, so the menu works without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Office
from accounts.desk import Asker
from accounts.links import address
from accounts.remembering import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

    from accounts.desk import Waiting
    from accounts.models import Offices


@dataclass(frozen=True, slots=True)
class Item:
    label: StrOrPromise
    name: str  # of the address
    who: Callable[[Offices], bool]
    queues: tuple[str, ...] = ()  # counted beside it


def _in_agency(offices: Offices) -> bool:
    return offices.is_in_agency


def _travels(offices: Offices) -> bool:
    return bool(offices.department_id or offices.is_on_committee)


def _in_department(offices: Offices) -> bool:
    return bool(offices.department_id) and not _sees_all(offices)


def _sees_visits(offices: Offices) -> bool:
    return offices.is_in_agency or bool(offices.unit_ids)


def _has_notices(offices: Offices) -> bool:
    return bool(offices.unit_ids or offices.headed_id)


def _inspects(offices: Offices) -> bool:
    return offices.is_inspector


def _committee(offices: Offices) -> bool:
    return offices.is_on_committee


def _sees_all(offices: Offices) -> bool:
    return offices.sees_all_departments


def _overlooks(offices: Offices) -> bool:
    return _sees_all(offices) or offices.is_inspector or bool(offices.headed_id)


def _heads(offices: Offices) -> bool:
    return _sees_all(offices) or bool(offices.headed_id)


def _leads(offices: Offices) -> bool:
    return _heads(offices) or offices.leads_department


def _leads_only(offices: Offices) -> bool:
    """As ``organising.reads_who_decides``; the administrator goes there from Organisation."""
    return offices.is_on_committee or offices.leads_department or offices.stands_in_as_head


def _sits(offices: Offices) -> bool:
    return offices.is_on_committee or offices.writes_minutes


def _reads_notices(offices: Offices) -> bool:
    return offices.is_in_agency and not _sits(offices)


def _administrator(offices: Offices) -> bool:
    return offices.is_administrator


def _anybody(_offices: Offices) -> bool:
    return True


_AGENCY: tuple[Item, ...] = (
    Item(_("Whole agency"), "reports:dashboard", _overlooks),
    Item(_("Sittings"), "fieldvisits:sitting-list", _sits, ("open_lines", "to_number")),
    Item(_("Plans of the departments"), "fieldvisits:quarter-home", _sees_all),
    Item(_("Dossiers"), "fieldvisits:dossier-list", _sees_all, ("to_check",)),
    Item(_("Cadres"), "reports:people", _overlooks),
    Item(
        _("Annual reports"),
        "reports:annual-reports",
        _leads,
        ("annual_to_relay", "annual_to_receive", "annual_returned"),
    ),
    Item(_("Annual summaries"), "reports:annual-list", _heads),
)
_MINE: tuple[Item, ...] = (
    Item(_("My desk"), "accounts:desk", _anybody),
    Item(_("Quarterly plans"), "fieldvisits:plan-list", _travels, ("returned",)),
    Item(_("Visits"), "fieldvisits:visit-list", _sees_visits, ("to_report", "to_accept")),
    Item(_("Products"), "fieldvisits:product-list", _travels, ("products_owed", "products_in")),
    Item(
        _("Ad-hoc visits"),
        "fieldvisits:request-list",
        _travels,
        ("to_endorse", "to_decide_ad_hoc"),
    ),
    Item(
        _("Quarter of the department"),
        "fieldvisits:quarter-home",
        _in_department,
        ("to_agree", "to_forward"),
    ),
    Item(
        pgettext_lazy("menu", "Reports"),
        "reports:written",
        _travels,
        ("to_read", "to_read_quarterly", "returned_quarterly"),
    ),
    Item(_("Issue register"), "reports:issues", _travels, ("issues_owned", "issues_answered")),
)
GROUPS: dict[str, tuple[StrOrPromise, tuple[Item, ...]]] = {
    "mine": (pgettext_lazy("menu", "Mine"), _MINE),
    "agency": (pgettext_lazy("menu", "The agency"), _AGENCY),
    "units": (
        pgettext_lazy("menu", "Host units"),
        (
            Item(_("Units"), "fieldvisits:unit-list", _anybody),
            Item(_("Emulation clusters"), "fieldvisits:cluster-list", _in_agency),
            Item(
                _("Notices to units"),
                "fieldvisits:notice-list",
                _has_notices,
                ("notices_in", "notices_answered"),
            ),
            Item(_("Confirmations"), "fieldvisits:confirmation-list", _inspects, ("disputes",)),
        ),
    ),
    "lookup": (
        pgettext_lazy("menu", "Look up"),
        (
            Item(
                _("Notices of the Standing Committee"),
                "fieldvisits:sitting-list",
                _reads_notices,
                ("to_number",),
            ),
            Item(
                pgettext_lazy("menu", "Programme of the year"),
                "fieldvisits:programme",
                _sees_visits,
            ),
            Item(_("Who decides what"), "accounts:who-decides", _leads_only),
            Item(_("The regulation"), "fieldvisits:regulation", _anybody),
        ),
    ),
    "administration": (
        pgettext_lazy("menu", "Administration"),
        (
            Item(_("Administrator's desk"), "accounts:administration", _administrator),
            Item(pgettext_lazy("menu", "First steps"), "accounts:start", _administrator),
            Item(_("Organisation"), "accounts:organisation", _administrator),
            Item(_("Invitations"), "accounts:invitations", _administrator),
            Item(_("Import of tables"), "accounts:import", _administrator),
        ),
    ),
}
ORDER = ("mine", "agency", "units", "lookup", "administration")
ORDER_OF_COMMITTEE = ("agency", "mine", "units", "lookup", "administration")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the shell around every page shows; read when a template asks for it."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"navigation": (), "unread_count": 0, "my_office": ""}

    @cache
    def asker() -> Asker:
        # The desk has read its queues already.
        if known := getattr(request, "asker", None):
            return known
        asker = Asker(person, timezone.localdate())
        return counted(asker, _shown_to(asker.offices))

    return {
        "navigation": cache(lambda: menu_of(asker(), request.path)),
        "unread_count": lambda: asker().queue("unread").count,
        "my_office": lambda: office_of(asker().offices, asker().department),
    }


def _shown_to(offices: Offices) -> set[str]:
    """The queues that the menu of these offices counts."""
    items = [item for _label, items in GROUPS.values() for item in items if item.who(offices)]
    return {"unread", *(name for item in items for name in item.queues)}


def menu_of(asker: Asker, path: str) -> list[dict[str, Any]]:
    offices, waiting = asker.offices, asker.waiting
    order = ORDER_OF_COMMITTEE if _committee(offices) else ORDER
    groups: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for key in order:
        label, items = GROUPS[key]
        shown = [_line(item, url, waiting) for item in items if (url := _url(item, offices))]
        if shown:
            groups.append({"label": label, "items": shown})
            lines += shown
    _mark_current(lines, path)
    return groups


def _url(item: Item, offices: Offices) -> str:
    return address(item.name) if item.who(offices) else ""


def _line(item: Item, url: str, waiting: Mapping[str, Waiting]) -> dict[str, Any]:
    count = sum(waiting[name].count for name in item.queues if name in waiting)
    return {"label": item.label, "url": url, "count": count, "current": False}


def _mark_current(lines: list[dict[str, Any]], path: str) -> None:
    """The item with the longest address that ``path`` begins with is where we are."""
    found = [
        line
        for line in lines
        if line["url"] == path or (line["url"] != "/" and path.startswith(line["url"]))
    ]
    if found:
        max(found, key=lambda line: len(line["url"]))["current"] = True


def office_of(offices: Offices, department: str) -> StrOrPromise:
    """What stands under a person's name in the head of the page."""
    names = dict(Office.choices)
    if offices.committee_office:
        return capfirst(names[offices.committee_office])
    if offices.is_inspector:
        return _("Inspection Committee")
    if department:
        return department
    if offices.is_administrator:
        return capfirst(names[Office.ADMINISTRATOR])
    if offices.is_clerk:
        return capfirst(names[Office.CLERK])
    return capfirst(names[Office.REPRESENTATIVE]) if offices.unit_ids else ""
