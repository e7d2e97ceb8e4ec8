"""What every paper on a path has: a state, a version, a history, frozen contents.

``Step`` and ``Version`` name their paper by one of several foreign keys, exactly one
of them set: real references, checked by the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Person

PAPERS = ("plan", "dossier", "visit", "sitting")


class Paper(models.Model):
    """``state`` and ``version`` are written by ``fieldvisits.actions.door`` and nowhere else."""

    PATH: ClassVar[str]  # the key of its rows in ``fieldvisits.workflow``

    # Each paper names its own states.
    state = models.CharField(_("state"), max_length=20, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    # Since when the paper has been in its state; the holder line says so.
    moved_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:  # Django makes it from the states of each paper

        def get_state_display(self) -> str: ...

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Every paper has a page."""
        raise NotImplementedError


def _exactly_one_paper(name: str) -> models.CheckConstraint:
    condition = Q()
    for paper in PAPERS:
        others = {f"{other}__isnull": True for other in PAPERS if other != paper}
        condition |= Q(**{f"{paper}__isnull": False}, **others)
    return models.CheckConstraint(condition=condition, name=name)


class OfPaper(models.Model):
    """A row about one paper."""

    plan = models.ForeignKey(
        "fieldvisits.Plan", models.PROTECT, null=True, related_name="%(class)ss"
    )
    dossier = models.ForeignKey(
        "fieldvisits.Dossier", models.PROTECT, null=True, related_name="%(class)ss"
    )
    visit = models.ForeignKey(
        "fieldvisits.Visit", models.PROTECT, null=True, related_name="%(class)ss"
    )
    sitting = models.ForeignKey(
        "fieldvisits.Sitting", models.PROTECT, null=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True


def acted_on(person: Person, paper: str) -> Q:
    """Papers on which ``person`` took a step: who acted on one keeps sight of it.

    A subquery by itself, so that a database answers it once and not row by row.
    """
    steps = Step.objects.filter(by=person, **{f"{paper}__isnull": False})
    return Q(pk__in=steps.values(f"{paper}_id"))


class Step(OfPaper):
    """One row of history: who took which step, when, from where to where. Append-only."""

    name = models.CharField(max_length=24)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="steps_taken"
    )
    # The office acted in, in words, as it was on the day: "Trưởng ban".
    office = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    comment = models.TextField(blank=True, max_length=2000)
    # The version of the paper this step made; no two steps make the same one.
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]
        constraints = [
            _exactly_one_paper("step_is_about_one_paper"),
            *(
                models.UniqueConstraint(
                    fields=[paper, "number"],
                    condition=Q(**{f"{paper}__isnull": False}),
                    name=f"one_step_per_{paper}_version",
                )
                for paper in PAPERS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.before} → {self.after}"


class Version(OfPaper):
    """The content of a paper at one moment, frozen: canonical JSON and its SHA-256."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["number"]
        constraints = [
            _exactly_one_paper("version_is_of_one_paper"),
            *(
                models.UniqueConstraint(
                    fields=[paper, "number"],
                    condition=Q(**{f"{paper}__isnull": False}),
                    name=f"one_frozen_{paper}_version",
                )
                for paper in PAPERS
            ),
        ]

    def __str__(self) -> str:
        return self.content_hash[:12]
