"""The standing meter and the pace bar: server-drawn, each with its numbers beside it."""

from typing import Any

from django.utils.translation import gettext as _

from accounts import palette
from accounts.words import days1
from config.ui.library import pick, picked, register

LABEL_TURNS_AT = 40  # per cent: further left the words of the pace stand to its right

# key, fill, stroke: hollow = asked, hatched = approved, lighter = provisional, solid = counted.
SEGMENTS = {
    "done": (palette.ACCENT, palette.ACCENT),
    "wait": (palette.ACCENT_MID, palette.ACCENT),
    "appr": (palette.HATCH, palette.ACCENT),
    "plan": (palette.SHEET, palette.ACCENT),
}


def _drawing(figures: Any) -> dict[str, Any]:
    """Cut the rail from 0 to the target (or further, if there is more) into its segments."""
    facts = picked(
        figures, done=0, provisional=0, ahead=0, target=0, pace=None, ahead_kind="appr", full=None
    )
    amounts = {
        "done": facts["done"],
        "wait": facts["provisional"],
        facts["ahead_kind"]: facts["ahead"],
    }
    total = sum(amounts.values())
    full = facts["full"] or max(facts["target"], total, 1)
    segments, at = [], 0.0
    for key, amount in amounts.items():
        width = 100 * float(amount) / float(full)
        if amount:
            fill, stroke = SEGMENTS[key]
            segments.append(
                {"key": key, "x": _pct(at), "width": _pct(width), "fill": fill, "stroke": stroke}
            )
        at += width
    pace = facts["pace"]
    pace_at = None if pace is None else min(100.0, 100 * float(pace) / float(full))
    return {
        **facts,
        "palette": palette,
        "segments": segments,
        "rail": _pct(100 * float(facts["target"]) / float(full)),
        "pace_x": None if pace_at is None else _pct(pace_at),
        "pace_anchor": "start" if pace_at is not None and pace_at < LABEL_TURNS_AT else "end",
        "says": _says(facts),
    }


def _pct(value: float) -> str:
    return f"{value:.2f}%"


def _says(facts: dict[str, Any]) -> str:
    """The drawing in words, for who does not see it."""
    ahead = (
        _("%(days)s days approved, not yet done")
        if facts["ahead_kind"] == "appr"
        else _("%(days)s days being registered")
    )
    parts = [
        _("%(days)s days accepted") % {"days": days1(facts["done"])},
        _("%(days)s days provisional") % {"days": days1(facts["provisional"])},
        ahead % {"days": days1(facts["ahead"])},
        _("target %(days)s days") % {"days": days1(facts["target"])},
    ]
    if facts["pace"] is not None:
        parts.append(_("pace today %(days)s days") % {"days": days1(facts["pace"])})
    return "; ".join(parts)


@register.inclusion_tag("components/meter.html")
def meter(figures: Any) -> dict[str, Any]:
    """A person's standing: the figure, the bar against the target and the pace, the sums."""
    rows = [
        picked(row, key="", label="", halves=0, url="", strong=False)
        if not isinstance(row, tuple)
        else dict(zip(("key", "label", "halves", "url"), row, strict=True), strong=not row[0])
        for row in pick(figures, "rows", ()) or _rows(figures)
    ]
    return {
        **_drawing(figures),
        **picked(figures, heading="", note="", tone="", shape="info", verdict=""),
        "rows": rows,
    }


def _rows(figures: Any) -> list[tuple[str, str, int, str]]:
    facts = picked(figures, done=0, provisional=0, ahead=0, target=0, ahead_kind="appr")
    expected = facts["done"] + facts["provisional"] + facts["ahead"]
    ahead_label = _("Approved, not yet done") if facts["ahead_kind"] == "appr" else _("Registered")
    return [
        ("done", _("Accepted"), facts["done"], ""),
        ("wait", _("Provisional"), facts["provisional"], ""),
        (facts["ahead_kind"], ahead_label, facts["ahead"], ""),
        ("", _("Expected for the year"), expected, ""),
        ("", _("Still missing"), max(0, facts["target"] - expected), ""),
    ]


@register.inclusion_tag("components/pace_bar.html")
def pace_bar(figures: Any) -> dict[str, Any]:
    """The meter in one line of a table; ``full`` gives several bars the same scale."""
    return _drawing(figures)
