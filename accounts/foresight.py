"""What a change of office brings to the organisation itself: empty offices, quorum, delegations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.choices import Body, Office
from accounts.consequences import Change, Consequence
from accounts.links import address
from accounts.models import Appointment, Delegation, OrganisationEvent, Portfolio
from accounts.permissions import Superiors
from accounts.quorum import quorum_on
from accounts.words import day as in_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def foresee(change: Change) -> Iterator[Consequence]:
    row = change.ends
    if row is not None:
        match row.body:
            case Body.DEPARTMENT:
                yield from _department_left(change, row)
            case Body.STANDING_COMMITTEE:
                yield from _committee_left(change, row)
            case _:
                yield from _others_left(change, row)
        yield from _delegations(change, row)
    if change.begins is not None:
        yield from _begins(change, change.begins)


def _then(change: Change, row: Appointment) -> list[Appointment]:
    """Who sits in the same place on the first day after, the change being made."""
    rows = Appointment.objects.on(change.on).filter(
        body=row.body, department=row.department_id, unit=row.unit_id, person__is_active=True
    )
    found = list(rows.exclude(pk=row.pk).select_related("person").order_by("person__sort_key"))
    begins = change.begins
    if begins and (begins.body, begins.department_id) == (row.body, row.department_id):
        found.append(begins)
    return found


def _department_left(change: Change, row: Appointment) -> Iterator[Consequence]:
    stay = _then(change, row)
    place, day = str(row.department), in_figures(change.on)
    if not stay:
        yield Consequence(
            _("From %(day)s nobody belongs to %(place)s.") % {"day": day, "place": place}, "bad"
        )
        return
    if row.office == Office.HEAD and not any(one.office == Office.HEAD for one in stay):
        yield Consequence(_without_head(change, row) % {"day": day, "place": place}, "bad")
    if row.office in (Office.HEAD, Office.DEPUTY):
        deputies = tuple(one.person.full_name for one in stay if one.office == Office.DEPUTY)
        text = _("Deputies left in %(place)s:") if deputies else _("%(place)s then has no deputy.")
        yield Consequence(text % {"place": place}, "" if deputies else "warn", deputies)


def _without_head(change: Change, row: Appointment) -> str:
    superiors = Superiors.of_day(change.on)
    if superiors.portfolios.get(row.department_id or 0):
        return _(
            "From %(day)s %(place)s has no head. Until one is appointed, or a deputy stands in, "
            "the member in charge decides on its papers."
        )
    if superiors.secretary:
        return _(
            "From %(day)s %(place)s has no head and no member in charge. Until one is appointed, "
            "the Secretary decides on its papers."
        )
    return _("From %(day)s nobody decides on the papers of %(place)s.")


def _committee_left(change: Change, row: Appointment) -> Iterator[Consequence]:
    stay = {one.person_id: one for one in _then(change, row)}
    values = {
        "after": len(stay), "before": len({*stay, row.person_id}),
        "quorum": quorum_on(change.on, len(stay)), "day": in_figures(change.on),
    }  # fmt: skip
    yield Consequence(
        _(
            "From %(day)s the Standing Committee has %(after)d members (%(before)d before); a "
            "sitting needs %(quorum)d of them present."
        )
        % values,
        "" if stay else "bad",
    )
    if row.office == Office.SECRETARY and not any(
        one.office == Office.SECRETARY for one in stay.values()
    ):
        yield Consequence(
            _(
                "From %(day)s there is no Secretary. Papers of members, and of heads without a "
                "member in charge, wait until one is appointed or somebody stands in."
            )
            % values,
            "bad",
        )
    if row.person_id not in stay:
        yield from _portfolios(change)


def portfolios_after(person_id: int, on: date) -> list[Portfolio]:
    rows = Portfolio.objects.filter(person=person_id).touching(on, date.max)
    return list(rows.select_related("department").prefetch_related("department__versions"))


def _portfolios(change: Change) -> Iterator[Consequence]:
    if rows := portfolios_after(change.person.pk, change.on):
        yield Consequence(
            _(
                "These departments are left without a member in charge; the Secretary decides in "
                "their place until another member takes over:"
            ),
            "warn",
            tuple(row.department.name_on(change.on) for row in rows),
            address("accounts:portfolios"),
            _("Portfolios"),
        )


def _others_left(change: Change, row: Appointment) -> Iterator[Consequence]:
    if any(one.office == row.office for one in _then(change, row)):
        return
    says = {
        Body.INSPECTION_COMMITTEE: _(
            "Nobody of the Inspection Committee is left to ask units for confirmation."
        ),
        Body.UNIT: _("The unit then has nobody who answers for it in the system."),
        Body.EXECUTIVE_BUREAU: _("Nobody of the Executive Bureau is left on record."),
        Body.ADMINISTRATION: _("No clerk is left to number and issue documents."),
    }
    yield Consequence(says[Body(row.body)], "warn")


def _delegations(change: Change, row: Appointment) -> Iterator[Consequence]:
    rows = Delegation.objects.overlapping(change.on, None).filter(body=row.body)
    if row.department_id:
        rows = rows.filter(department=row.department_id)
    rows = (rows.filter(delegator=row.person_id) | rows.filter(delegate=row.person_id)).distinct()
    found = rows.select_related("delegator", "delegate")
    named = tuple(_delegation_in_words(one) for one in found)
    if named:
        yield Consequence(_("These delegations are in force no more:"), "warn", named)


def _delegation_in_words(row: Delegation) -> str:
    absent = row.delegator.full_name if row.delegator else _("vacant")
    last = in_figures(row.ends_on) or "…"
    return f"{absent} → {row.delegate}, {in_figures(row.starts_on)} – {last}"


def _begins(change: Change, row: Appointment) -> Iterator[Consequence]:
    if not change.person.email:
        yield Consequence(
            _("The comrade has no e-mail on record and cannot sign in until invited."),
            "warn",
            (),
            address("accounts:person-account", change.person.pk),
            _("Invite"),
        )
    if row.body == Body.STANDING_COMMITTEE:
        members = {one.person_id for one in _then(change, row)} | {row.person_id}
        yield Consequence(
            _("The Standing Committee then has %(n)d members; a sitting needs %(quorum)d present.")
            % {"n": len(members), "quorum": quorum_on(change.on, len(members))}
        )
    if row.body == Body.DEPARTMENT and row.office == Office.HEAD:
        yield Consequence(
            _("From %(day)s the comrade decides on the papers of cadres and deputies there.")
            % {"day": in_figures(row.starts_on)}
        )


def done(row: Appointment) -> Iterable[str]:
    """What was done in an office, as far as the organisation knows."""
    last = row.ends_on or date.max
    given = Delegation.objects.filter(body=row.body, department=row.department_id)
    given = given.filter(delegator=row.person_id) | given.filter(delegate=row.person_id)
    if given.touching(row.starts_on, last).exists():
        yield _("A delegation was given or held in it.")
    in_charge = Portfolio.objects.filter(person=row.person_id).touching(row.starts_on, last)
    if row.body == Body.STANDING_COMMITTEE and in_charge.exists():
        yield _("The comrade was put in charge of a department.")
    changed = OrganisationEvent.objects.filter(by=row.person_id, at__date__gte=row.starts_on)
    if row.office == Office.ADMINISTRATOR and changed.filter(at__date__lte=last).exists():
        yield _("The organisation was changed in it.")
