"""The number of a notice: with the closing of the sitting, or afterwards by the clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.text import document_number
from fieldvisits.actions.door import hold, take
from fieldvisits.models import Sitting

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def number(
    sitting: Sitting,
    *,
    by: Person,
    notice_number: str,
    is_new_term: bool = False,
    version: int | None = None,
) -> StepFields:
    """Give the notice of a closed sitting its number, once.

    Raises ``PermissionDenied`` for anybody but the clerk and who led or wrote the sitting,
    ``ValidationError`` if it has one already, or another notice of the term carries this one.
    """
    hold(sitting)
    if sitting.notice_number:
        raise ValidationError(
            _("This notice has its number already: %(number)s.")
            % {"number": sitting.notice_number},
            code="moved_on",
        )
    changes = chosen(sitting, notice_number, is_new_term=is_new_term)
    try:
        with transaction.atomic():
            return take(sitting, "number", by=by, version=version, changes=changes)
    except IntegrityError:  # somebody numbered another notice at this very moment
        raise taken(None) from None


def chosen(sitting: Sitting, typed: str, *, is_new_term: bool = False) -> dict[str, Any]:
    """Return the number and its term as they are stored; no two of a term are alike."""
    text, term = document_number(typed), present_term() + is_new_term
    others = Sitting.objects.exclude(pk=sitting.pk).filter(notice_term=term)
    if text and (other := others.filter(notice_number=text).first()):
        raise taken(other)
    return {"notice_number": text, "notice_term": term}


def present_term() -> int:
    """The term in which documents are numbered now: it changes when the clerk begins anew."""
    terms = Sitting.objects.exclude(notice_number="").order_by("-notice_term")
    return terms.values_list("notice_term", flat=True).first() or 1


def taken(other: Sitting | None) -> ValidationError:
    if other is None:
        said = _("Another notice has got this number just now; look at the suggestion again.")
    else:
        said = _("The notice of the sitting of %(day)s already has this number.") % {
            "day": f"{other.held_on:%d/%m/%Y}"
        }
    return ValidationError(said, code="field-notice_number")
