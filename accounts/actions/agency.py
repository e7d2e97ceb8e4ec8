"""What the agency calls itself: one version per first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import agency
from accounts.models import AgencyVersion
from accounts.permissions_administration import require_administrator

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def describe(version: AgencyVersion, *, by: Person, seen: int) -> AgencyVersion:
    """Write a version: a new one from another day, or what one from that day says now.

    ``seen`` is the revision the writer had before them, 0 for a new one. Raises
    ``ValidationError`` with the code ``stale`` if somebody has changed it since.
    """
    require_administrator(by)
    version.full_clean(validate_unique=False)
    words = {name: getattr(version, name) for name in agency.WORDS}
    rows = AgencyVersion.objects.filter(starts_on=version.starts_on)
    stored = rows.first()
    if stored is not None and all(getattr(stored, name) == words[name] for name in words):
        return stored  # pressed twice
    if stored is None:
        version.pk, version.revision = None, 1
        _insert(version)
    elif not rows.filter(revision=seen).update(**words, revision=F("revision") + 1):
        raise _stale()
    transaction.on_commit(agency.forget)
    return stored or version


def _insert(version: AgencyVersion) -> None:
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:  # somebody else entered this day meanwhile
        raise _stale() from error


def _stale() -> ValidationError:
    return ValidationError(
        _("Somebody else has changed this meanwhile. Read what stands there now, then save again."),
        code="stale",
    )
