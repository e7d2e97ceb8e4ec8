"""Who is told of an office given or lost, in which words. The mechanism is in ``messages``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.choices import Body, Office
from accounts.links import address
from accounts.words import day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.actions.organisation import Decision
    from accounts.models import Appointment, Portfolio

KIND = "appointed"
OF_THE_COMMITTEE = _(
    "You decide in the sittings of the Standing Committee, and read the figures of all departments."
)
OF_INSPECTION = _("You ask units to confirm visits, and work through what does not agree.")
# What the holder of an office can do here from its first day on.
MAY: dict[tuple[str, str], StrOrPromise] = {
    (Body.DEPARTMENT, Office.CADRE): _(
        "You plan your visits of a quarter, report what came of them and write the weekly report."
    ),
    (Body.DEPARTMENT, Office.DEPUTY): _(
        "You plan and report visits, and act for the head where a delegation says so."
    ),
    (Body.DEPARTMENT, Office.HEAD): _(
        "You agree to the plans of the department, forward its dossier, accept results and read "
        "the weekly reports."
    ),
    (Body.STANDING_COMMITTEE, Office.SECRETARY): OF_THE_COMMITTEE,
    (Body.STANDING_COMMITTEE, Office.DEPUTY_SECRETARY): OF_THE_COMMITTEE,
    (Body.STANDING_COMMITTEE, Office.MEMBER): OF_THE_COMMITTEE,
    (Body.ADMINISTRATION, Office.ADMINISTRATOR): _(
        "You keep the organisation, the accounts and the settings."
    ),
    (Body.ADMINISTRATION, Office.CLERK): _("You number the notices of the Standing Committee."),
    (Body.UNIT, Office.REPRESENTATIVE): _(
        "You answer notices and requests for confirmation of the unit."
    ),
    (Body.INSPECTION_COMMITTEE, Office.HEAD): OF_INSPECTION,
    (Body.INSPECTION_COMMITTEE, Office.DEPUTY): OF_INSPECTION,
    (Body.INSPECTION_COMMITTEE, Office.MEMBER): OF_INSPECTION,
}


def tell_appointed(row: Appointment, decision: Decision) -> None:
    """Say from when, on which decision, and what it brings; of what is over nobody is told."""
    if row.ends_on is not None and row.ends_on < timezone.localdate():
        return
    subject = _("From %(first)s you are %(office)s")
    if row.ends_on is not None:
        subject = _("From %(first)s to %(last)s you are %(office)s")
    _tell(row, "given", subject, MAY.get((row.body, row.office), ""), decision)


def tell_office_ended(row: Appointment, decision: Decision) -> None:
    subject = _("Your last day as %(office)s is %(last)s")
    _tell(row, "ended", subject, _KEPT, decision)


def tell_withdrawn(row: Appointment, decision: Decision) -> None:
    subject = _("That you are %(office)s from %(first)s was a mistake and is taken back")
    _tell(row, "withdrawn", subject, "", decision)


_KEPT = _("From then on you can do nothing in it; papers on which you acted stay in your sight.")


def _tell(
    row: Appointment, what: str, subject: StrOrPromise, says: StrOrPromise, decision: Decision
) -> None:
    office, owner = row.title_words, row.department or row.unit
    if row.body != Body.ADMINISTRATION:
        place = owner.name_on(row.starts_on) if owner else Body(row.body).label
        office = format_lazy("{}, {}", office, place)
    said = {"office": office, "first": day(row.starts_on)}
    key = f"office:{row.pk}:{what}:{row.body}:{row.office}:{owner and owner.pk}"
    _send(row, f"{key}:{row.starts_on}:{row.ends_on}", subject, says, decision, said)


def tell_in_charge(row: Portfolio, decision: Decision) -> None:
    subject = _("You are in charge of %(place)s from %(first)s")
    says = _("You decide on the papers of its head, and on its ad-hoc visits between sittings.")
    _of_portfolio(row, "given", subject, says, decision)


def tell_charge_ended(row: Portfolio, decision: Decision) -> None:
    subject = _("%(place)s: your last day as the member in charge is %(last)s")
    _of_portfolio(row, "ended", subject, "", decision)


def _of_portfolio(
    row: Portfolio, what: str, subject: StrOrPromise, says: StrOrPromise, decision: Decision
) -> None:
    said = {"place": row.department.name_on(row.starts_on), "first": day(row.starts_on)}
    key = f"portfolio:{row.pk}:{what}:{row.starts_on}:{row.ends_on}"
    _send(row, key, subject, says, decision, said)


def _send(
    row: Appointment | Portfolio,
    key: str,
    subject: StrOrPromise,
    says: StrOrPromise,
    decision: Decision,
    said: dict[str, Any],
) -> None:
    body: StrOrPromise = "%(says)s"
    if decision.number and decision.on:
        body = _("Decision %(number)s of %(day)s. %(says)s")
    elif decision.number:
        body = _("Decision %(number)s. %(says)s")
    notify(
        row.person,
        kind=KIND,
        subject=subject,
        body=body,
        values=said
        | {"last": day(row.ends_on), "says": says}
        | {"number": decision.number, "day": day(decision.on)},
        key=key,
        url=address("accounts:profile"),
    )
