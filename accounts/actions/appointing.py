"""What must be true before an office is given: places, days, and nobody in it already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import guards
from accounts.choices import OFFICES_OF, Body, Office
from accounts.models import Appointment, Department, Person
from accounts.words import day as in_figures

if TYPE_CHECKING:
    from django.db.models import QuerySet

ONE_DAY = timedelta(days=1)


def hold(*rows: Appointment) -> None:
    """Two administrators at one person, department or committee wait for each other.

    SQLite has one writer anyway, from the first line of the transaction on.
    """
    people = sorted({row.person_id for row in rows})
    departments = sorted({row.department_id for row in rows if row.department_id})
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    list(Department.objects.select_for_update().filter(pk__in=departments).order_by("pk"))
    for body in sorted({row.body for row in rows} - {Body.DEPARTMENT, Body.UNIT}):
        guards.hold(f"seats of {body}")


def check(row: Appointment, *, leaving: Appointment | None = None) -> None:
    """Raise ``ValidationError`` with every problem, by field of the form.

    ``leaving``: what the person gives up the day before, and so does not stand in the way.
    """
    problems: dict[str, Any] = {}
    if row.ends_on is not None and row.ends_on < row.starts_on:
        problems["ends_on"] = _("The last day lies before the first.")
    problems |= _wrong_place(row)
    if not problems:
        others = Appointment.objects.touching(row.starts_on, row.ends_on or date.max)
        others = others.exclude(pk__in=[one.pk for one in (row, leaving) if one and one.pk])
        problems = _taken(row, others.select_related("person", "department"))
    if problems:
        raise ValidationError(problems)


def _wrong_place(row: Appointment) -> dict[str, str]:
    if row.office not in OFFICES_OF[Body(row.body)]:
        return {"office": _("There is no such office there.")}
    if row.body == Body.DEPARTMENT:
        return _wrong_department(row)
    if row.body != Body.UNIT:
        return {}
    if row.unit is None:
        return {"unit": _("Say which unit the comrade represents.")}
    if not row.unit.exists_on(row.starts_on):
        return {"unit": _("This unit does not exist on %(day)s.") % _on(row)}
    return {}


def _wrong_department(row: Appointment) -> dict[str, str]:
    if row.department is None:
        return {"department": _("Say in which department.")}
    if not row.department.exists_on(row.starts_on):
        return {"department": _("This department does not exist on %(day)s.") % _on(row)}
    return {}


def _on(row: Appointment) -> dict[str, str]:
    return {"day": in_figures(row.starts_on)}


def _taken(row: Appointment, others: QuerySet[Appointment]) -> dict[str, str]:
    """One department at a time, one head of each, one Secretary, one seat of each kind."""
    mine = others.filter(person=row.person_id, body=row.body)
    if row.body == Body.DEPARTMENT:
        if found := mine.first():
            return {"department": _in_words(_ELSEWHERE, found)}
        heads = others.filter(department=row.department_id, office=Office.HEAD)
        if row.office == Office.HEAD and (found := heads.first()):
            return {"office": _in_words(_HEADED, found)}
        return {}
    if row.body in (Body.ADMINISTRATION, Body.UNIT):
        mine = mine.filter(office=row.office, unit=row.unit_id)
    if found := mine.first():
        return {"office": _in_words(_HELD, found)}
    secretaries = others.filter(body=Body.STANDING_COMMITTEE, office=Office.SECRETARY)
    if row.office == Office.SECRETARY and (found := secretaries.first()):
        return {"office": _in_words(_SECRETARY, found)}
    return {}


def _in_words(which: int, found: Appointment) -> str:
    says = (
        _(
            "The comrade belongs to %(place)s from %(first)s to %(last)s; one department at a "
            "time. Change department on a day instead."
        ),
        _("%(place)s has a head from %(first)s to %(last)s: comrade %(name)s. End that first."),
        _("The comrade holds an office there from %(first)s to %(last)s already."),
        _("Comrade %(name)s is Secretary from %(first)s to %(last)s. End that first."),
    )
    return says[which] % {
        "place": found.department or found.get_body_display(),
        "name": found.person.full_name,
        "first": in_figures(found.starts_on),
        "last": in_figures(found.ends_on) or "…",
    }


_ELSEWHERE, _HEADED, _HELD, _SECRETARY = range(4)


def refuse_last_administrator(row: Appointment, last_day: date) -> None:
    """Somebody has to be able to appoint the next one."""
    if row.office != Office.ADMINISTRATOR:
        return
    others = Appointment.objects.on(last_day + ONE_DAY).filter(
        body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR, person__is_active=True
    )
    if not others.exclude(pk=row.pk).exists():
        raise ValidationError(
            _("This is the last administrator. Appoint another one first."), code="last"
        )
