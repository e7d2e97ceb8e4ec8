"""The paths of what is reported, in the shape of ``fieldvisits.workflow``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fieldvisits.workflow import Transition
from reports import checks, permissions
from reports.choices import AnnualState as Y
from reports.choices import IssueState as I
from reports.choices import QuarterlyState as Q
from reports.choices import WeeklyState as W


def _path(path: str, *rows: tuple[Any, ...]) -> dict[str, Transition]:
    return {
        name: Transition(
            path=path, name=name, label=label, told=told, sources=frozenset(sources),
            target=target, **rules,
        )
        for name, label, told, sources, target, rules in rows
    }  # fmt: skip


# fmt: off
# ruff: noqa: E501 -- it is a table
WEEKLY = _path(
    "weekly_report",
    ("submit",      pgettext_lazy("report", "Submit"),   _("Submitted"),    [W.DRAFT],     W.SUBMITTED,    {"who": permissions.writer, "check": checks.weekly_ready_to_submit, "freezes": True, "undone_by": "withdraw", "says": _("The report goes to your superior. Until it has been read you can withdraw it; the first submission decides whether it was on time.")}),
    ("withdraw",    _("Withdraw"),                       _("Withdrawn"),    [W.SUBMITTED], W.DRAFT,        {"who": permissions.writer, "says": _("The report becomes a draft again and can be changed.")}),
    ("acknowledge", _("Acknowledge"),                    _("Acknowledged"), [W.SUBMITTED], W.ACKNOWLEDGED, {"who": permissions.superior_of_report, "says": _("The cadre sees that you have read it. What it proposes goes into the issue register, with you as owner until you name another.")}),
)
QUARTERLY = _path(
    "quarterly_report",
    ("submit",   pgettext_lazy("report", "Submit"), _("Submitted"), [Q.DRAFT, Q.RETURNED], Q.SUBMITTED, {"who": permissions.writer, "check": checks.quarterly_ready_to_submit, "freezes": True, "undone_by": "withdraw", "says": _("The report goes to your superior with its numbers as they are now. Until it has been looked at you can withdraw it.")}),
    ("withdraw", _("Withdraw"),                     _("Withdrawn"), [Q.SUBMITTED],         Q.DRAFT,     {"who": permissions.writer, "says": _("The report becomes a draft again and can be changed.")}),
    ("accept",   pgettext_lazy("report", "Accept"), pgettext_lazy("report", "Accepted"),  [Q.SUBMITTED],         Q.ACCEPTED,  {"who": permissions.superior_of_report, "says": _("The quarter is closed with these numbers. What it proposes goes into the issue register, with you as owner until you name another.")}),
    ("return",   pgettext_lazy("report", "Return"), pgettext_lazy("done", "Returned"),  [Q.SUBMITTED],         Q.RETURNED,  {"who": permissions.superior_of_report, "needs_comment": True, "says": _("The cadre is told what is missing and submits again.")}),
)
ANNUAL = _path(
    "annual_report",
    ("submit",     pgettext_lazy("report", "Submit"),        _("Submitted"),   [Y.COMPILING],         Y.WITH_COORDINATION, {"who": permissions.head_of_annual, "check": checks.annual_ready_to_submit, "freezes": True, "undone_by": "recall", "says": _("The report goes to Organisation and Inspection with the figures of the department as they are now. Until it has been put forward you can recall it; the first submission decides whether it was on time.")}),
    ("recall",     pgettext_lazy("report", "Recall"),        pgettext_lazy("report", "Recalled"),    [Y.WITH_COORDINATION], Y.COMPILING,         {"who": permissions.head_of_annual, "says": _("The report comes back to the department and can be changed; the day of the first submission stays.")}),
    ("put_before", _("Put before the Standing Committee"),   pgettext_lazy("done", "Put before the Standing Committee"), [Y.WITH_COORDINATION], Y.BEFORE_COMMITTEE, {"who": permissions.relays_annual, "undone_by": "take_back", "says": _("The members of the Standing Committee can read it; one of them receives it.")}),
    ("take_back",  pgettext_lazy("dossier", "Take it back from the Standing Committee"), _("Taken back from the Standing Committee"), [Y.BEFORE_COMMITTEE], Y.WITH_COORDINATION, {"who": permissions.relays_annual, "says": _("The report is with Organisation and Inspection again.")}),
    ("return",     pgettext_lazy("dossier", "Return to the department"), _("Returned to the department"), [Y.WITH_COORDINATION, Y.BEFORE_COMMITTEE], Y.COMPILING, {"who": permissions.returns_annual, "needs_comment": True, "says": _("The head is told what is missing and submits again; the mark of on time or late stays as it is.")}),
    ("receive",    pgettext_lazy("report", "Receive"),       pgettext_lazy("report", "Received"),    [Y.BEFORE_COMMITTEE],  Y.RECEIVED, {"who": permissions.receives_annual, "says": _("The year is closed with these figures. What changes afterwards goes into an addendum.")}),
    ("addendum",   _("Draw up an addendum"),                 _("Addendum drawn up"), [Y.RECEIVED], "",                      {"who": permissions.head_of_annual, "freezes": True, "says": _("The figures as they are now are kept beside those of the report, which stay. Organisation and Inspection and the Standing Committee are told.")}),
)
ISSUE = _path(
    "issue",
    ("raise",  _("Put into the register"),        pgettext_lazy("done", "Put into the register"),    [I.OPEN],     "",         {"who": permissions.opens_issue, "check": checks.issue_is_new, "direct": False}),
    ("assign", _("Name the owner and the day"),   _("Owner and day named"),      [I.OPEN],     "",         {"who": permissions.leads_issue, "check": checks.issue_ready_to_assign, "says": _("The owner and who raised it are told.")}),
    ("answer", pgettext_lazy("issue", "Answer"),  pgettext_lazy("issue", "Answered"), [I.OPEN], I.ANSWERED, {"who": permissions.answers_issue, "needs_comment": True, "asks": _("The answer"), "freezes": True, "says": _("Who raised it is told, and the head; one of them closes it or opens it again.")}),
    ("close",  pgettext_lazy("issue", "Close"),   pgettext_lazy("issue", "Closed"), [I.ANSWERED], I.CLOSED, {"who": permissions.closes_issue, "says": _("The answer stands; the owner is told.")}),
    ("reopen", pgettext_lazy("issue", "Open again"), _("Opened again"),          [I.ANSWERED, I.CLOSED], I.OPEN, {"who": permissions.reopens_issue, "needs_comment": True, "says": _("The owner is told what is still missing and answers again.")}),
)
# fmt: on
# Who may, in the words of docs/workflow.md.
WHO = {
    "writer": "the cadre",
    "superior_of_report": "the superior (R17)",
    "head_of_annual": "the head",
    "relays_annual": "TCKT, also of its own",
    "returns_annual": "TCKT; before the committee: a member",
    "receives_annual": "a member of the Standing Committee, never of the own department",
    "opens_issue": "the superior who reads the report (R17), or by *acknowledge* or *accept* of it",
    "leads_issue": "the head, the Standing Committee",
    "answers_issue": "the owner",
    "closes_issue": "who raised it, the head, the Standing Committee; not the owner",
    "reopens_issue": "who raised it, the head, the Standing Committee",
}
