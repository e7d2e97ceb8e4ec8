"""Who is told of an issue, and of what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fieldvisits.notices.telling import tell_step

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models.paper import StepFields
    from reports.models import Issue


def _values(issue: Issue) -> dict[str, object]:
    due_on = f"{issue.due_on:%d/%m/%Y}" if issue.due_on else ""
    return {"title": issue.title, "name": issue.owner, "due": due_on}


def _by_key(person: Person) -> int:
    """Everybody is told in one order, so that two writers wait for each other and no more."""
    return person.pk


def _raised(issue: Issue, step: StepFields) -> None:
    _assigned_to(issue, step)
    subject = _("What you proposed stands in the issue register: “%(title)s”")
    tell_step(issue.raised_by, "decided", issue, step, subject, _values(issue))


def _assigned(issue: Issue, step: StepFields) -> None:
    _assigned_to(issue, step)
    subject = _("Comrade %(name)s answers “%(title)s” by %(due)s")
    if issue.raised_by_id != issue.owner_id:
        tell_step(issue.raised_by, "decided", issue, step, subject, _values(issue))


def _assigned_to(issue: Issue, step: StepFields) -> None:
    if issue.due_on is not None:
        subject = _("An issue waits for your answer by %(due)s: “%(title)s”")
        tell_step(issue.owner, "to_decide", issue, step, subject, _values(issue))


def _answered(issue: Issue, step: StepFields) -> None:
    """To who raised it, and to who put it into the register."""
    subject = _("Comrade %(name)s has answered “%(title)s”")
    opened = issue.steps.filter(name="raise").select_related("by").first()
    reader = opened.by if opened and opened.by else issue.raised_by
    for person in sorted({issue.raised_by, reader}, key=_by_key):
        tell_step(person, "decided", issue, step, subject, _values(issue))


def _closed(issue: Issue, step: StepFields) -> None:
    subject = _("The issue “%(title)s” is closed")
    for person in sorted({issue.raised_by, issue.owner}, key=_by_key):
        tell_step(person, "decided", issue, step, subject, _values(issue))


def _reopened(issue: Issue, step: StepFields) -> None:
    subject = _("The issue “%(title)s” is open again")
    tell_step(issue.owner, "returned", issue, step, subject, _values(issue))


ISSUE = {
    "raise": _raised,
    "assign": _assigned,
    "answer": _answered,
    "close": _closed,
    "reopen": _reopened,
}
