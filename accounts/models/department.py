"""Departments: stable rows with dated names, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from accounts.choices import DepartmentKind
from accounts.models.period import Period, ends_after_start

if TYPE_CHECKING:
    from datetime import date


# However often the papers were passed on since: SQL says that once, where nested subqueries
# would say it once per step, and cost more to put together than to answer.
TAKEN_OVER = """
WITH RECURSIVE gone (id) AS (
  SELECT old_id FROM accounts_departmentsuccession WHERE new_id = %s AND is_main AND "on" <= %s
  UNION
  SELECT link.old_id FROM accounts_departmentsuccession link JOIN gone ON link.new_id = gone.id
  WHERE link.is_main AND link."on" <= %s
) SELECT id FROM gone
"""


def taken_over_by(department_id: int | None, on: date) -> RawSQL:
    """Departments that have ended and whose main successor is ``department_id``, or one
    that has ended since and went there in its turn (A → B → C).

    Not read by itself: it goes into the question that asks for papers.
    """
    return RawSQL(TAKEN_OVER, (department_id, on, on))  # noqa: S611 -- nothing of a person's is in it


def of_headed(department_id: int | None, on: date) -> Q:
    """Papers of the department one heads, and the open ones of those that went into it."""
    if department_id is None:
        return Q(pk__in=[])
    return Q(department=department_id) | Q(department__in=taken_over_by(department_id, on))


class Department(models.Model):
    """A department or the Office of the agency; its names are ``DepartmentVersion`` rows."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=DepartmentKind, default=DepartmentKind.DEPARTMENT
    )
    # The channel between departments and the Standing Committee; it never approves (R6).
    is_coordinating = models.BooleanField(_("coordinating department"), default=False)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["code"]

    def __str__(self) -> str:
        versions = self.dated()
        return versions[-1].name if versions else self.code

    def dated(self) -> list[DepartmentVersion]:
        """All versions, oldest first; prefetch ``versions`` where many are shown."""
        return sorted(self.versions.all(), key=lambda version: version.starts_on)

    def version_on(self, day: date) -> DepartmentVersion | None:
        """The version in force on ``day``, else the nearest one before or after it."""
        versions = self.dated()
        past = [version for version in versions if version.starts_on <= day]
        return past[-1] if past else versions[0] if versions else None

    def name_on(self, day: date) -> str:
        version = self.version_on(day)
        return version.name if version else self.code

    def exists_on(self, day: date) -> bool:
        return any(version.covers(day) for version in self.dated())


class DepartmentVersion(Period):
    department = models.ForeignKey(Department, models.CASCADE, related_name="versions")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)

    class Meta:
        ordering = ["department", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "starts_on"], name="one_department_version_per_day"
            ),
            ends_after_start("department_version_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentSuccession(models.Model):
    """Which department took over which, on which day: many to many."""

    old = models.ForeignKey(Department, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Department, models.PROTECT, related_name="predecessors")
    on = models.DateField(_("day"))
    # Open papers of the old one pass to the head of its main successor.
    is_main = models.BooleanField(_("main successor"), default=True)

    class Meta:
        ordering = ["on", "old", "new"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="one_department_succession"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
