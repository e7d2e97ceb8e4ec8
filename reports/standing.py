"""A cadre's figures as the meter shows them, and the sentences beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.links import address
from accounts.words import days
from reports.choices import Standing

if TYPE_CHECKING:
    from reports.figures import CadreFigures, Window

# What stands beside a standing: tone and shape.
LOOKS = {
    Standing.MET: ("ok", "accepted"),
    Standing.ON_PACE: ("now", "done"),
    Standing.BEHIND: ("warn", "late"),
}


def meter_of(figures: CadreFigures, window: Window) -> dict[str, Any]:
    """Everything ``{% meter %}`` takes, with the year and the way to the single days."""
    tone, shape, verdict = verdict_of(figures)
    own = figures.days
    missing = max(0, figures.target - figures.forecast)
    return {
        "year": window.year,
        "url": address("reports:person-days", figures.person_id),
        "done": own.accepted,
        "provisional": own.provisional,
        "ahead": own.ahead,
        "target": figures.target,
        "pace": figures.pace if figures.target else None,
        "tone": tone,
        "shape": shape,
        "verdict": verdict,
        "rows": [
            ("done", _("Accepted"), own.accepted, ""),
            ("wait", _("Provisional, product outstanding"), own.provisional, ""),
            ("appr", _("Approved, not yet done"), own.ahead, ""),
            ("", _("Expected for the year"), figures.forecast, ""),
            ("", _("Still missing of %(days)s days") % {"days": days(figures.target)}, missing, ""),
        ],
        "note": " ".join(sentences(figures, window)),
    }


def verdict_of(figures: CadreFigures) -> tuple[str, str, str]:
    """Tone, shape and words of where somebody stands against the pace."""
    if figures.standing is None:
        words = _("Exempted this year") if not figures.target else _("No longer in the agency")
        return "", "cut", words
    tone, shape = LOOKS[figures.standing]
    behind = figures.pace - figures.days.carried_out
    said = {
        Standing.MET: _("Target met"),
        Standing.ON_PACE: _("On pace"),
        Standing.BEHIND: _("%(days)s days behind the pace") % {"days": days(behind)},
    }
    return tone, shape, said[figures.standing]


def sentences(figures: CadreFigures, window: Window) -> list[str]:
    found = []
    done_not_accepted = figures.days.carried_out - figures.days.accepted - figures.days.provisional
    if done_not_accepted > 0:
        found.append(
            _("%(days)s days reported wait to be accepted.") % {"days": days(done_not_accepted)}
        )
    if figures.days.unreported:
        found.append(
            _("%(days)s days have gone by without a recorded result.")
            % {"days": days(figures.days.unreported)}
        )
    if figures.target and figures.needed:
        found.append(
            _("To be on pace on %(day)s, %(days)s more days have to be carried out.")
            % {"day": f"{figures.checkpoint:%d/%m/%Y}", "days": days(figures.needed)}
        )
    if window.assumed:
        found.append(assumption(window.year, window.target))
    return found


def assumption(year: int, target: int) -> str:
    return _(
        "No regulation was found for %(year)d: the target of %(days)s days continues that of"
        " 2018–2022, as an assumption."
    ) % {"year": year, "days": days(target)}
