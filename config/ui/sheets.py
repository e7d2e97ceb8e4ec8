"""Page head, sheets, notes, empty places, the way back."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import slugify

from config.ui.library import register

NOTE_SHAPES = {"info": "info", "ok": "accepted", "warn": "late", "bad": "refused"}
SHEET_TONES = frozenset({"", "now", "ok", "warn", "bad"})


def anchor(title: Any) -> str:
    """Return an id for a heading.

    >>> anchor("Việc cần làm (4)")
    'h-viec-can-lam-4'
    """
    return f"h-{slugify(str(title).replace('đ', 'd').replace('Đ', 'D'))}"


@register.simple_block_tag
def page_head(content: str, *, title: Any, lead: Any = "", state: Any = "") -> str:
    """The page's h1, a line below it, and the buttons that stand in the block."""
    return render_to_string(
        "components/page_head.html",
        {"content": content, "title": title, "lead": lead, "state": state},
    )


@register.simple_block_tag
def card(  # noqa: PLR0913 -- every one is a word of the templates
    content: str,
    *,
    title: Any,
    tone: str = "",
    id: str = "",  # noqa: A002 -- the word of the templates
    link: str = "",
    link_label: Any = "",
    aside: Any = "",
    flush: bool = False,
) -> str:
    """A sheet with a heading. ``flush`` leaves out the padding, for tables and lists."""
    if tone not in SHEET_TONES:
        raise ValueError(f"no such tone: {tone!r}")
    return render_to_string(
        "components/card.html",
        {
            "content": content,
            "title": title,
            "tone": tone,
            "id": id,
            "heading": f"h-{id}" if id else anchor(title),
            "link": link,
            "link_label": link_label,
            "aside": aside,
            "flush": flush,
        },
    )


@register.simple_block_tag
def note(
    content: str, *, tone: str = "info", title: Any = "", shape: str = "", live: bool = False
) -> str:
    """Information, success, warning or a refusal with its reason and the way out."""
    return render_to_string(
        "components/note.html",
        {
            "content": content,
            "tone": tone,
            "title": title,
            "shape": shape or NOTE_SHAPES[tone],
            "live": live,
        },
    )


@register.simple_block_tag
def empty(content: str, *, title: Any, shape: str = "open") -> str:
    """What stands where a list would be: what it means, and what to do."""
    return render_to_string(
        "components/empty.html", {"content": content, "title": title, "shape": shape}
    )


@register.inclusion_tag("components/crumbs.html")
def crumbs(pairs: Iterable[tuple[Any, str | None]]) -> dict[str, Any]:
    return {"pairs": list(pairs)}
