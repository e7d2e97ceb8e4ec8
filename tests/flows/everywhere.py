"""Every address there is: each route of the resolver with every object it may name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import ClusterMembership, Delegation, EmulationCluster, Unit
from fieldvisits.actions.steps import STEPS
from fieldvisits.models import (
    AdHocRequest,
    AgendaLine,
    ConfirmationRequest,
    Direction,
    Dossier,
    Plan,
    Product,
    ProductFile,
    ProgrammeActivity,
    Regulation,
    Sitting,
    TeamInvitation,
    UnitNotice,
    UnitRemark,
    Visit,
)
from reports.models import AnnualReport, Issue, QuarterlyReport, WeeklyReport

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.factories.papers import Papers

# Whoever is not signed in comes here and nowhere else.
OPEN_TO_STRANGERS = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "set_language",
    "health",
}


def body_of(answer: HttpResponse) -> str:
    """Read an answer to its end, which also closes a file that is sent."""
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


def state_of_database() -> dict[str, str]:
    """Make a hash of every table; sessions are not the planner's rows."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model.objects.order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model._meta.app_label != "sessions"
    }


def routes() -> dict[str, str]:
    """Name of every route, with its pattern."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], path: str, space: str) -> Iterator[tuple]:
    for entry in patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            below = f"{space}{entry.app_name}:" if entry.app_name else space
            yield from _walk(entry.url_patterns, here, below)
        else:
            yield f"{space}{entry.name}", here


def addresses(papers: Papers) -> dict[str, list[str]]:
    """Every address of every route, with every object; a route with a part unknown here fails."""
    return {name: list(_filled(name, pattern, papers)) for name, pattern in routes().items()}


def examples(papers: Papers) -> dict[str, str]:
    """One address of each route: of a cadre's paper, where it is as open as it gets.

    Seen from everybody else it is somebody else's object; the other states are walked besides.
    """
    found = {}
    for name, pattern in routes().items():
        if "<int:pk>" in pattern:
            pk = _example(name, pattern, papers)
            found[name] = next(_inside("/" + pattern.replace("<int:pk>", str(pk)), pk))
        else:
            found[name] = next(_filled(name, pattern, papers))
    return found


def _example(name: str, pattern: str, papers: Papers) -> int:
    if pattern.startswith("units/"):
        return papers.agency.unit.pk
    start = next((start for start in EXAMPLES if pattern.startswith(start)), None)
    if start is None:
        return _numbers(pattern, papers)[-1]
    kept, usual = EXAMPLES[start]
    return getattr(papers, kept)[OVERRULED.get(name, usual)].pk


def version_at(address: str, papers: Papers) -> int:
    """Return the version of the paper at an address, as a form of its page would send it."""
    for start, (kept, _usual) in EXAMPLES.items():
        if address.startswith(f"/{start}") and kept not in (
            "items",
            "people",
            "jobs",
            "activities",
        ):
            number = address.removeprefix(f"/{start}").partition("/")[0]
            found = [one for one in getattr(papers, kept).values() if str(one.pk) == number]
            return found[0].version if found else 0
    return 0


# Start of the pattern: where ``papers`` keeps them, and which one.
EXAMPLES = {
    "plans/": ("plans", "draft"),
    "visits/": ("visits", "approved"),
    "dossiers/": ("dossiers", "before_committee"),
    "sittings/": ("sittings", "open"),
    "requests/": ("requests", "draft"),
    "products/": ("products", "owed"),
    "programme/": ("activities", "inside"),
    "notices/": ("notices", "sent"),
    "confirmations/": ("confirmations", "asked"),
    "inbox/": ("items", "cadre"),
    "people/": ("people", "cadre"),
    "reports/people/": ("people", "cadre"),
    "reports/issues/": ("issues", "open"),
    "reports/annual/departments/": ("annual", "compiling"),
    "reports/annual/": ("jobs", "job_rural"),
    "reports/written/weekly/": ("weekly", "submitted"),
    "reports/written/quarterly/": ("quarterly", "submitted"),
}
OVERRULED = {
    "fieldvisits:plan-nudge": "submitted",
    "fieldvisits:plan-step": "submitted",
    "fieldvisits:plan-standing": "submitted",
    "fieldvisits:visit-nudge": "reported",
    "fieldvisits:sitting-notice": "closed",
    "fieldvisits:request-step": "requested",
    "fieldvisits:product-file": "accepted",
    "fieldvisits:product-step": "submitted",
    "fieldvisits:notice-step": "other_day",
    "fieldvisits:confirmation-reply": "disputed",
    "fieldvisits:confirmation-step": "disputed",
}


def _keys(model: type, **only: int) -> list[int]:
    return list(model.objects.filter(**only).values_list("pk", flat=True))


def _filled(name: str, pattern: str, papers: Papers) -> Iterator[str]:
    if name == "account_reset_password_from_key":
        yield "/accounts/password/reset/key/1-set-password/"
        return
    space = pattern.partition("/")[0]
    if "<" not in pattern:
        yield f"/{pattern}"
    elif "<str:week>" in pattern:
        for week in ("2018-W49", "2018-W50"):
            yield "/" + pattern.replace("<str:week>", week)
    elif pattern.startswith("reports/written/quarters/"):
        for quarter in ("2018-2", "2018-3"):
            yield "/" + pattern.replace("<str:quarter>", quarter)
    elif "<str:code>" in pattern:
        times = ["2018-1", "2018-4"] if space == "quarter" else ["2018"]
        for code, time in product(["NT", "TH", "THUONG_TRUC"], times):
            filled = pattern.replace("<str:code>", code).replace("<int:year>", time)
            yield "/" + filled.replace("<str:quarter>", time)
    else:
        for pk in _numbers(pattern, papers):
            yield from _inside("/" + pattern.replace("<int:pk>", str(pk)), pk)


def _numbers(pattern: str, papers: Papers) -> list[int]:
    found = {
        "plans/": lambda: _keys(Plan),
        "clusters/members/": lambda: _keys(ClusterMembership),
        "clusters/": lambda: _keys(EmulationCluster),
        "visits/": lambda: _keys(Visit),
        "dossiers/": lambda: _keys(Dossier),
        "sittings/": lambda: _keys(Sitting),
        "requests/": lambda: _keys(AdHocRequest),
        "units/": lambda: _keys(Unit),
        "invitations/": lambda: _keys(TeamInvitation),
        "products/": lambda: _keys(Product),
        "programme/": lambda: _keys(ProgrammeActivity),
        "notices/": lambda: _keys(UnitNotice),
        "confirmations/": lambda: _keys(ConfirmationRequest),
        "remarks/": lambda: _keys(UnitRemark),
        "inbox/": lambda: [papers.items[role].pk for role in ("cadre", "head", "secretary")],
        "reports/written/weekly/": lambda: _keys(WeeklyReport),
        "reports/written/quarterly/": lambda: _keys(QuarterlyReport),
        "me/delegations/": lambda: _keys(Delegation),
        "people/": lambda: [papers.people["cadre"].pk],
        "regulation/": lambda: _keys(Regulation),
        "reports/issues/": lambda: _keys(Issue),
        "reports/annual/departments/": lambda: _keys(AnnualReport),
        "reports/annual/": lambda: [job.pk for job in papers.jobs.values()],
        "reports/people/": lambda: [
            papers.people[role].pk for role in ("cadre", "head", "outsider")
        ],
    }
    return found[next(start for start in found if pattern.startswith(start))]()


def _inside(address: str, pk: int) -> Iterator[str]:
    """Fill in what stands below a paper."""
    path = address.split("/")[1].removesuffix("s").replace("notice", "unit_notice")
    if address.startswith("/reports/written/"):
        path = f"{address.split('/')[3]}_report"
    if address.startswith("/reports/annual/departments/"):
        path = "annual_report"
    if address.startswith("/reports/issues/"):
        path = "issue"
    parts: dict[str, list[object]] = {
        "<slug:name>": [name for where, name in STEPS if where == path][:1],
        "<int:visit_pk>": _keys(Visit, plan=pk) if path == "plan" else [],
        "<int:line_pk>": _keys(AgendaLine, sitting=pk) if path == "sitting" else [],
        "<int:file_pk>": _keys(ProductFile, product=pk) if path == "product" else [],
        "<int:direction_pk>": _keys(Direction, sitting=pk) if path == "sitting" else [],
    }
    for part, values in parts.items():
        if part in address:
            yield from (address.replace(part, str(value)) for value in values)
            return
    yield address
