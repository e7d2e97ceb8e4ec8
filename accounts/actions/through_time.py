"""Departments and units are founded, renamed, placed anew; a mistake is taken back.

Every change locks the rows it is about, looks again, writes, and stands on the record with
what it wrote (``journal``). How they end stands in ``ending``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import through_time
from accounts.actions import journal as journals
from accounts.actions.journal import Journal
from accounts.actions.organisation import NO_DECISION, Decision, record
from accounts.choices import OrganisationVerb, Share
from accounts.endings import Change, follow
from accounts.models import OrganisationEvent, Unit, UnitSuccession
from accounts.through_time import DAY, UNITS, last_version, short

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from accounts.models import Person
    from accounts.through_time import Nature

MOST_ABOVE = 10


def require_right(by: Person) -> None:
    if not (verdict := through_time.keeps_departments_and_units(by)):
        raise PermissionDenied(str(verdict.reason))


def lock(nature: Nature, rows: Collection[Any]) -> list[Any]:
    """Read these again, in the order asked for; two who change one of them wait for each other."""
    ids = [row.pk for row in rows]
    list(nature.model.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    found = through_time.owners(nature).in_bulk(ids)
    return [found[pk] for pk in ids]


def new_version(journal: Journal, nature: Nature, owner: Any, **values: Any) -> Any:
    version = nature.versions(**{nature.owner: owner}, **values)
    if nature.is_units():
        version.index(owner.code)
    try:
        with transaction.atomic():
            return journal.make(version)
    except IntegrityError as error:  # the database's own guard, should the lock ever miss
        raise ValidationError(
            {"on": _("Another version is in force on this day already.")}
        ) from error


def make_owner(
    journal: Journal, nature: Nature, *, code: str, fixed: Mapping[str, Any], **version: Any
) -> Any:
    """A new row with its first version."""
    if nature.model.objects.filter(code=code).exists():
        raise ValidationError({"code": _("This code is taken already.")})
    owner = journal.make(nature.model(code=code, **fixed))
    new_version(journal, nature, owner, **version)
    return owner


@transaction.atomic
def found(  # noqa: PLR0913 -- all but what it is are named
    nature: Nature,
    *,
    code: str,
    fixed: Mapping[str, Any],
    names: Mapping[str, Any],
    on: date,
    by: Person,
    decision: Decision = NO_DECISION,
) -> Any:
    """Let a department or a unit begin on a day."""
    require_right(by)
    _refuse_circle(nature, None, names.get("parent"), on)
    journal = Journal()
    owner = make_owner(journal, nature, code=code, fixed=fixed, starts_on=on, **names)
    record_all(
        nature, [owner], OrganisationVerb.ADDED, journal, by=by, on=on, decision=decision,
        after={"name": names["name"]},
    )  # fmt: skip
    return owner


@transaction.atomic
def rename(
    nature: Nature,
    owner: Any,
    *,
    names: Mapping[str, Any],
    on: date,
    by: Person,
    decision: Decision = NO_DECISION,
) -> OrganisationEvent:
    """Let other names, another level or another superior hold from a day on."""
    require_right(by)
    (owner,) = lock(nature, [owner])
    last = last_version(owner)
    if all(getattr(last, key) == value for key, value in names.items()):
        raise ValidationError(_("Nothing is different from what holds now."))
    _refuse_day(owner, on)
    _refuse_circle(nature, owner, names.get("parent"), on)
    journal, ends_on = Journal(), last.ends_on
    is_placed = nature.is_units() and names.get("name") == last.name
    journal.change(last, ends_on=on - DAY)
    new_version(journal, nature, owner, starts_on=on, ends_on=ends_on, **names)
    verb = OrganisationVerb.PLACED if is_placed else OrganisationVerb.RENAMED
    return record_all(
        nature, [owner], verb, journal, by=by, on=on, decision=decision,
        before={"name": last.name}, after={"name": names["name"]},
    )  # fmt: skip


def _refuse_day(owner: Any, on: date) -> None:
    last = last_version(owner)
    if last.starts_on is not None and on <= last.starts_on:
        raise ValidationError(
            {
                "on": _("The names in force hold since %(day)s; the change has to come later.")
                % {"day": short(last.starts_on)}
            }
        )
    if last.ends_on is not None and on > last.ends_on:
        raise ValidationError(
            {"on": _("It ended on %(day)s already.") % {"day": short(last.ends_on)}}
        )


def _refuse_circle(nature: Nature, owner: Any, parent: Any, on: date) -> None:
    """The superior exists on the day, and does not lead back."""
    if not nature.is_units() or parent is None:
        return
    if not parent.exists_on(on):
        raise ValidationError(
            {
                "parent": _("%(unit)s does not exist on %(day)s.")
                % {"unit": parent.name_on(on), "day": short(on)}
            }
        )
    above: Unit | None = parent
    for _step in range(MOST_ABOVE):
        if above is not None and owner is not None and above.pk == owner.pk:
            raise ValidationError({"parent": _("This unit stands above it already.")})
        version = above.version_on(on) if above else None
        above = version.parent if version else None


@transaction.atomic
def name_successor(
    unit: Unit, *, successor: Unit, by: Person, decision: Decision = NO_DECISION
) -> OrganisationEvent:
    """Say who answers for a unit that ended and has no successor of its own: a district, say.

    Requests for confirmation that wait there go to it; statistics stay with the old unit.
    """
    require_right(by)
    unit, successor = lock(UNITS, [unit, successor])
    ended_on = last_version(unit).ends_on
    if ended_on is None:
        raise ValidationError({"successor": _("This unit has not ended.")})
    on = ended_on + DAY
    if unit.successors.exists():
        raise ValidationError({"successor": _("This unit has a successor already.")})
    if successor.pk == unit.pk or not successor.exists_on(on):
        raise ValidationError({"successor": _("It has to exist on %(day)s.") % {"day": short(on)}})
    journal = Journal()
    journal.make(UnitSuccession(old=unit, new=successor, share=Share.MAIN, on=on))
    name = successor.name_on(on)
    event = record_all(
        UNITS, [unit], OrganisationVerb.SUCCEEDED, journal, by=by, on=on, decision=decision,
        after={"heirs": [{"code": successor.code, "name": name, "share": ""}]},
    )  # fmt: skip
    ended = frozenset([unit.pk])
    change = Change(subject=UNITS.subject, ended=ended, on=on, heir_id=successor.pk, heir=name)
    follow(change, (), by)
    return event


# --- the record --------------------------------------------------------------------------


def record_all(  # noqa: PLR0913 -- all but what it is about are named
    nature: Nature,
    owners: Iterable[Any],
    verb: OrganisationVerb,
    journal: Journal,
    *,
    by: Person,
    on: date,
    decision: Decision,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> OrganisationEvent:
    """One event under the first of ``owners``, with the journal; one that names it under each
    of the others.
    """
    first, *others = owners
    said = {"by": by, "on": on, "decision": decision, "before": before}
    codes = [owner.code for owner in (first, *others)]
    whole = {**(after or {}), "codes": codes, "journal": journal.written()}
    event = record((nature.subject, first.code), verb, **said, after=whole)  # type: ignore[arg-type]  # by name
    for other in others:
        part = {**(after or {}), "part_of": event.pk}
        record((nature.subject, other.code), verb, **said, after=part)  # type: ignore[arg-type]  # as above
    return event


def events_of(nature: Nature, owner: Any) -> list[OrganisationEvent]:
    """What happened to it, the latest first."""
    rows = OrganisationEvent.objects.about(nature.subject, owner.code)
    return list(rows.select_related("by"))


def taken_back_ids(events: Iterable[OrganisationEvent]) -> set[int]:
    after = [event.details.get("after", {}) for event in events]
    return {said["takes_back"] for said in after if "takes_back" in said}


def root_of(event: OrganisationEvent) -> int:
    """The event that holds the journal: itself, or the one it is a part of."""
    return event.details.get("after", {}).get("part_of", event.pk)


def last_event(nature: Nature, owner: Any) -> OrganisationEvent | None:
    """What could be taken back: the latest change that was not; None without one."""
    rows = events_of(nature, owner)
    gone = taken_back_ids(rows)
    for row in rows:
        if row.kind == OrganisationVerb.WITHDRAWN or root_of(row) in gone:
            continue
        found = OrganisationEvent.objects.filter(pk=root_of(row)).first()
        return found if found and "journal" in found.details.get("after", {}) else None
    return None


@transaction.atomic
def take_back(nature: Nature, owner: Any, *, event: int, by: Person) -> OrganisationEvent:
    """Undo the latest change as if it had never been, unless something was built on it.

    The record keeps both: what was entered, and that it was taken back.
    """
    require_right(by)
    (owner,) = lock(nature, [owner])
    last = last_event(nature, owner)
    if last is None or last.pk != event:
        raise ValidationError(
            _("Something else has happened to it meanwhile. Look again."), code="stale"
        )
    codes = last.details["after"]["codes"]
    there = lock(nature, list(nature.model.objects.filter(code__in=codes).order_by("pk")))
    for one in there:
        later = last_event(nature, one)
        if later is not None and later.pk != last.pk:
            raise ValidationError(
                _("%(name)s has changed since; take that back first.") % {"name": one}
            )
    journals.take_back(last.details["after"]["journal"])
    undone = None
    for code in dict.fromkeys([*codes, owner.code]):
        said = {"takes_back": last.pk, "what": last.kind}
        event_of_code = record(
            (nature.subject, code), OrganisationVerb.WITHDRAWN, by=by, on=last.on, after=said
        )
        undone = undone or event_of_code
    return undone or last
