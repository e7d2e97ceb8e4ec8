"""The paths of all papers, one row per step. A step that is not here does not exist.

``direct`` steps have a button; the others follow from a step of another paper and are
taken by its action, through the same door. docs/workflow.md is drawn from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fieldvisits import checks, permissions, permissions_people
from fieldvisits.choices import DossierState as D
from fieldvisits.choices import PlanState as P
from fieldvisits.choices import SittingState as S
from fieldvisits.choices import VisitState as V

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from accounts.models import Person
    from accounts.permissions import Verdict
    from fieldvisits.models import Paper


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    path: str
    name: str
    label: StrOrPromise  # the button
    told: StrOrPromise  # the same in the history, as done
    sources: frozenset[str]
    target: str  # "" for a step that leaves the state as it is
    who: Callable[[Person, Any], Verdict]
    check: Callable[[Any], None] = checks.nothing
    needs_comment: bool = False
    freezes: bool = False  # the content is frozen with this step
    direct: bool = True
    says: StrOrPromise = ""  # what happens next, on the page that asks to confirm


def _path(*steps: Transition) -> dict[str, Transition]:
    return {step.name: step for step in steps}


def _step(
    path: str,
    name: str,
    label: StrOrPromise,
    told: StrOrPromise,
    *sources: str,
    target: str,
    **rules: Any,
) -> Transition:
    return Transition(
        path=path,
        name=name,
        label=label,
        told=told,
        sources=frozenset(sources),
        target=target,
        **rules,
    )


# fmt: off
# ruff: noqa: E501 -- it is a table
PLAN = _path(
    _step("plan", "submit",   _("Submit"),                 _("Submitted"),              P.DRAFT, P.RETURNED,    target=P.SUBMITTED,  who=permissions.cadre,            check=checks.plan_ready_to_submit, freezes=True, says=_("The plan goes to your superior. Until it has been looked at you can withdraw it.")),
    _step("plan", "withdraw", _("Withdraw"),               _("Withdrawn"),              P.SUBMITTED,            target=P.DRAFT,      who=permissions.cadre,            says=_("The plan becomes a draft again and can be changed.")),
    _step("plan", "agree",    _("Agree"),                  _("Agreed to"),              P.SUBMITTED,            target=P.AGREED,     who=permissions.superior_of_plan, says=_("The plan goes into the department's dossier when that is forwarded.")),
    _step("plan", "return",   _("Return"),                 _("Returned"),               P.SUBMITTED, P.AGREED,  target=P.RETURNED,   who=permissions.superior_of_plan, needs_comment=True, says=_("The cadre is told what has to be changed and submits again.")),
    _step("plan", "include",  _("Include in the dossier"), _("Included in the dossier"), P.AGREED,              target=P.IN_DOSSIER, who=permissions.includes_plan,    direct=False),
    _step("plan", "reopen",   _("Take out of the dossier"), _("Out of the dossier again"), P.IN_DOSSIER,        target=P.AGREED,     who=permissions.reopens_plan,     direct=False),
    _step("plan", "settle",   _("Settle"),                 _("Decided by the Standing Committee"), P.IN_DOSSIER, target=P.SETTLED,   who=permissions.settles,          direct=False),
)
DOSSIER = _path(
    _step("dossier", "forward",    _("Forward to Organisation and Inspection"),    _("Forwarded"),                        D.COMPILING,                               target=D.WITH_COORDINATION, who=permissions.head_of_dossier, check=checks.dossier_ready_to_forward, freezes=True, says=_("Organisation and Inspection checks that the dossier is complete and puts it before the Standing Committee.")),
    _step("dossier", "recall",     _("Recall"),                                    _("Recalled"),                         D.WITH_COORDINATION,                       target=D.COMPILING,         who=permissions.head_of_dossier, says=_("The dossier comes back to the department; its plans can be returned again.")),
    _step("dossier", "put_before", _("Put before the Standing Committee"),         _("Put before the Standing Committee"), D.WITH_COORDINATION,                      target=D.BEFORE_COMMITTEE,  who=permissions.coordinator,     says=_("The dossier stands on the agenda of the next sitting.")),
    _step("dossier", "return",     pgettext_lazy("dossier", "Return to the department"), _("Returned to the department"), D.WITH_COORDINATION, D.BEFORE_COMMITTEE,    target=D.COMPILING,         who=permissions.returns_dossier, needs_comment=True, says=_("The head is told what is missing and forwards it again.")),
    _step("dossier", "decide",     pgettext_lazy("dossier", "Decide"),             _("Decided by the Standing Committee"), D.BEFORE_COMMITTEE,                       target=D.DECIDED,           who=permissions.settles,         freezes=True, direct=False),
)
VISIT = _path(
    _step("visit", "approve",   pgettext_lazy("visit", "Approve"),  pgettext_lazy("visit", "Approved"), V.PROPOSED, target=V.APPROVED,  who=permissions.decided_in_sitting, freezes=True, direct=False),
    _step("visit", "decline",   pgettext_lazy("visit", "Decline"),  pgettext_lazy("visit", "Declined"), V.PROPOSED, target=V.DECLINED,  who=permissions.decided_in_sitting, needs_comment=True, direct=False),
    _step("visit", "withdraw",  _("Withdraw the visit"),     _("Visit withdrawn"),       V.PROPOSED, target=V.CANCELLED, who=permissions.cadre,             says=_("The visit is struck out; its half-days are free again.")),
    _step("visit", "cancel",    _("Cancel the visit"),       _("Visit cancelled"),       V.APPROVED, target=V.CANCELLED, who=permissions.cadre_or_head,     needs_comment=True, says=_("The visit does not take place; its half-days are free again. This cannot be undone.")),
    _step("visit", "release",   _("Cancel, the cadre has left or is exempted"), _("Cancelled: the cadre has left or is exempted"), V.APPROVED, target=V.CANCELLED, who=permissions_people.releases_visit, needs_comment=True, direct=False),
    _step("visit", "report",    _("Report the result"),      _("Result reported"),       V.APPROVED, target=V.REPORTED,  who=permissions_people.reports_visit, check=checks.visit_ready_to_report, freezes=True, says=_("The result goes to your superior.")),
    _step("visit", "accept",    _("Accept the result"),      _("Result accepted"),       V.REPORTED, target=V.ACCEPTED,  who=permissions.superior_of_visit, says=_("The days count in the official total; those of a thematic visit once its product is accepted.")),
    _step("visit", "send_back", _("Send back"),              _("Sent back"),             V.REPORTED, target=V.APPROVED,  who=permissions.superior_of_visit, needs_comment=True, says=_("The cadre is told what is missing and reports again.")),
    _step("visit", "reopen",    _("Reopen"),                 _("Reopened"),              V.ACCEPTED, target=V.REPORTED,  who=permissions.superior_of_visit, needs_comment=True, says=_("The days leave the official total until the result is accepted again.")),
)
SITTING = _path(
    _step("sitting", "close", _("Close the sitting"), _("Closed"), S.OPEN, target=S.CLOSED, who=permissions.chair_of_sitting, check=checks.sitting_ready_to_close, freezes=True, says=_("Every decision takes effect, the notice gets its number, and everybody concerned is told. Afterwards only a later sitting corrects.")),
)
# fmt: on

PATHS: dict[str, dict[str, Transition]] = {
    "plan": PLAN,
    "dossier": DOSSIER,
    "visit": VISIT,
    "sitting": SITTING,
}
INITIAL: dict[str, str] = {
    "plan": P.DRAFT,
    "dossier": D.COMPILING,
    "visit": V.PROPOSED,
    "sitting": S.OPEN,
}
# Rows of history that are no step of the path.
EVENTS = {"imported": _("Taken over from earlier records")}


def open_to(by: Person, paper: Paper) -> list[Transition]:
    """The steps this person may take on this paper now: its buttons."""
    return [
        step
        for step in PATHS[paper.PATH].values()
        if step.direct and paper.state in step.sources and step.who(by, paper)
    ]


def told(path: str, name: str) -> StrOrPromise:
    """How a row of history is told: "Submitted", "Returned" …"""
    step = PATHS[path].get(name)
    return step.told if step else EVENTS.get(name, name)
