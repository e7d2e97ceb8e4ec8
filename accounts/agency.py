"""What the agency is called on a day: its own words, or those of the environment until then.

Read on every page, so what was read is kept in the cache until somebody changes it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from accounts.models import AgencyVersion

KEY = "agency-versions"
KEPT = int(timedelta(minutes=5).total_seconds())  # what was changed past the cache shows then


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """The words; the defaults are those of the document form the sources show."""

    name: str
    superior_body: str = "Thành đoàn Hà Nội"
    issuing_body: str = "Ban Thường vụ"
    motto: str = "Đoàn TNCS Hồ Chí Minh"
    place: str = "Hà Nội"
    number_code: str = "TĐTN"
    number_department: str = "TCKT"
    signed_for: str = "TM. Ban Thường vụ"
    signed_in_place: str = "KT."
    signed_by_order: str = "TL."
    help_sentence: str = ""
    starts_on: date | None = None  # None: nobody has entered anything yet

    def __str__(self) -> str:
        return self.name

    @property
    def is_entered(self) -> bool:
        return self.starts_on is not None

    def ending(self, kind: str) -> str:
        """What follows the running number of a document: "-TB/TĐTN-TCKT"."""
        return f"-{kind}/{self.number_code}-{self.number_department}"


WORDS = tuple(field.name for field in fields(Agency) if field.name != "starts_on")


def fallback() -> Agency:
    """The agency of the environment, while the office has entered nothing."""
    return Agency(name=settings.AGENCY_NAME, help_sentence=settings.HELP_SENTENCE)


def versions() -> tuple[Agency, ...]:
    """All versions, oldest first; one query, or none."""
    rows: tuple[dict[str, Any], ...] | None = cache.get(KEY)
    if rows is None:
        rows = tuple(AgencyVersion.objects.values(*WORDS, "starts_on"))
        cache.set(KEY, rows, KEPT)
    # Plain values are kept: right after an upgrade they may be those of the version before.
    known = (*WORDS, "starts_on")
    return tuple(Agency(**{name: row[name] for name in known if name in row}) for row in rows)


def forget() -> None:
    cache.delete(KEY)


def agency_on(day: date) -> Agency:
    """The version in force on ``day``, else the first one after it, else the environment's."""
    known = versions()
    past = [one for one in known if one.starts_on and one.starts_on <= day]
    return past[-1] if past else known[0] if known else fallback()


def agency_today() -> Agency:
    return agency_on(timezone.localdate())
