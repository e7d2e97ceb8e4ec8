"""The sentence a main page says until its reader has put it away."""

from typing import Any

from django.template import Context

from accounts.hints import HINTS
from config.ui.library import register


@register.inclusion_tag("components/first_use.html", takes_context=True)
def first_use(context: Context, page: str) -> dict[str, Any]:
    """``page`` is a key of ``accounts.hints.HINTS``; another one is an error."""
    words, request = HINTS[page], context.get("request")
    read = getattr(getattr(request, "user", None), "hints_read", HINTS)
    return {
        "words": "" if page in read else words,
        "page": page,
        "next": request.get_full_path() if request else "",
    }
