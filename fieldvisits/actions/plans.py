"""Plans: opening one, its rows, and the steps of its path."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superior
from fieldvisits import checks
from fieldvisits.actions.bulk import one_by_one
from fieldvisits.actions.codes import next_visit_code
from fieldvisits.actions.door import Stale, hold, take
from fieldvisits.choices import Origin, VisitKind
from fieldvisits.ledger import keeping
from fieldvisits.models import Plan, Visit

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.calendar import Quarter
    from fieldvisits.models.paper import StepFields

# The fields of a planned visit that its cadre writes.
WRITTEN = (
    "unit", "starts_on", "ends_on", "session", "shared", "kind", "content", "expected_result",
    "role", "inspection_body", "inspection_programme", "activity", "team",
)  # fmt: skip
# A team is formed anew; the days, and what goes on then, are those of the new quarter.
NOT_COPIED = ("starts_on", "ends_on", "activity", "team")


@transaction.atomic
def open_plan(*, by: Person, quarter: Quarter) -> Plan:
    """Return the plan of ``by`` for ``quarter``, begun if there was none.

    Pressing twice, or a retry, gives the same plan (B4). Raises ``PermissionDenied``
    if the person files no plans.
    """
    own = Plan.objects.own().for_quarter(quarter).filter(cadre=by)
    if plan := own.first():
        return plan
    offices = by.offices(timezone.localdate())
    if not by.in_scope or not (offices.department_id or offices.is_on_committee):
        raise PermissionDenied(_("You are not among those who file plans of field visits."))
    try:
        with transaction.atomic():
            return Plan.objects.create(
                cadre=by,
                department_id=offices.department_id,
                year=quarter.year,
                quarter_number=quarter.number,
                moved_at=timezone.now(),
            )
    except IntegrityError:  # somebody pressed twice: the other press was first
        return own.get()


def _require_open(plan: Plan, by: Person) -> None:
    if plan.cadre_id != by.pk:
        raise PermissionDenied(_("Only the cadre whose plan it is may change it."))
    if not plan.is_with_cadre or plan.is_carrier:
        raise ValidationError(
            _("The plan has been sent off; withdraw it, or ask for it back, to change it."),
            code="moved_on",
        )


def raise_by_field(problems: list[checks.Problem]) -> None:
    """Raise ``ValidationError`` with each problem at its field, if there is any."""
    if problems:
        found: dict[str, list[str]] = {}
        for problem in problems:
            found.setdefault(problem.field or NON_FIELD_ERRORS, []).append(problem.message)
        raise ValidationError(found)


def let_go_of_activity(visit: Visit) -> None:
    """Only a joint activity belongs to one of the programme (R23)."""
    if visit.kind != VisitKind.JOINT_ACTIVITY:
        visit.activity = None


@transaction.atomic
def save_visit(
    visit: Visit, *, plan: Plan, by: Person, revision: int | None = None, once: bool = False
) -> Visit:
    """Write one row of a plan: a new one, or a changed one.

    ``visit`` carries what was typed; ``revision`` is the one of the row the person saw.
    Raises ``ValidationError`` with all problems by field, or if the row was changed
    elsewhere meanwhile. The half-days are booked in the same transaction.
    ``once``: the same new row sent again (a double press, a retry) is written once (B4).
    """
    keeping.take_turn([plan.cadre_id])
    hold(plan)  # a plan that is being submitted takes no more rows
    _require_open(plan, by)
    let_go_of_activity(visit)
    if once and visit.pk is None and (same := _same_row(visit, plan)):
        return same
    visit.plan, visit.cadre, visit.origin = plan, plan.cadre, Origin.PLAN
    problems = checks.visit_problems(visit, plan.quarter) + checks.slot_problems(visit)
    raise_by_field([*problems, *checks.attachment_problems(visit)])
    if visit.pk is None:
        visit.code = next_visit_code(visit.starts_on.year)
        visit.save(force_insert=True)
    else:
        _overwrite(visit, plan, revision)
    keeping.book([visit])
    return visit


def _same_row(visit: Visit, plan: Plan) -> Visit | None:
    written = {name: getattr(visit, name) for name in WRITTEN}
    return plan.visits.live().filter(**written).first()


def _overwrite(visit: Visit, plan: Plan, revision: int | None) -> None:
    stored = plan.visits.live().filter(pk=visit.pk).first()
    if stored is None:
        raise ValidationError(_("This row has been deleted meanwhile."), code="stale")
    if revision is not None and revision != stored.revision:
        raise ValidationError(
            _(
                "This row was changed elsewhere meanwhile. What you typed is still here; "
                "compare it with the row, then save again."
            ),
            code="stale",
        )
    moved = (stored.starts_on, stored.ends_on) != (visit.starts_on, visit.ends_on)
    visit.registered_on = None if moved else stored.registered_on
    values = {name: getattr(visit, name) for name in WRITTEN}
    rows = Visit.objects.filter(pk=visit.pk, revision=stored.revision, state=stored.state)
    if not rows.update(**values, registered_on=visit.registered_on, revision=F("revision") + 1):
        raise Stale(plan)
    visit.revision = stored.revision + 1


@transaction.atomic
def remove_visit(visit: Visit, *, by: Person) -> None:
    """Take a row out of a plan that is still with its cadre.

    A row that was never sent off is deleted; one with a history is cancelled.
    """
    plan = visit.plan
    if plan is None:
        raise ValidationError(_("This visit is not a row of a plan."))
    keeping.take_turn([visit.cadre_id])
    hold(plan)
    _require_open(plan, by)
    if visit.steps.exists() or visit.agenda_lines.exists() or visit.registered_on is not None:
        take(visit, "withdraw", by=by)
        keeping.book([visit])
    else:
        keeping.strike(visit)
        visit.delete()


@transaction.atomic
def copy_visits(plan: Plan, *, source: Plan, by: Person) -> tuple[list[Visit], list[str]]:
    """Copy the rows of an earlier plan, 13 weeks on; return the new rows and what was left out."""
    _require_open(plan, by)
    shift = plan.quarter.first_day - source.quarter.first_day
    shift -= shift % timedelta(days=7)
    made, left = [], []
    for row in source.visits.live().in_order().select_related("unit"):
        copy = Visit(**{name: getattr(row, name) for name in WRITTEN if name not in NOT_COPIED})
        copy.starts_on, copy.ends_on = row.starts_on + shift, row.ends_on + shift
        try:
            with transaction.atomic():
                made.append(save_visit(copy, plan=plan, by=by))
        except ValidationError as error:
            left.append(f"{row.unit.name_on(row.starts_on)}: {' '.join(error.messages)}")
    return made, left


def preview_copy(plan: Plan, *, source: Plan, by: Person) -> tuple[list[Visit], list[str]]:
    """What ``copy_visits`` would give, with the same checks; nothing is kept."""
    with transaction.atomic():
        result = copy_visits(plan, source=source, by=by)
        transaction.set_rollback(True)
    return result


@transaction.atomic
def submit(plan: Plan, *, by: Person, version: int | None = None, comment: str = "") -> StepFields:
    """Send a plan to the superior; its content is frozen (R5)."""
    today, now = timezone.localdate(), timezone.now()
    found = superior(plan.cadre, today, department_id=plan.department_id)
    changes = {"superior": found, "first_submitted_at": plan.first_submitted_at or now}
    step = take(plan, "submit", by=by, version=version, comment=comment, changes=changes)
    plan.visits.live().filter(registered_on=None).update(registered_on=today)
    return step


def withdraw(
    plan: Plan, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return take(plan, "withdraw", by=by, version=version, comment=comment)


def agree(plan: Plan, *, by: Person, version: int | None = None, comment: str = "") -> StepFields:
    return take(plan, "agree", by=by, version=version, comment=comment)


def take_back(
    plan: Plan, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Undo one's own agreement while the plan is in no dossier."""
    return take(plan, "take_back", by=by, version=version, comment=comment)


def send_back(
    plan: Plan, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Return a plan to its cadre with a reason."""
    return take(plan, "return", by=by, version=version, comment=comment)


def agree_to_all(plans: list[Plan], *, by: Person) -> list[tuple[Plan, str]]:
    """Agree to many plans, each in its own transaction; return (plan, problem or "")."""
    return one_by_one(plans, lambda plan: agree(plan, by=by))
