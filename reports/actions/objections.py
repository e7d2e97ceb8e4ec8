"""Objecting in writing to the figures of a year (R15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import permissions
from reports.models import Objection
from reports.notices import objections as notices

if TYPE_CHECKING:
    from accounts.models import Person


def object_to(person: Person, year: int, *, by: Person, text: str) -> Objection:
    """Write it down and tell the superior and TCKT; the same text sent twice is one."""
    if not (verdict := permissions.objects_to_figures(by, person)):
        raise PermissionDenied(str(verdict.reason))
    said = list(Objection.objects.of(person, year))
    if same := next((one for one in said if one.text == text.strip()), None):
        return same
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                person=person,
                year=year,
                number=len(said) + 1,
                text=text.strip(),
                made_at=timezone.now(),
            )
            notices.tell(objection)
    except IntegrityError as error:
        raise ValidationError(
            _("Something was sent at this very moment; look at it, then send again."), code="stale"
        ) from error
    return objection
