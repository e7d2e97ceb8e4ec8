"""What stands on the page that asks before a step is taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.words import date_range
from fieldvisits import checks, permissions
from fieldvisits.choices import RequestState
from fieldvisits.models import (
    AdHocRequest,
    ConfirmationRequest,
    Dossier,
    Plan,
    Product,
    UnitNotice,
    Visit,
)
from fieldvisits.overview.dossier import round_name
from fieldvisits.overview.plan import PlanPage, plan_page
from fieldvisits.overview.request import pairs_of
from fieldvisits.overview.words import department_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Person
    from fieldvisits.models import Paper
    from fieldvisits.workflow import Transition

AnyPaper = Plan | Dossier | Visit | AdHocRequest | Product | UnitNotice | ConfirmationRequest


@dataclass(frozen=True)
class About:
    """The paper in a few words: for a plan with all its rows, read before it goes."""

    title: str
    back: str
    pairs: list[tuple[str, Any]]
    page: PlanPage | None = None


def worded(step: Transition, paper: Paper) -> Transition:
    """The step in the words of the case: what lies in the past was not carried out."""
    if isinstance(paper, Visit) and step.name == "cancel" and is_past(paper):
        return replace(
            step,
            label=_("Record as not carried out"),
            told=_("Not carried out"),
            says=_(
                "The visit is on record as approved and not carried out; its half-days are free. "
                "This cannot be undone."
            ),
        )
    return step


def is_past(visit: Visit) -> bool:
    return visit.ends_on < timezone.localdate()


# How an app above puts its papers into a few words, by path.
ABOUT: dict[str, Callable[[Any, Person], About]] = {}


def moved_on(paper: Paper) -> str:
    return _("This step is not possible any more: the paper is now “%(state)s”.") % {
        "state": paper.get_state_display()
    }


def problems_before(step: Transition, paper: Paper, about: About) -> list[ValidationError]:
    """What the step's own check would refuse; told before anybody presses."""
    if step.check is checks.plan_ready_to_submit and about.page:
        return about.page.problems  # the same, over the rows that are read already
    try:
        step.check(paper)
    except ValidationError as error:
        return list(error.error_list)
    return []


def summary(paper: Any, person: Person) -> About:
    if paper.PATH in ABOUT:
        return ABOUT[paper.PATH](paper, person)
    if isinstance(paper, Plan):
        return _of_plan(paper, person)
    if isinstance(paper, Visit):
        return _of_visit(paper, person)
    if isinstance(paper, AdHocRequest):
        return _of_request(paper)
    if isinstance(paper, Product | UnitNotice | ConfirmationRequest):
        return _of_beside(paper)
    return _of_dossier(paper)


def _quarter(paper: Plan | Dossier) -> str:
    return _("Quarter %(number)s/%(year)d") % {"number": paper.quarter.roman, "year": paper.year}


def _of_plan(plan: Plan, person: Person) -> About:
    page = plan_page(plan, person, today=timezone.localdate())
    pairs = [
        (_("Cadre"), plan.cadre),
        (_("Department"), plan.department_name or _("the Standing Committee")),  # type: ignore[attr-defined]  # annotated
        (_("Decides"), page.decides or ""),
    ]
    title = _("Plan of field visits, %(quarter)s") % {"quarter": _quarter(plan)}
    return About(title, plan.get_absolute_url(), pairs, page)


def _of_visit(visit: Visit, person: Person) -> About:
    unit = visit.unit.name_on(visit.starts_on)
    days = date_range(visit.starts_on, visit.ends_on)
    pairs = [
        (_("Cadre"), visit.cadre),
        (_("Host unit"), unit),
        (_("Days"), f"{days}, {visit.get_session_display()}"),
        (_("Kind"), visit.get_kind_display()),
    ]
    if permissions.reads_content(person, visit):
        pairs += [
            (_("Content"), visit.content),
            (_("Role in the activity"), visit.role),
            (_("Expected result"), visit.expected_result),
        ]
    if visit.result and permissions.reads_result(person, visit):
        pairs.append((_("Result"), visit.result))
    title = _("Visit to %(unit)s") % {"unit": unit}
    return About(title, visit.get_absolute_url(), [pair for pair in pairs if pair[1]])


def _of_request(request: AdHocRequest) -> About:
    """A draft goes back to its form: the page is the second screen of asking."""
    back = request.get_absolute_url()
    if request.state == RequestState.DRAFT:
        back = reverse("fieldvisits:request-edit", args=[request.pk])
    return About(_("Ad-hoc visit"), back, pairs_of(request))


def _of_beside(paper: Product | UnitNotice | ConfirmationRequest) -> About:
    visit = paper.visit
    unit = visit.unit.name_on(visit.starts_on)
    days = date_range(visit.starts_on, visit.ends_on)
    pairs = [
        (_("Cadre"), visit.cadre),
        (_("Host unit"), unit),
        (_("Days"), f"{days}, {visit.get_session_display()}"),
        (_("Kind"), visit.get_kind_display()),
    ]
    if isinstance(paper, Product):
        pairs += [(_("Product"), paper.title), (_("What it says"), paper.summary)]
    else:
        pairs.append((_("Remark of the unit"), paper.remark))
    if isinstance(paper, UnitNotice) and paper.proposed_on:
        pairs.append((_("Day proposed"), date_format(paper.proposed_on)))
    if isinstance(paper, ConfirmationRequest):
        pairs.append((_("Answer of the cadre"), paper.cadre_answer))
    title = f"{capfirst(paper._meta.verbose_name)}: {unit}, {days}"  # noqa: SLF001 -- the documented model API
    return About(title, paper.get_absolute_url(), [pair for pair in pairs if pair[1]])


def _of_dossier(dossier: Dossier) -> About:
    today = timezone.localdate()
    rows = Dossier.objects.filter(pk=dossier.pk).annotate(
        department_name=department_name("department", today)
    )
    name = rows.values_list("department_name", flat=True).get() or _("the Standing Committee")
    pairs = [(_("Department"), name), (_("Dossier"), round_name(dossier.round))]
    if dossier.met_on:
        pairs.append((_("Department meeting"), date_format(dossier.met_on)))
    pairs.append((_("Present"), dossier.present))
    title = _("Department plan, %(quarter)s") % {"quarter": _quarter(dossier)}
    return About(title, dossier.get_absolute_url(), [pair for pair in pairs if pair[1]])
