"""Small sentences that several pages say alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from accounts.choices import Body, Office
from accounts.models import DepartmentVersion
from accounts.models.period import PeriodQuerySet
from fieldvisits import workflow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Person
    from fieldvisits.models import Paper, Step


def short(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def comrade(person: Person | None) -> str:
    return _("comrade %(name)s") % {"name": person.full_name} if person else ""


def since(moment: date | datetime | None, today: date) -> str:
    """“28/09/2018 (4 days)”; nothing for nothing."""
    if moment is None:
        return ""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    gone = (today - day).days
    if gone <= 0:
        return _("%(day)s (today)") % {"day": short(day)}
    return ngettext("%(day)s (%(n)d day)", "%(day)s (%(n)d days)", gone) % {
        "day": short(day),
        "n": gone,
    }


def due(day: date, today: date) -> str:
    """“by 05/10/2018 (3 days left)”, or how long it has been overdue."""
    left = (day - today).days
    if left > 0:
        words = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    elif left == 0:
        words = _("today is the last day")
    else:
        words = ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
    return _("by %(day)s (%(words)s)") % {"day": short(day), "words": words}


OFFICES = {
    **dict(Office.choices),
    Office.DEPUTY: pgettext_lazy("history", "deputy head"),
    Body.INSPECTION_COMMITTEE: Body.INSPECTION_COMMITTEE.label,
}


def office_words(code: str) -> str:
    """“deputy head” for what a row of history keeps of the office held."""
    return str(OFFICES.get(code, code))


# Whoever deputises signs "in place of" the holder, anybody else "by order" (KT., TL.).
DEPUTISE = (Office.DEPUTY, Office.DEPUTY_SECRETARY, Office.SECRETARY, Office.MEMBER)


def signed(step: Step) -> str:
    """The office held, and in the form of a signature the one acted in (R25)."""
    held = office_words(step.office)
    if not step.acted_in:
        return held
    form = (
        pgettext("signature", "%(held)s, p.p. %(office)s")
        if step.office in DEPUTISE
        else pgettext("signature", "%(held)s, by order of the %(office)s")
    )
    return form % {"held": capfirst(held), "office": capfirst(office_words(step.acted_in))}


def history(paper: Paper, steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The steps taken, newest first, as the history component wants them: in the names and
    offices of their day.
    """
    return [
        {
            "at": timezone.localtime(step.at),
            "who": step.by_name or step.by or "",
            "office": signed(step),
            "on_behalf_of": step.on_behalf_of_name or step.on_behalf_of or "",
            "label": workflow.told(paper.PATH, step.name),
            "comment": step.comment,
        }
        for step in sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    ]


def department_name(department: str, day: str | date, *, field: str = "name") -> Subquery:
    """The name a department had on a day, as an annotation: no query per row."""
    on = OuterRef(day) if isinstance(day, str) else day
    versions: PeriodQuerySet = DepartmentVersion.objects.filter(
        department=OuterRef(department), starts_on__lte=on
    )
    names = versions.order_by(F("starts_on").desc()).values(field)[:1]
    return Subquery(names, output_field=CharField())
