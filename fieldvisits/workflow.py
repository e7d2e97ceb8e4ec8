"""The paths of all papers, one row per step. A step that is not here does not exist.

``direct`` steps have a button; the others follow from a step of another paper and are
taken by its action, through the same door. docs/workflow.md is drawn from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fieldvisits import checks, permissions
from fieldvisits.choices import Confirmation as A  # asked, and answered
from fieldvisits.choices import DossierState as D
from fieldvisits.choices import NoticeState as N
from fieldvisits.choices import PlanState as P
from fieldvisits.choices import ProductState as Owed
from fieldvisits.choices import RequestState as R
from fieldvisits.choices import SittingState as S
from fieldvisits.choices import VisitState as V
from fieldvisits.permissions import people, requests

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
    who: Callable[[Any, Any], Verdict]  # a person, or None for the clock
    check: Callable[[Any], None] = checks.nothing
    needs_comment: bool = False
    asks: StrOrPromise = ""  # what the comment is, where it is no reason
    freezes: bool = False  # the content is frozen with this step
    direct: bool = True
    undone_by: str = ""  # the step by which the same person takes this one back
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
    _step("plan", "submit",   _("Submit"),                 _("Submitted"),              P.DRAFT, P.RETURNED,    target=P.SUBMITTED,  who=permissions.cadre,            check=checks.plan_ready_to_submit, freezes=True, undone_by="withdraw", says=_("The plan goes to your superior. Until it has been looked at you can withdraw it.")),
    _step("plan", "withdraw", _("Withdraw"),               _("Withdrawn"),              P.SUBMITTED,            target=P.DRAFT,      who=permissions.cadre,            says=_("The plan becomes a draft again and can be changed.")),
    _step("plan", "agree",    _("Agree"),                  pgettext_lazy("done", "Agreed to"),              P.SUBMITTED,            target=P.AGREED,     who=permissions.superior_of_plan, undone_by="take_back", says=_("The plan goes into the department's dossier when that is forwarded.")),
    _step("plan", "take_back", _("Take the agreement back"), _("Agreement taken back"), P.AGREED,      target=P.SUBMITTED,  who=permissions.takes_agreement_back, says=_("The plan waits for your decision again; the cadre is told.")),
    _step("plan", "return",   _("Return"),                 pgettext_lazy("done", "Returned"),               P.SUBMITTED, P.AGREED,  target=P.RETURNED,   who=permissions.superior_of_plan, needs_comment=True, says=_("The cadre is told what has to be changed and submits again.")),
    _step("plan", "include",  _("Include in the dossier"), _("Included in the dossier"), P.AGREED,              target=P.IN_DOSSIER, who=permissions.includes_plan,    direct=False),
    _step("plan", "reopen",   _("Take out of the dossier"), _("Out of the dossier again"), P.IN_DOSSIER,        target=P.AGREED,     who=permissions.reopens_plan,     direct=False),
    _step("plan", "settle",   _("Settle"),                 _("Decided by the Standing Committee"), P.IN_DOSSIER, target=P.SETTLED,   who=permissions.settles,          direct=False),
)
DOSSIER = _path(
    _step("dossier", "forward",    _("Forward to Organisation and Inspection"),    _("Forwarded"),                        D.COMPILING,                               target=D.WITH_COORDINATION, who=permissions.head_of_dossier, check=checks.dossier_ready_to_forward, freezes=True, undone_by="recall", says=_("Organisation and Inspection checks that the dossier is complete and puts it before the Standing Committee.")),
    _step("dossier", "recall",     _("Recall"),                                    _("Recalled"),                         D.WITH_COORDINATION,                       target=D.COMPILING,         who=permissions.head_of_dossier, says=_("The dossier comes back to the department; its plans can be returned again.")),
    _step("dossier", "put_before", _("Put before the Standing Committee"),         pgettext_lazy("done", "Put before the Standing Committee"), D.WITH_COORDINATION,                      target=D.BEFORE_COMMITTEE,  who=permissions.coordinator,     undone_by="take_back", says=_("The dossier stands on the agenda of the next sitting.")),
    _step("dossier", "take_back",  pgettext_lazy("dossier", "Take it back from the Standing Committee"), _("Taken back from the Standing Committee"), D.BEFORE_COMMITTEE, target=D.WITH_COORDINATION, who=permissions.takes_dossier_back, says=_("The dossier is with Organisation and Inspection again; its lines leave the agenda.")),
    _step("dossier", "return",     pgettext_lazy("dossier", "Return to the department"), _("Returned to the department"), D.WITH_COORDINATION, D.BEFORE_COMMITTEE,    target=D.COMPILING,         who=permissions.returns_dossier, needs_comment=True, says=_("The head is told what is missing and forwards it again.")),
    _step("dossier", "decide",     pgettext_lazy("dossier", "Decide"),             _("Decided by the Standing Committee"), D.BEFORE_COMMITTEE,                       target=D.DECIDED,           who=permissions.settles,         freezes=True, direct=False),
)
VISIT = _path(
    _step("visit", "approve",   pgettext_lazy("visit", "Approve"),  pgettext_lazy("visit", "Approved"), V.PROPOSED, target=V.APPROVED,  who=requests.decides_visit, freezes=True, direct=False),
    _step("visit", "decline",   pgettext_lazy("visit", "Decline"),  pgettext_lazy("visit", "Declined"), V.PROPOSED, target=V.DECLINED,  who=requests.decides_visit, needs_comment=True, direct=False),
    _step("visit", "withdraw",  _("Withdraw the visit"),     _("Visit withdrawn"),       V.PROPOSED, V.REPORTED, target=V.CANCELLED, who=requests.withdraws_visit, says=_("The visit is struck out; its half-days are free again.")),
    _step("visit", "cancel",    _("Cancel the visit"),       _("Visit cancelled"),       V.APPROVED, target=V.CANCELLED, who=permissions.cadre_or_head,     needs_comment=True, says=_("The visit does not take place; its half-days are free again. This cannot be undone.")),
    _step("visit", "release",   _("Cancel, the cadre has left or is exempted"), _("Cancelled: the cadre has left or is exempted"), V.APPROVED, target=V.CANCELLED, who=people.releases_visit, needs_comment=True, direct=False),
    _step("visit", "report",    _("Report the result"),      _("Result reported"),       V.APPROVED, target=V.REPORTED,  who=people.reports_visit, check=checks.visit_ready_to_report, freezes=True, undone_by="take_back", says=_("The result goes to your superior.")),
    _step("visit", "take_back", _("Take the report back"),   _("Report taken back"),     V.REPORTED, target=V.APPROVED,  who=permissions.takes_report_back, says=_("Days and unit are again those approved; what you wrote is kept for the next report. Your superior is told.")),
    _step("visit", "log",       _("Log the attendance"),     _("Attendance logged"),     V.PROPOSED, target=V.REPORTED,  who=requests.logs_attendance,      check=checks.attendance_ready_to_log, freezes=True, direct=False),
    _step("visit", "replace",   _("Replace the visit"),      _("Replaced by an ad-hoc visit"), V.APPROVED, target=V.CANCELLED, who=requests.replaces_visit, needs_comment=True, direct=False),
    _step("visit", "accept",    _("Accept the result"),      _("Result accepted"),       V.REPORTED, target=V.ACCEPTED,  who=permissions.superior_of_visit, says=_("The days count in the official total; those of a thematic visit once its product is accepted.")),
    _step("visit", "send_back", _("Send back"),              _("Sent back"),             V.REPORTED, target=V.APPROVED,  who=requests.sends_back,           needs_comment=True, says=_("The cadre is told what is missing and reports again.")),
    _step("visit", "reopen",    _("Reopen"),                 _("Reopened"),              V.ACCEPTED, target=V.REPORTED,  who=permissions.superior_of_visit, needs_comment=True, says=_("The days leave the official total until the result is accepted again.")),
    _step("visit", "amend",     _("Amend the visit"),        _("Visit amended"),         V.APPROVED, target="",          who=permissions.superior_of_visit, needs_comment=True, check=checks.visit_ready_to_amend, freezes=True, says=_("The cadre is told what it was and what it is now.")),
    _step("visit", "reclassify", _("Change the kind"),       _("Kind changed"),          V.PROPOSED, V.APPROVED, V.REPORTED, V.ACCEPTED, target="", who=permissions.reclassifies, needs_comment=True, check=checks.visit_ready_to_reclassify, freezes=True, says=_("The days are counted by the new kind from now on; cadre and head are told.")),
)
SITTING = _path(
    _step("sitting", "close", _("Close the sitting"), _("Closed"), S.OPEN, target=S.CLOSED, who=permissions.chair_of_sitting, check=checks.sitting_ready_to_close, freezes=True, says=_("Every decision takes effect and everybody concerned is told. Afterwards only a later sitting corrects.")),
    _step("sitting", "number", _("Number the notice"), _("Notice numbered"), S.CLOSED, target="", who=permissions.numbers_notice, check=checks.notice_has_its_number, freezes=True, says=_("The notice carries this number from now on; it is not changed afterwards.")),
)
REQUEST = _path(
    _step("request", "request",  _("Send the request"),                   _("Requested"),  R.DRAFT,                          target=R.REQUESTED, who=requests.asks,            check=checks.request_ready, freezes=True, undone_by="withdraw", says=_("The request goes to your superior, then to the Standing Committee. Until it is endorsed you can take it back.")),
    _step("request", "endorse",  _("Endorse"),                            _("Endorsed"),   R.REQUESTED,                      target=R.ENDORSED,  who=requests.endorses,        needs_comment=True, asks=_("Your report to the Standing Committee"), freezes=True, undone_by="take_back", says=_("The Secretary or the member in charge decides, or the next sitting.")),
    _step("request", "take_back", _("Take the endorsement back"),         _("Endorsement taken back"), R.ENDORSED,          target=R.REQUESTED, who=requests.takes_endorsement_back, says=_("The request waits for your word again; the Standing Committee no longer has it.")),
    _step("request", "approve",  pgettext_lazy("visit", "Approve"),       pgettext_lazy("visit", "Approved"), R.ENDORSED, target=R.APPROVED,  who=requests.decides_request, freezes=True, says=_("The visit is approved at once. The decision is reported to the next sitting and stands in its notice.")),
    _step("request", "decline",  pgettext_lazy("visit", "Decline"),       pgettext_lazy("visit", "Declined"), R.ENDORSED, target=R.DECLINED,  who=requests.decides_request, needs_comment=True, freezes=True, says=_("The visit does not take place as an official one; its half-days are free again. The decision is reported to the next sitting.")),
    _step("request", "return",   _("Return"),                             pgettext_lazy("done", "Returned"),   R.REQUESTED, R.ENDORSED,          target=R.DRAFT,     who=requests.returns_request, needs_comment=True, says=_("The cadre is told what has to be changed and sends the request again.")),
    _step("request", "withdraw", pgettext_lazy("request", "Take the request back"), _("Taken back by the cadre"), R.REQUESTED,   target=R.DRAFT,     who=requests.asks,            says=_("The request becomes a draft again: change it and send it anew. Its half-days stay taken.")),
    _step("request", "cancel",   pgettext_lazy("request", "Give the request up"), _("Given up"), R.DRAFT, R.REQUESTED, R.ENDORSED, target=R.CANCELLED, who=requests.asks,      says=_("The visit is struck out; its half-days are free again.")),
)
PRODUCT = _path(
    _step("product", "submit",   _("Hand in the product"),   _("Product handed in"),  Owed.OWED,      target=Owed.SUBMITTED, who=permissions.cadre_of_visit,      check=checks.product_ready_to_submit, freezes=True, undone_by="withdraw", says=_("The product goes to your superior. Until it has been looked at you can take it back.")),
    _step("product", "withdraw", _("Take the product back"), _("Product taken back"), Owed.SUBMITTED, target=Owed.OWED,      who=permissions.cadre_of_visit,      says=_("You can change it and hand it in again.")),
    _step("product", "accept",   _("Accept the product"),    _("Product accepted"),   Owed.SUBMITTED, target=Owed.ACCEPTED,  who=permissions.superior_of_product, says=_("The days of the visit count for good once its result has been accepted too. The agency can read the product.")),
    _step("product", "return",   _("Return the product"),    _("Product returned"),   Owed.SUBMITTED, target=Owed.OWED,      who=permissions.superior_of_product, needs_comment=True, says=_("The cadre is told what has to be changed and hands it in again.")),
    _step("product", "lapse",    _("Owe no product"),        _("No product owed any more"), Owed.OWED, target=Owed.NONE,    who=permissions.follows_visit, direct=False),
    _step("product", "owe",      _("Owe a product"),         _("Product owed"),          Owed.NONE, target=Owed.OWED,       who=permissions.follows_visit, direct=False),
)
TOLD_HEAD = _("Thank you. The head of the department has been told.")
UNIT_NOTICE = _path(
    _step("unit_notice", "accept",    _("We receive the visit"),    _("The unit receives the visit"),           N.SENT,                            target=N.ACCEPTED,  who=permissions.represents,        undone_by="take_back", says=TOLD_HEAD, direct=False),
    _step("unit_notice", "other_day", _("We propose another day"),  _("The unit proposes another day"),         N.SENT,                            target=N.OTHER_DAY, who=permissions.represents,        check=checks.other_day_is_named, undone_by="take_back", says=TOLD_HEAD, direct=False),
    _step("unit_notice", "cannot",    _("We cannot receive it"),    _("The unit cannot receive the visit"),     N.SENT,                            target=N.CANNOT,    who=permissions.represents,        needs_comment=True, undone_by="take_back", says=TOLD_HEAD, direct=False),
    _step("unit_notice", "take_back", _("Change the answer"),       _("Answer taken back"),                     N.ACCEPTED, N.OTHER_DAY, N.CANNOT, target=N.SENT,      who=permissions.represents,        says=_("The notice waits for your answer again; until the head has settled it you can answer anew.")),
    _step("unit_notice", "settle",    _("Settled with the unit"),   pgettext_lazy("unit notice", "Settled"),    N.ACCEPTED, N.OTHER_DAY, N.CANNOT, target=N.SETTLED,   who=permissions.coordinates_visit, says=_("The unit is told. If the day changes, change the visit itself; the same unit in the same quarter needs no new decision.")),
    _step("unit_notice", "lapse",     pgettext_lazy("unit notice", "Lapse"), _("The notice no longer applies"), N.SENT, N.ACCEPTED, N.OTHER_DAY, N.CANNOT, target=N.SETTLED, who=permissions.follows_visit, direct=False),
)
TOLD_UBKT = _("Thank you. The Inspection Committee has been told.")
CONFIRMATION = _path(
    _step("confirmation", "ask",       _("Ask the unit"),      _("The unit was asked"),              A.NONE,             target=A.ASKED,     who=permissions.inspector,      check=checks.visit_may_be_asked_about, direct=False),
    _step("confirmation", "confirm",   _("Confirm"),           _("Confirmed by the unit"),           A.ASKED, A.EXPIRED, target=A.CONFIRMED, who=permissions.represents,     check=checks.is_latest_request, undone_by="answer_anew", says=TOLD_UBKT, direct=False),
    _step("confirmation", "correct",   _("Correct"),           _("Corrected by the unit"),           A.ASKED, A.EXPIRED, target=A.CORRECTED, who=permissions.represents,     check=checks.correction_is_named, undone_by="answer_anew", says=TOLD_UBKT, direct=False),
    _step("confirmation", "dispute",   _("Say no"),            _("The unit says no"),                A.ASKED, A.EXPIRED, target=A.DISPUTED,  who=permissions.represents,     check=checks.is_latest_request, needs_comment=True, undone_by="answer_anew", says=TOLD_UBKT, direct=False),
    _step("confirmation", "answer_anew", _("Change the answer"), _("Answer taken back"),            A.CONFIRMED, A.CORRECTED, A.DISPUTED, target=A.ASKED, who=permissions.takes_answer_back, says=_("The request waits for your answer again; whoever was told of the first one is told.")),
    _step("confirmation", "expire",    _("Let expire"),        _("No answer by the due day"),        A.ASKED,            target=A.EXPIRED,   who=permissions.the_clock,      direct=False),
    _step("confirmation", "take_back", pgettext_lazy("confirmation", "Take the request back"), _("Taken back by the Inspection Committee"), A.ASKED, A.EXPIRED, target=A.NONE, who=permissions.inspector, says=_("The unit is told that nothing more is asked. You can ask again later.")),
    _step("confirmation", "pass_on",   _("Pass on to the unit that took over"), _("Passed on to the unit that took over"), A.ASKED, target=A.ASKED, who=permissions.the_clock, direct=False),
    _step("confirmation", "lapse",     pgettext_lazy("confirmation", "Lapse"), _("Nothing more is asked: the visit was cancelled"), A.ASKED, A.EXPIRED, A.DISPUTED, target=A.NONE, who=permissions.follows_visit, direct=False),
    _step("confirmation", "reply",     _("Answer in writing"), _("Answer of the cadre"),             A.DISPUTED,         target="",          who=permissions.cadre_of_visit, needs_comment=True, says=TOLD_UBKT, direct=False),
    _step("confirmation", "uphold",    _("Uphold the “no”"),   _("The “no” was upheld"),             A.DISPUTED,         target=A.DENIED,    who=permissions.inspector,      check=checks.dispute_may_be_upheld, says=_("The days of the visit leave every total; the cadre and the head are told.")),
    _step("confirmation", "set_aside", _("Set the “no” aside"), _("The “no” was set aside"),         A.DISPUTED,         target=A.CONFIRMED, who=permissions.inspector,      needs_comment=True, says=_("The visit stands as confirmed; the unit, the cadre and the head are told why.")),
)
# fmt: on

PATHS: dict[str, dict[str, Transition]] = {
    "plan": PLAN,
    "dossier": DOSSIER,
    "visit": VISIT,
    "sitting": SITTING,
    "request": REQUEST,
    "product": PRODUCT,
    "unit_notice": UNIT_NOTICE,
    "confirmation": CONFIRMATION,
}
INITIAL: dict[str, str] = {
    "plan": P.DRAFT,
    "dossier": D.COMPILING,
    "visit": V.PROPOSED,
    "sitting": S.OPEN,
    "request": R.DRAFT,
    "product": Owed.OWED,
    "unit_notice": N.SENT,
    "confirmation": A.NONE,
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
