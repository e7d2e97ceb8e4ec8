"""Every address there is: each route of the resolver with every object it may name."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import (
    ClusterMembership,
    Delegation,
    EmulationCluster,
    Exemption,
    ImportJob,
)
from fieldvisits import workflow
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
from reports.models import AnnualReport, Issue, QuarterlyReport, ReportJob, WeeklyReport

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
    "mfa_authenticate",
    "mfa_login_webauthn",
    "set_language",
    "health",
    "accounts:invitation-accept",
    "accounts:email-confirm",
}


def body_of(answer: HttpResponse) -> str:
    """Read an answer to its end, which also closes a file that is sent; a workbook part by part."""
    body = b"".join(answer.streaming_content if answer.streaming else [answer.content])
    if not body.startswith(b"PK"):
        return body.decode()
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


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
            paper = _example(name, pattern, papers)
            address = "/" + pattern.replace("<int:pk>", str(paper.pk))
            if "<slug:name>" in address:
                address = address.replace("<slug:name>", _step_from_here(paper))
            found[name] = next(_inside(address, paper))
        else:
            found[name] = next(_filled(name, pattern, papers))
    return found


def _example(name: str, pattern: str, papers: Papers) -> Any:
    start = next((start for start in EXAMPLES if pattern.startswith(start)), None)
    if start is None:
        return _objects(pattern, papers)[-1]
    kept, usual = EXAMPLES[start]
    return getattr(papers, kept)[OVERRULED.get(name, usual)]


def _step_from_here(paper: Any) -> str:
    """Name the first step on the paper's page that leads on from its state."""
    steps = workflow.PATHS[paper.PATH]
    return next(
        name for path, name in STEPS if path == paper.PATH and paper.state in steps[name].sources
    )


def version_at(address: str, papers: Papers) -> int:
    """Return the version of the paper at an address, as a form of its page would send it."""
    for start, (kept, _usual) in EXAMPLES.items():
        if address.startswith(f"/{start}") and kept not in (
            "items",
            "people",
            "jobs",
            "activities",
            "imports",
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
    "organisation/import/": ("imports", "checked"),
    "people/": ("people", "cadre"),
    "organisation/people/": ("people", "cadre"),
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
    "fieldvisits:sitting-number": "closed",
    "fieldvisits:request-nudge": "requested",
    "fieldvisits:request-step": "requested",
    "fieldvisits:product-file": "accepted",
    "fieldvisits:product-nudge": "submitted",
    "fieldvisits:product-step": "submitted",
    "fieldvisits:notice-step": "other_day",
    "fieldvisits:confirmation-reply": "disputed",
    "fieldvisits:confirmation-step": "disputed",
}


def _keys(model: type, **only: int) -> list[int]:
    return list(model.objects.filter(**only).values_list("pk", flat=True))


# Links out of mails: here such that open nothing, those that do have tests of their own.
LINKS = {
    "account_reset_password_from_key": "/accounts/password/reset/key/1-set-password/",
    "accounts:invitation-accept": "/invitation/not-one.of-ours/",
    "accounts:email-confirm": "/email/not-one.of-ours/",
}


def _filled(name: str, pattern: str, papers: Papers) -> Iterator[str]:
    if name in LINKS:
        yield LINKS[name]
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
        for paper in _objects(pattern, papers):
            yield from _inside("/" + pattern.replace("<int:pk>", str(paper.pk)), paper)


def _objects(pattern: str, papers: Papers) -> list[Any]:
    """Everything that a route with a number can be about."""
    people = papers.people
    some: dict[str, list[Any]] = {
        "inbox/": [papers.items[role] for role in ("cadre", "head", "secretary")],
        "people/": [people["cadre"]],
        "organisation/people/": [people["cadre"]],
        "accounts/second-factor/": [Authenticator(pk=1)],  # nobody's: there is none
        "organisation/offices/": [people["cadre"].appointments.get()],
        "organisation/portfolios/": [papers.agency.rural],
        "units/": [papers.agency.other_unit, papers.agency.unit],
        "organisation/departments/": [papers.agency.rural],
        "organisation/units/": [papers.agency.other_unit],
        "reports/people/": [people[role] for role in ("cadre", "head", "outsider")],
    }
    start = next(start for start in (*MODELS, *some) if pattern.startswith(start))
    return some[start] if start in some else list(MODELS[start].objects.order_by("pk"))


# Start of the pattern: what it is about. Longer ones stand before those they begin with.
MODELS: dict[str, Any] = {
    "plans/": Plan,
    "clusters/members/": ClusterMembership,
    "clusters/": EmulationCluster,
    "visits/": Visit,
    "dossiers/": Dossier,
    "sittings/": Sitting,
    "requests/": AdHocRequest,
    "invitations/": TeamInvitation,
    "products/": Product,
    "programme/": ProgrammeActivity,
    "notices/": UnitNotice,
    "confirmations/": ConfirmationRequest,
    "exemptions/": Exemption,
    "remarks/": UnitRemark,
    "reports/written/weekly/": WeeklyReport,
    "reports/written/quarterly/": QuarterlyReport,
    "me/delegations/": Delegation,
    "me/devices/": UserSession,
    "organisation/import/": ImportJob,
    "regulation/": Regulation,
    "reports/issues/": Issue,
    "reports/annual/departments/": AnnualReport,
    "reports/annual/": ReportJob,
}


def _inside(address: str, paper: Any) -> Iterator[str]:
    """Fill in what stands below a paper."""
    path = getattr(paper, "PATH", "")
    parts: dict[str, list[object]] = {
        "<slug:name>": [name for where, name in STEPS if where == path][:1],
        "<int:visit_pk>": _keys(Visit, plan=paper.pk) if path == "plan" else [],
        "<int:line_pk>": _keys(AgendaLine, sitting=paper.pk) if path == "sitting" else [],
        "<int:file_pk>": _keys(ProductFile, product=paper.pk) if path == "product" else [],
        "<int:direction_pk>": _keys(Direction, sitting=paper.pk) if path == "sitting" else [],
    }
    for part, values in parts.items():
        if part in address:
            yield from (address.replace(part, str(value)) for value in values)
            return
    yield address
