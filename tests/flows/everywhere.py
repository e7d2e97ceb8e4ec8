"""Every address there is: each route of the resolver with every object it may name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Delegation, Unit
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


def addresses(papers: Papers, at_most: int | None = None) -> dict[str, list[str]]:
    """Every address of every route; a route with a part unknown here fails.

    ``at_most``: so many per route, spread from the first object to the last.
    """
    found = {name: list(_filled(name, pattern, papers)) for name, pattern in routes().items()}
    return {name: spread(some, at_most) for name, some in found.items()} if at_most else found


def spread(some: list[str], at_most: int) -> list[str]:
    """So many of a list, from its first to its last.

    >>> spread([1, 2, 3, 4, 5, 6, 7], 3)
    [1, 4, 7]
    """
    step = max(1, (len(some) - 1) // (at_most - 1)) if len(some) > 1 else 1
    return some[::step][:at_most]


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
        "plans/": _keys(Plan),
        "visits/": _keys(Visit),
        "dossiers/": _keys(Dossier),
        "sittings/": _keys(Sitting),
        "requests/": _keys(AdHocRequest),
        "units/": _keys(Unit),
        "invitations/": _keys(TeamInvitation),
        "products/": _keys(Product),
        "notices/": _keys(UnitNotice),
        "confirmations/": _keys(ConfirmationRequest),
        "remarks/": _keys(UnitRemark),
        "inbox/": [papers.items[role].pk for role in ("cadre", "head", "secretary")],
        "reports/written/weekly/": _keys(WeeklyReport),
        "reports/written/quarterly/": _keys(QuarterlyReport),
        "me/delegations/": _keys(Delegation),
        "people/": [papers.people["cadre"].pk],
        "regulation/": _keys(Regulation),
        "reports/issues/": _keys(Issue),
        "reports/annual/departments/": _keys(AnnualReport),
        "reports/annual/": [job.pk for job in papers.jobs.values()],
        "reports/people/": [papers.people[role].pk for role in ("cadre", "head", "outsider")],
    }
    return found[next(start for start in found if pattern.startswith(start))]


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
