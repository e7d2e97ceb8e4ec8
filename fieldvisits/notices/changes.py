"""Who is told of changes to an approved visit: what it was, what it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.permissions import Superiors
from accounts.words import date_range
from fieldvisits import permissions
from fieldvisits.choices import Session, VisitKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Person
    from fieldvisits.models import AgendaLine, AmendmentWish, Visit
    from fieldvisits.models.paper import StepFields

type_of_said = dict[str, object]
WAS_AND_IS = _(
    "Before: %(was_unit)s, %(was_days)s, %(was_session)s. "
    "Now: %(unit)s, %(days)s, %(session)s. %(by)s: “%(comment)s”"
)


def said_of(visit: Visit) -> type_of_said:
    """Unit, days and session as they are now, to be told beside what they become."""
    return {
        "unit": visit.unit.name_on(visit.starts_on),
        "days": date_range(visit.starts_on, visit.ends_on),
        "session": Session(visit.session).label,
    }


def _was(said: type_of_said) -> type_of_said:
    return {f"was_{name}": value for name, value in said.items()}


def _superior_of(visit: Visit, step: StepFields) -> Person | None:
    superiors = Superiors.of_day(timezone.localdate(step.at))
    return superiors.of(visit.cadre, permissions.department_of(visit))


def tell_amended(visit: Visit, step: StepFields, before: type_of_said) -> None:
    notify(
        visit.cadre,
        kind="decided",
        subject=_("Your visit to %(was_unit)s, %(was_days)s, was amended"),
        body=WAS_AND_IS,
        values={**_was(before), **said_of(visit), "by": step.by, "comment": step.comment},
        key=f"visit:{visit.pk}:amend:{step.number}",
        url=visit.get_absolute_url(),
    )


def tell_wish(wish: AmendmentWish, superior: Person | None) -> None:
    if superior is None:
        return
    visit = wish.visit
    wanted = {
        "days": date_range(wish.starts_on, wish.ends_on),
        "session": Session(wish.session).label,
    }
    notify(
        superior,
        kind="to_decide",
        subject=_("%(by)s asks for an amendment of the visit to %(was_unit)s, %(was_days)s"),
        body=WAS_AND_IS,
        values={
            **_was(said_of(visit)), **said_of(visit), **wanted,
            "by": visit.cadre, "comment": wish.reason,
        },
        key=f"visit:{visit.pk}:wish:{wish.pk}",
        url=visit.get_absolute_url(),
    )  # fmt: skip


def tell_refused(wish: AmendmentWish) -> None:
    _tell_answered(
        wish, wish.visit.cadre, _("Your wish to amend the visit to %(unit)s, %(days)s, was refused")
    )


def tell_wish_withdrawn(wish: AmendmentWish, superior: Person | None) -> None:
    if superior is not None:
        subject = _("%(by)s no longer asks for an amendment of the visit to %(unit)s, %(days)s")
        _tell_answered(wish, superior, subject)


def _tell_answered(wish: AmendmentWish, person: Person, subject: StrOrPromise) -> None:
    visit = wish.visit
    notify(
        person,
        kind="decided",
        subject=subject,
        body=_("%(by)s: “%(comment)s”") if wish.answer else "",
        values={**said_of(visit), "by": wish.answered_by, "comment": wish.answer},
        key=f"visit:{visit.pk}:wish:{wish.pk}:{wish.outcome}",
        url=visit.get_absolute_url(),
    )


def tell_reclassified(visit: Visit, step: StepFields, before: VisitKind) -> None:
    """The cadre and whoever decides on the cadre's papers, unless they did it themselves."""
    told = dict.fromkeys([visit.cadre, _superior_of(visit, step)])
    for person in told:
        if person is None or person.pk == step.by_id:
            continue
        notify(
            person,
            kind="decided",
            subject=_("The kind of the visit to %(unit)s, %(days)s, was changed"),
            body=_("%(name)s: %(was)s → %(is)s. %(by)s: “%(comment)s”"),
            values={
                **said_of(visit), "name": visit.cadre, "was": before.label,
                "is": VisitKind(visit.kind).label, "by": step.by, "comment": step.comment,
            },
            key=f"visit:{visit.pk}:reclassify:{step.number}",
            url=visit.get_absolute_url(),
        )  # fmt: skip


def tell_adjusted(line: AgendaLine, before: type_of_said, superior: Person | None) -> None:
    """R7: cadre and head are asked to look; the cadre may withdraw the visit."""
    visit = line.visit
    for person in dict.fromkeys([visit.cadre, superior]):
        if person is None:
            continue
        notify(
            person,
            kind="decided",
            subject=_(
                "Adjusted by the Standing Committee, please look: visit of %(name)s to %(unit)s"
            ),
            body=_(
                "Before: %(was_unit)s, %(was_days)s, %(was_session)s. Now: %(unit)s, %(days)s, "
                "%(session)s. Reason: %(comment)s The cadre may cancel the visit if it cannot be "
                "carried out like this."
            ),
            values={
                **_was(before), **said_of(visit), "name": visit.cadre, "comment": line.reason,
            },
            key=f"sitting:{line.sitting_id}:adjusted:{visit.pk}",
            url=visit.get_absolute_url(),
        )  # fmt: skip
