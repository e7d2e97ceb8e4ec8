"""The one door: every step of every path goes through ``take``.

The only place that writes ``state``. The guard against two people at once is the same
on both databases: compare-and-set on (state, version) inside the transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Body, Office
from accounts.models import Person
from fieldvisits import notices, permissions, workflow
from fieldvisits.actions.freezing import content_hash, content_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from fieldvisits.models import Paper
    from fieldvisits.models.paper import StepFields


class Stale(ValidationError):
    """Somebody moved or changed the paper between reading and writing."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(
            _(
                "Somebody changed this paper meanwhile; it is now “%(state)s”. "
                "Look at it again, then decide."
            )
            % {"state": paper.get_state_display()},
            code="stale",
        )


class Acting(NamedTuple):
    """Who takes a step, and whose right it is if that comes from a delegation (R25)."""

    by: Person | None  # None: the clock
    for_id: int | None
    acts_in: str  # a code of ``Office``, where it is not one's own


@transaction.atomic
def take(
    paper: Paper,
    name: str,
    *,
    by: Person | None,
    comment: str = "",
    version: int | None = None,
    changes: dict[str, Any] | None = None,
) -> StepFields:
    """Take one step of a paper's path; return its row of history. ``by`` None: the clock.

    ``version`` is the version the person saw, if they saw one. ``changes`` are fields
    that the step writes together with the state. Raises ``PermissionDenied`` if this
    person may not, ``ValidationError`` if the step does not exist from here, the
    comment is missing, the content is not ready, or somebody was first (``Stale``).
    Nothing is written in any of these cases.
    """
    step = workflow.PATHS[paper.PATH][name]
    hold(paper)
    if version is not None and version != paper.version:
        raise Stale(paper)
    if paper.state not in step.sources:
        raise ValidationError(
            _("This step is not possible any more: the paper is now “%(state)s”.")
            % {"state": paper.get_state_display()},
            code="moved_on",
        )
    for field, value in (changes or {}).items():
        setattr(paper, field, value)
    if not (verdict := step.who(by, paper)):
        raise PermissionDenied(str(verdict.reason))
    if step.needs_comment and not comment.strip():
        raise ValidationError(_("Give the reason in a sentence."), code="field-comment")
    step.check(paper)
    acts = Acting(by, verdict.on_behalf_of_id, verdict.acts_in)
    return _write(paper, step, acts=acts, comment=comment.strip(), changes=changes or {})


def hold(paper: Paper) -> None:
    """Read the row as it is now; where the database can, nobody else writes it until the
    transaction ends. For actions that change what belongs to a paper without a step of it.

    Locks are taken in one order, so that nobody waits in a circle: sittings, a cadre's turn
    (``keeping.take_turn``), visits, dossiers, plans.
    """
    held = type(paper)._default_manager.select_for_update().get(pk=paper.pk)  # noqa: SLF001 -- the documented name
    for field in paper._meta.concrete_fields:  # noqa: SLF001 -- the documented model API
        setattr(paper, field.attname, getattr(held, field.attname))
    paper.forget()


def _unmoved(paper: Paper) -> QuerySet[Paper]:
    """The row, if nobody has moved it since it was read: the compare of compare-and-set."""
    return type(paper)._default_manager.filter(  # noqa: SLF001 -- the documented name
        pk=paper.pk,
        state=paper.state,
        version=paper.version,
    )


def _write(
    paper: Paper,
    step: workflow.Transition,
    *,
    acts: Acting,
    comment: str,
    changes: dict[str, Any],
) -> StepFields:
    now = timezone.now()
    before = paper.state
    target = step.target or before
    moved = {"state": target, "version": F("version") + 1}
    if target != before:
        moved["moved_at"] = paper.moved_at = now
    if not _unmoved(paper).update(**moved, **changes):
        paper.refresh_from_db()
        raise Stale(paper)
    paper.state, paper.version = target, paper.version + 1
    frozen = ""
    if step.freezes:
        content = content_of(paper)
        frozen = content_hash(content)
        paper.versions.create(
            number=paper.version, content=content, content_hash=frozen, made_at=now
        )
    row: StepFields = paper.steps.create(
        number=paper.version,
        name=step.name,
        before=before,
        after=paper.state,
        **_signature(acts, step),
        at=now,
        comment=comment,
        content_hash=frozen,
    )
    notices.announce(paper, row)
    return row


def _signature(acts: Acting, step: workflow.Transition) -> dict[str, Any]:
    """Both names and both offices, as they are today; the history never asks again."""
    return {
        "by": acts.by,
        "by_name": acts.by.full_name if acts.by else "",
        "office": office_in_words(acts.by, step) if acts.by else "",
        "on_behalf_of_id": acts.for_id,
        "on_behalf_of_name": _name_of(acts.for_id),
        "acted_in": acts.acts_in,
    }


def _name_of(person_id: int | None) -> str:
    if person_id is None:
        return ""
    found: str = Person.objects.values_list("full_name", flat=True).get(pk=person_id)
    return found


def office_in_words(person: Person, step: workflow.Transition) -> str:
    """The office a person holds, as it goes on the record: a code of ``Office``, or of the
    Inspection Committee, whose members and the clerk have their place in a department too.
    """
    offices = person.offices(timezone.localdate())
    if step.who is permissions.inspector:
        return Body.INSPECTION_COMMITTEE
    if step.who is permissions.numbers_notice and offices.is_clerk:
        return Office.CLERK
    return (
        offices.committee_office
        or offices.department_office
        or (Office.ADMINISTRATOR if offices.is_administrator else "")
        or (Office.CLERK if offices.is_clerk else "")
        or (Office.REPRESENTATIVE if offices.unit_ids else "")
    )
