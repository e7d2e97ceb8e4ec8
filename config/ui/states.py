"""State as a word, a shape and a colour; who holds a paper; where it is on its way."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.looks import look_key, look_of
from config.ui.library import picked, register

SHAPES = frozenset(
    (
        "draft",
        "open",
        "wait",
        "approved",
        "done",
        "accepted",
        "confirmed",
        "stamp",
        "returned",
        "refused",
        "cut",
        "late",
        "due",
        "info",
        "menu",
        "person",
        "mark",
    )
)
TONES = frozenset({"", "now", "ok", "warn", "bad"})
MESSAGE_LOOKS = {
    "success": ("ok", "accepted"),
    "warning": ("warn", "late"),
    "error": ("bad", "refused"),
}
STEP_SHAPES = {"past": "done", "now": "wait", "next": "stamp"}


def _checked(shape: str, tone: str) -> None:
    if shape not in SHAPES:
        raise ValueError(f"no such shape: {shape!r}")
    if tone not in TONES:
        raise ValueError(f"no such tone: {tone!r}")


@register.simple_tag
def glyph(shape: str, *, tone: str = "") -> SafeString:
    """A shape of the sprite, for the eye only: the word stands beside it."""
    _checked(shape, tone)
    return format_html(
        '<svg class="glyph{}" aria-hidden="true"><use href="#s-{}"/></svg>',
        f" is-{tone}" if tone else "",
        shape,
    )


@register.simple_tag
def badge(*, label: Any, tone: str = "", shape: str = "open") -> SafeString:
    _checked(shape, tone)
    return format_html(
        '<span class="badge{}">{}<span>{}</span></span>',
        f" is-{tone}" if tone else "",
        glyph(shape),
        label,
    )


@register.simple_tag
def state_badge(paper: Any, *, field: str = "state") -> SafeString:
    """The state of a paper in the model's own word: ``paper.get_<field>_display()``."""
    model_name = paper._meta.model_name  # noqa: SLF001 -- Django documents it for this
    tone, shape = look_of(*look_key(model_name, field, getattr(paper, field)))
    return badge(label=getattr(paper, f"get_{field}_display")(), tone=tone, shape=shape)


@register.simple_tag
def kind_badge(kind: str, state: str, *, label: Any) -> SafeString:
    """The same for what is no paper, a person's standing for one: kinds are in looks.py."""
    tone, shape = look_of(kind, state)
    return badge(label=label, tone=tone, shape=shape)


@register.simple_tag
def kind_glyph(kind: str, state: str) -> SafeString:
    """The shape of such a state alone, where the words beside it say what it means."""
    tone, shape = look_of(kind, state)
    return glyph(shape, tone=tone)


@register.inclusion_tag("components/holder.html")
def holder(facts: Any) -> dict[str, Any]:
    """State, who holds it, since when, what happens next: how every paper opens."""
    return picked(
        facts, state_label="", tone="", shape="open", holder="", since="", next_step="", extra=()
    )


@register.inclusion_tag("components/step_line.html")
def step_line(steps: Iterable[Any]) -> dict[str, Any]:
    lines = [picked(step, label="", when="", who="", position="next", shape="") for step in steps]
    for line in lines:
        line["shape"] = line["shape"] or STEP_SHAPES[line["position"]]
    return {"steps": lines}


@register.inclusion_tag("components/history.html")
def history(rows: Iterable[Any]) -> dict[str, Any]:
    """Steps already taken, newest first as given: when, who, what, in which words."""
    return {
        "rows": [
            picked(row, at="", who="", office="", on_behalf_of="", label="", comment="")
            for row in rows
        ]
    }


@register.inclusion_tag("components/todo_list.html")
def todo_list(rows: Iterable[Any]) -> dict[str, Any]:
    return {
        "rows": [
            picked(row, title="", url="", tone="", shape="open", when="", why="") for row in rows
        ]
    }


@register.inclusion_tag("components/figure_row.html")
def figure_row(cells: Iterable[Any]) -> dict[str, Any]:
    """Numbers of the agency; each opens the rows it was counted from."""
    return {
        "cells": [
            picked(cell, label="", value="", of="", url="", tone="", shape="", note="", lead=False)
            for cell in cells
        ]
    }


@register.filter
def tone_of_message(level_tag: str) -> str:
    return MESSAGE_LOOKS.get(level_tag, ("info", "info"))[0]


@register.filter
def shape_of_message(level_tag: str) -> str:
    return MESSAGE_LOOKS.get(level_tag, ("info", "info"))[1]
