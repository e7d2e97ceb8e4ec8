"""What an import says of offices, exemptions and addresses, on record as if it had been typed.

A table gives an office, or an address to which a new password can be sent, as a page does; the
line in the list of imports loses its preview after a time, and the record does not.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.actions import appointments, exemptions, portfolios
from accounts.actions.account import follow_address
from accounts.actions.organisation import event_of
from accounts.choices import OrganisationSubject, OrganisationVerb
from accounts.models import Appointment, Exemption, OrganisationEvent, Person, Portfolio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    type_of_journal = Sequence[Mapping[str, Any]]

AT_ONCE = 500
# What stands on record, with the rows it names.
_RECORDED: dict[Any, tuple[str, ...]] = {
    Appointment: ("department", "unit"),
    Portfolio: ("department",),
    Exemption: (),
}


def taken_in(journal: type_of_journal, *, by: Person) -> list[OrganisationEvent]:
    """Events of what an import has made and changed, not written yet."""
    events = []
    for row, was in _rows(journal):
        verb = OrganisationVerb.CORRECTED if was else OrganisationVerb.APPOINTED
        events.append(_event(verb, by=by, before=was, after=row))
    return events


def taken_back(journal: type_of_journal, *, by: Person) -> list[OrganisationEvent]:
    """Events of the same rows when the import goes; read them before it does."""
    events = []
    for row, was in _rows(journal):
        verb = OrganisationVerb.CORRECTED if was else OrganisationVerb.WITHDRAWN
        events.append(_event(verb, by=by, before=row, after=was))
    return events


def write(events: list[OrganisationEvent]) -> None:
    OrganisationEvent.objects.bulk_create(events, batch_size=AT_ONCE)


def follow_addresses(journal: type_of_journal, *, by: Person, back: bool = False) -> None:
    """Whose address an import has changed hears of it, at the old one and the new one.

    Somebody who had none before is invited as everybody is; there is nobody to warn.
    """
    _made, changed = _written(journal, Person)
    moved = {pk: fields["email"] for pk, fields in changed.items() if "email" in fields}
    now = timezone.now()
    for person in Person.objects.filter(pk__in=moved).in_order():
        if old := moved[person.pk][1 if back else 0]:
            follow_address(person, old=old, by=by, reason="", now=now)


def _written(journal: type_of_journal, model: Any) -> tuple[dict[int, Any], dict[int, Any]]:
    """Rows of ``model`` made and changed, by key: numbers, or texts once they were stored."""
    for said in journal:
        if said["model"] == model._meta.label:  # noqa: SLF001 -- the documented model API
            made = {int(pk): values for pk, values in said["made"].items()}
            return made, {int(pk): fields for pk, fields in said["changed"].items()}
    return {}, {}


def _rows(journal: type_of_journal) -> Iterator[tuple[Any, Any]]:
    """Each row of an import as it stands, and as it was if it was there."""
    for model, places in _RECORDED.items():
        made, changed = _written(journal, model)
        rows = model._default_manager.filter(pk__in=[*made, *changed])  # noqa: SLF001 -- as above
        rows = rows.select_related("person", *places).order_by("pk")
        for row in rows.prefetch_related(*(f"{place}__versions" for place in places)):
            yield row, _before(row, changed[row.pk]) if row.pk in changed else None


def _before(row: Any, fields: Mapping[str, Sequence[Any]]) -> Any:
    other = copy(row)
    for name, (text, _now) in fields.items():
        field = row._meta.get_field(name)  # noqa: SLF001 -- as above
        setattr(other, name, None if text is None else field.to_python(text))
    return other


def _event(verb: OrganisationVerb, *, by: Person, before: Any, after: Any) -> OrganisationEvent:
    row = after or before
    subject = OrganisationSubject.PERSON, row.person.code
    if isinstance(row, Portfolio):  # they stand under the department
        subject = OrganisationSubject.DEPARTMENT, row.department.code
        verb = OrganisationVerb.PORTFOLIO
    elif isinstance(row, Exemption) and after is not None:
        verb = OrganisationVerb.EXEMPTION_CHANGED if before else OrganisationVerb.EXEMPTED
    return event_of(
        subject, verb, by=by, on=row.starts_on,
        before=_said(before) if before else None,
        after=_said(after) if after else None,
    )  # fmt: skip


def _said(row: Appointment | Portfolio | Exemption) -> dict[str, Any]:
    match row:
        case Portfolio():
            return portfolios.as_said(row)
        case Exemption():
            return exemptions.as_said(row)
    return appointments.as_said(row)
