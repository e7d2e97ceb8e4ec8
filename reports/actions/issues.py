"""The issue register: raising, owning, answering, closing (R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.text import search_text
from fieldvisits.actions.door import hold, take
from reports import permissions
from reports.models import Issue
from reports.models.report import WITH_WRITER

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from fieldvisits.models.paper import StepFields

# What people write where they propose nothing; compared without case, marks and full stops.
NOTHING = {"khong", "khong co", "khong co de xuat", "khong de xuat", "khong co gi", "none", "no"}


@transaction.atomic
def open_issue(report: Any, *, by: Person, text: str, owner: Person, due_on: date | None) -> Issue:
    """Put one proposal of a report into the register, as its reader.

    Sent twice, it is one issue. Raises ``PermissionDenied`` for anybody but the superior,
    ``ValidationError`` if the report is with its writer or no day from today on is named.
    """
    hold(report)
    if not (verdict := permissions.superior_of_report(by, report)):
        raise PermissionDenied(str(verdict.reason))
    if report.state in WITH_WRITER:
        raise ValidationError(_("The report is with its writer."), code="moved_on")
    if due_on is None:
        raise ValidationError(_("Name a day from today on."), code="field-due_on")
    same = report.issues.filter(text=text, owner=owner, due_on=due_on).first()
    return same or _put(report, by=by, text=text, owner=owner, due_on=due_on)


def follow_up(report: Any, *, by: Person) -> Issue | None:
    """Put what a report proposes into the register as it is read; nothing is lost (R12).

    As one issue with the reader as owner, without a day yet; nothing where the reader has
    raised it already, or where nothing is proposed.
    """
    text = report.proposals.strip()
    if not text or search_text(text).strip(" .-") in NOTHING or report.issues.exists():
        return None
    return _put(report, by=by, text=text, owner=by, due_on=None)


def _put(report: Any, *, by: Person, text: str, owner: Person, due_on: date | None) -> Issue:
    now = timezone.now()
    issue = Issue(
        **{report.PATH: report},
        text=text,
        raised_by=report.person,
        raised_at=now,
        moved_at=now,
        department_id=report.department_then(),
        owner=owner,
        due_on=due_on,
    )
    issue.save(force_insert=True)
    take(issue, "raise", by=by)
    return issue


def assign(
    issue: Issue, *, by: Person, owner: Person, due_on: date | None, version: int | None = None
) -> StepFields:
    """Say who answers it and by when."""
    changes = {"owner": owner, "due_on": due_on}
    return take(issue, "assign", by=by, version=version, changes=changes)


def answer(
    issue: Issue, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    said = {"answer": comment.strip()}
    return take(issue, "answer", by=by, version=version, comment=comment, changes=said)


def close(issue: Issue, *, by: Person, version: int | None = None, comment: str = "") -> StepFields:
    return take(issue, "close", by=by, version=version, comment=comment)


def reopen(
    issue: Issue, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return take(issue, "reopen", by=by, version=version, comment=comment)
