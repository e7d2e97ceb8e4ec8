"""Host units: what cadres visit. Stable rows with dated names, levels and parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Share, UnitLevel
from accounts.models.period import Period, ends_after_start
from accounts.text import search_text

if TYPE_CHECKING:
    from datetime import date

# How a union is addressed, from the administrative kind of its place.
_UNION_NAMES = {
    "Quận": "Quận đoàn {place}",
    "Huyện": "Huyện đoàn {place}",
    "Thị xã": "Thị đoàn {place}",
    "Phường": "Đoàn phường {place}",
    "Xã": "Đoàn xã {place}",
    "Thị trấn": "Đoàn thị trấn {place}",
}


class UnitQuerySet(models.QuerySet["Unit"]):
    def existing_on(self, day: date) -> UnitQuerySet:
        return self.filter(
            Q(versions__starts_on=None) | Q(versions__starts_on__lte=day),
            Q(versions__ends_on=None) | Q(versions__ends_on__gte=day),
        ).distinct()

    def matching(self, words: str) -> UnitQuerySet:
        """Units whose names or code contain ``words``, diacritics ignored."""
        return self.filter(versions__search_text__contains=search_text(words)).distinct()


class Unit(models.Model):
    """A host unit; visits keep theirs for ever and show the name valid on their date."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("host unit")
        verbose_name_plural = _("host units")
        ordering = ["code"]

    def __str__(self) -> str:
        versions = self.dated()
        return versions[-1].union_name if versions else self.code

    def dated(self) -> list[UnitVersion]:
        """All versions, oldest first; prefetch ``versions`` where many are shown."""
        return sorted(
            self.versions.all(),
            key=lambda version: (version.starts_on is not None, version.starts_on),
        )

    def version_on(self, day: date) -> UnitVersion | None:
        """The version in force on ``day``, else the nearest one before or after it."""
        versions = self.dated()
        past = [v for v in versions if v.starts_on is None or v.starts_on <= day]
        return past[-1] if past else versions[0] if versions else None

    def name_on(self, day: date) -> str:
        version = self.version_on(day)
        return version.union_name if version else self.code

    def exists_on(self, day: date) -> bool:
        return any(version.covers(day) for version in self.dated())


class UnitVersion(Period):
    """``starts_on`` empty means: as long as anybody remembers."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    starts_on = models.DateField(_("from"), null=True, blank=True)  # type: ignore[assignment]  # may be empty here only
    level = models.CharField(_("level"), max_length=12, choices=UnitLevel)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=100)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    search_text = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["unit", "starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "starts_on"], name="one_unit_version_per_day"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(starts_on=None),
                name="one_unit_version_without_first_day",
            ),
            ends_after_start("unit_version_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def union_name(self) -> str:
        """The union of this place, as it is addressed: "Huyện đoàn Sóc Sơn"."""
        form = _UNION_NAMES.get(self.kind)
        return form.format(place=self.short_name) if form else self.name

    def index(self, code: str) -> UnitVersion:
        """Derive what is searched from the names; the caller saves."""
        self.search_text = search_text(f"{self.union_name} {self.name} {code}")[:400]
        return self


class UnitSuccession(models.Model):
    """Which unit took over which, how much of it, on which day."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    share = models.CharField(_("share"), max_length=8, choices=Share)
    on = models.DateField(_("day"))

    class Meta:
        ordering = ["on", "old", "new"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="one_unit_succession"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
