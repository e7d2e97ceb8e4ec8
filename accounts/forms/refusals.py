"""What an action refused, put where the person will look for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.formats import date_format

from accounts.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.forms import BaseForm

FIELD = "field-"
FORBIDDEN, CONFLICT, UNPROCESSABLE = 403, 409, 422
MOVED = {"stale", "moved_on"}


def add_refusal(form: BaseForm, refusal: ValidationError | PermissionDenied) -> int:
    """Put every message at its field, the rest above the form; return the HTTP status."""
    if isinstance(refusal, PermissionDenied):
        form.add_error(None, str(refusal))
        return FORBIDDEN
    status = UNPROCESSABLE
    by_field = getattr(refusal, "error_dict", None) or {None: refusal.error_list}
    for name, errors in by_field.items():
        for error in errors:
            code = error.code or ""
            field = code.removeprefix(FIELD) if code.startswith(FIELD) else name
            form.add_error(field if field in form.fields else None, error)
            if code in MOVED:
                status = CONFLICT
    return status


def said_on_page(refusal: ValidationError | PermissionDenied) -> tuple[str, int]:
    """The refusal in words and the HTTP status, for a page that has no form to put it in."""
    status = CONFLICT if isinstance(refusal, ValidationError) else FORBIDDEN
    return in_words(refusal), status


def show_the_present(
    form: Any, stored: Mapping[str, Any], *, rows: Iterable[tuple[str, str]] = (), **hidden: object
) -> None:
    """After a refusal: what is stored otherwise than typed stands beside it, and the form can
    be sent again over what it shows. ``stored`` by field, ``rows`` for what is no field (B3).
    """
    typed = getattr(form, "cleaned_data", {})
    found = [
        (str(form[name].label), _shown(was))
        for name, was in stored.items()
        if name in typed and not form[name].is_hidden and (typed[name] or "") != (was or "")
    ]
    form.theirs = [*found, *rows]
    renew(form, **hidden)


def _shown(value: object) -> str:
    return date_format(value) if isinstance(value, date) else str(value or "")


def renew(form: BaseForm, **hidden: object) -> None:
    """Let a stale form be sent again: what was typed stays, what was seen is the present."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data[name] = form.data[name]
    for name, value in hidden.items():
        data[form.add_prefix(name)] = str(value)
    form.data = data
