"""Department plans: the meeting, and the way through TCKT to the Standing Committee (R6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldvisits import checks, permissions
from fieldvisits.actions import agendas
from fieldvisits.actions.door import take
from fieldvisits.checks.seen import require_seen
from fieldvisits.choices import DossierState, PlanState
from fieldvisits.models import Dossier

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, Person
    from fieldvisits.calendar import Quarter
    from fieldvisits.models.paper import StepFields


def current(department: Department | None, quarter: Quarter) -> Dossier:
    """Return the round being compiled: the lowest open one, else a new, unsaved one."""
    rounds = Dossier.objects.of(department.pk if department else None, quarter)
    open_round = rounds.filter(state=DossierState.COMPILING).order_by("round").first()
    if open_round:
        return open_round
    highest = rounds.aggregate(highest=Max("round"))["highest"]
    return Dossier(
        department=department,
        year=quarter.year,
        quarter_number=quarter.number,
        round=0 if highest is None else highest + 1,
    )


@transaction.atomic
def record_meeting(  # noqa: PLR0913 -- all but the dossier are named
    dossier: Dossier,
    *,
    by: Person,
    met_on: date | None,
    present: str,
    conclusions: str = "",
    missing_reason: str = "",
    seen: str = "",
) -> Dossier:
    """Write down the department meeting; the dossier is begun if it was not.

    ``seen`` is the ``meeting_mark`` of what the person had before them, if they had
    something. Raises ``PermissionDenied`` for anybody but the head, ``ValidationError``
    once the dossier has gone forward or the meeting was written down elsewhere.
    """
    if not (verdict := permissions.head_of_dossier(by, dossier)):
        raise PermissionDenied(str(verdict.reason))
    values: dict[str, Any] = {
        "met_on": met_on,
        "present": present,
        "conclusions": conclusions,
        "missing_reason": missing_reason,
    }
    _require_seen(dossier, values, seen)
    for name, value in values.items():
        setattr(dossier, name, value)
    if dossier.pk is None:
        return _begin(dossier)
    rows = Dossier.objects.filter(
        pk=dossier.pk, state=DossierState.COMPILING, version=dossier.version
    )
    if not rows.update(**values):
        raise ValidationError(
            _("The dossier has gone forward; recall it to change it."), code="moved_on"
        )
    return dossier


def _require_seen(dossier: Dossier, values: dict[str, Any], seen: str) -> None:
    rows = Dossier.objects.select_for_update().order_by()  # no join, which cannot be locked
    stored = rows.filter(pk=dossier.pk).first()
    if stored:
        require_seen(stored.meeting_mark, seen, Dossier(**values).meeting_mark)


def _begin(dossier: Dossier) -> Dossier:
    dossier.moved_at = timezone.now()
    try:
        with transaction.atomic():
            dossier.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(
            _("The dossier was begun elsewhere meanwhile; look at it again."), code="stale"
        ) from error
    return dossier


@transaction.atomic
def forward(
    dossier: Dossier, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Send the dossier with every agreed plan to the coordinating department (R6)."""
    plans = list(checks.agreed_plans(dossier).select_for_update().order_by("pk"))
    # Attached first: the frozen content of the dossier lists its plans.
    checks.agreed_plans(dossier).update(dossier=dossier)
    sent = {"forwarded_at": timezone.now()}
    step = take(dossier, "forward", by=by, version=version, comment=comment, changes=sent)
    for plan in plans:
        take(plan, "include", by=by, changes={"dossier": dossier})
    return step


@transaction.atomic
def recall(
    dossier: Dossier, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    step = take(dossier, "recall", by=by, version=version, comment=comment)
    _reopen_plans(dossier, by=by)
    return step


@transaction.atomic
def put_before(
    dossier: Dossier, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Put a complete dossier before the Standing Committee; its lines join the open sitting."""
    sittings = agendas.hold_open()
    step = take(dossier, "put_before", by=by, version=version, comment=comment)
    if sittings:
        agendas.fill(sittings[0])
    return step


@transaction.atomic
def take_back(
    dossier: Dossier, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Undo the putting before; its lines leave the open agendas, where nobody decided them."""
    agendas.hold_open()
    step = take(dossier, "take_back", by=by, version=version, comment=comment)
    agendas.take_off(dossier)
    return step


@transaction.atomic
def send_back(
    dossier: Dossier, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Return the dossier to its department; its lines leave the open agendas."""
    agendas.hold_open()
    step = take(dossier, "return", by=by, version=version, comment=comment)
    agendas.take_off(dossier)
    _reopen_plans(dossier, by=by)
    return step


def _reopen_plans(dossier: Dossier, *, by: Person) -> None:
    for plan in dossier.plans.filter(state=PlanState.IN_DOSSIER).order_by("pk"):
        take(plan, "reopen", by=by)
