"""What an action refused, put where the person will look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from fieldvisits.actions.bulk import in_words

if TYPE_CHECKING:
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


def renew(form: BaseForm, **hidden: object) -> None:
    """Let a stale form be sent again: what was typed stays, what was seen is the present."""
    data = QueryDict(mutable=True)
    for name in form.data:
        data[name] = form.data[name]
    for name, value in hidden.items():
        data[form.add_prefix(name)] = str(value)
    form.data = data
