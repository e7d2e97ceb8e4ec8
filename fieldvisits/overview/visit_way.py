"""The seven stations of a visit, each with its day and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts import words
from fieldvisits.choices import Confirmation, VisitState
from fieldvisits.overview.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from fieldvisits.models import Step, Visit

# How many of the seven stations lie behind a visit in a state; an approved one depends on the day.
BEHIND = {
    VisitState.PROPOSED: 1,
    VisitState.DECLINED: 1,
    VisitState.APPROVED: 3,
    VisitState.REPORTED: 5,
    VisitState.ACCEPTED: 6,
}
UNIT_TOLD, DONE, LAST = 2, 3, 6
ENDED = {VisitState.DECLINED: "refused", VisitState.CANCELLED: "cut"}


def way(
    visit: Visit,
    steps: Iterable[Step],
    *,
    unit: str,
    today: date,
    told: datetime | None = None,
) -> list[dict[str, str]]:
    """Registered, approved, unit told, done, reported, accepted, confirmed."""
    last = {step.name: step for step in steps}
    if "log" in last:
        return _way_of_attendance(visit, last, unit=unit)
    behind = _behind(visit, last, today)
    name = visit.cadre.full_name
    sent = f"{timezone.localtime(told):%d/%m/%Y}" if told else _("not sent yet")
    accepted = last.get("accept")
    stations = [
        (pgettext("station of a visit", "Registered"), words.day(visit.registered_on), name),
        (
            pgettext("station of a visit", "Approved"),
            _at(last.get("approve")),
            _("the Standing Committee"),
        ),
        (pgettext("station of a visit", "Unit told"), sent, unit),
        (pgettext("station of a visit", "Done"), _span(visit), name),
        (pgettext("station of a visit", "Reported"), _at(last.get("report")), name),
        (pgettext("station of a visit", "Accepted"), _at(accepted), _who(accepted)),
        (pgettext("station of a visit", "Confirmed"), visit.get_confirmation_display(), unit),
    ]
    if visit.confirmation == Confirmation.CONFIRMED:
        behind = len(stations)
    return [
        _station(number, label, when, who, behind=behind, visit=visit, told=told is not None)
        for number, (label, when, who) in enumerate(stations)
    ]


def _way_of_attendance(visit: Visit, last: dict[str, Step], *, unit: str) -> list[dict[str, str]]:
    """Attended, logged, accepted: nothing is asked for beforehand (R3)."""
    behind = 3 if visit.state == VisitState.ACCEPTED else 2
    stations = [
        (pgettext("station of a visit", "Attended"), _span(visit), unit),
        (pgettext("station of a visit", "Logged"), _at(last["log"]), visit.cadre.full_name),
        (
            pgettext("station of a visit", "Accepted"),
            _at(last.get("accept")),
            _who(last.get("accept")),
        ),
    ]
    ended = ENDED.get(VisitState(visit.state), "")
    ahead = "next" if ended else "now"
    return [
        {
            "label": str(visit.get_state_display() if ended and number == behind else label),
            "when": when,
            "who": who,
            "position": "past" if number < behind else ahead,
            "shape": ended if number == behind else "",
        }
        for number, (label, when, who) in enumerate(stations)
    ]


def _behind(visit: Visit, last: dict[str, Step], today: date) -> int:
    if visit.state == VisitState.CANCELLED:
        return 2 if "approve" in last else 1
    behind = BEHIND[VisitState(visit.state)]
    return behind + 1 if visit.state == VisitState.APPROVED and visit.ends_on < today else behind


def _station(  # noqa: PLR0913 -- a line of the table and where the visit stands
    number: int, label: str, when: str, who: str, *, behind: int, visit: Visit, told: bool
) -> dict[str, str]:
    ended = VisitState(visit.state) in ENDED
    waits = number == behind and not ended
    if number == LAST and visit.confirmation == Confirmation.NONE:
        waits = False  # nobody has asked the unit yet
    position = "past" if number < behind else "now" if waits else "next"
    shape = ""
    if number == UNIT_TOLD and not told:  # no notice has gone out: the way goes on all the same
        shape = "open"
    if ended and number == behind:
        shape, label, when = ENDED[VisitState(visit.state)], visit.get_state_display(), ""
    if position == "next" and number != UNIT_TOLD and not (ended and number == behind):
        when = when if number in (DONE, LAST) else ""
    return {"label": str(label), "when": when, "who": who, "position": position, "shape": shape}


def _at(step: Step | None) -> str:
    return f"{timezone.localtime(step.at):%d/%m/%Y}" if step else ""


def _who(step: Step | None) -> str:
    if step is None:
        return ""
    return step.by_name or (step.by.full_name if step.by else "")


def _span(visit: Visit) -> str:
    if visit.starts_on == visit.ends_on:
        return short(visit.starts_on)
    return f"{visit.starts_on:%d/%m}–{short(visit.ends_on)}"
