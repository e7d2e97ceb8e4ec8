"""The half-day tile, and the week and the quarter built from it."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.words import days1
from config.ui.library import pick, picked, register

LOOKS = frozenset({"", "plan", "sel", "appr", "wait", "done", "miss", "off", "none"})
LEGEND = {
    "plan": _("registered"),
    "sel": _("being edited"),
    "appr": _("approved"),
    "wait": _("done, provisional"),
    "done": _("done"),
    "miss": _("result not recorded"),
    "off": _("day off"),
    "dot": _("another team at the same unit"),
    "none": _("nothing"),
    "pace": _("pace"),
    "round": _("visited"),
    "ring": _("nobody came"),
    "corner": _("still missing"),
}
CHIP_LOOKS = frozenset({"", "clash", "first", "zero", "adhoc"})


@register.simple_tag
def half_day_tile(
    am: str = "", pm: str = "", *, label: Any = "", other: bool = False
) -> SafeString:
    """Two halves, morning above; ``label`` says the same in words."""
    for look in (am, pm):
        if look not in LOOKS:
            raise ValueError(f"no such half-day: {look!r}")
    halves = format_html_join(
        "", "<i{}></i>", ((format_html(' class="k-{}"', x) if x else "",) for x in (am, pm))
    )
    words = format_html('<span class="sr">{}</span>', label) if label else ""
    return format_html('<span class="day{}">{}</span>{}', " other" if other else "", halves, words)


@register.inclusion_tag("components/legend.html")
def legend(keys: str, *, tail: Any = "") -> dict[str, Any]:
    """What the tiles on this sheet mean: ``{% legend "appr done miss" %}``."""
    return {"keys": [(key, LEGEND[key]) for key in keys.split()], "tail": tail}


@register.inclusion_tag("components/quarter_grid.html")
def quarter_grid(grid: Any) -> dict[str, Any]:
    """Thirteen weeks of seven days, with the week's sum at the end of its line."""
    return {
        "caption": pick(grid, "caption"),
        "legend": pick(grid, "legend", "plan sel off dot"),
        "weeks": [_week(week) for week in pick(grid, "weeks", ())],
        "show_totals": pick(grid, "show_totals", default=True),
    }


def _week(week: Any) -> dict[str, Any]:
    line = picked(week, number="", first=None, total=0, starts_month=False)
    line["days"] = [
        picked(day, am="", pm="", says="", other=False, weekend=False, outside=False)
        for day in pick(week, "days", ())
    ]
    line["sum"] = days1(line["total"]) if line["total"] else ""
    return line


@register.inclusion_tag("components/week_strip.html")
def week_strip(days: Iterable[Any]) -> dict[str, Any]:
    """Monday to Sunday, each with its tile and its visits."""
    strip = []
    for day in days:
        line = picked(day, date=None, am="", pm="", today=False, weekend=False)
        line["visits"] = [
            picked(visit, title="", url="", text="", badge=None)
            for visit in pick(day, "visits", ())
        ]
        strip.append(line)
    return {"days": strip}


@register.inclusion_tag("components/chip.html")
def chip(
    *, label: Any, days: Any = None, url: str = "", look: str = "", says: Any = ""
) -> dict[str, Any]:
    """One visit in a cell of the board; ``says`` adds in words what its look means."""
    if look not in CHIP_LOOKS:
        raise ValueError(f"no such chip: {look!r}")
    return {"label": label, "days": days, "url": url, "look": look, "says": says}
