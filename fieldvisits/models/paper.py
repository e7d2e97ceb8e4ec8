"""What every paper on a path has: a state, a version, a history, frozen contents.

``Step`` and ``Version`` name their paper by one of several foreign keys, exactly one
of them set: real references, checked by the database. An app above has papers of its own
with history tables of the same shape (``StepFields``, ``VersionFields``); the door writes
through ``paper.steps`` and ``paper.versions`` and never asks which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Body, Office
from accounts.models import Appointment

if TYPE_CHECKING:
    from accounts.models import Person
    from accounts.models.appointment import Offices

PAPERS = (
    "plan",
    "dossier",
    "visit",
    "sitting",
    "request",
    "product",
    "unit_notice",
    "confirmation",
)


class Paper(models.Model):
    """``state`` and ``version`` are written by ``fieldvisits.actions.door`` and nowhere else."""

    PATH: ClassVar[str]  # the key of its rows in ``fieldvisits.workflow``

    # Each paper names its own states.
    state = models.CharField(_("state"), max_length=20, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    # Since when the paper has been in its state; the holder line says so.
    moved_at = models.DateTimeField(null=True, editable=False)

    if TYPE_CHECKING:  # Django makes them: from the states, and from the history tables
        steps: Any
        versions: Any

        def get_state_display(self) -> str: ...

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Every paper has a page."""
        raise NotImplementedError

    def forget(self) -> None:
        """Let go of what was read along with the row; the row itself has just been read anew."""


def exactly_one(papers: tuple[str, ...], name: str) -> models.CheckConstraint:
    """A row of history is about one paper."""
    condition = Q()
    for paper in papers:
        others = {f"{other}__isnull": True for other in papers if other != paper}
        condition |= Q(**{f"{paper}__isnull": False}, **others)
    return models.CheckConstraint(condition=condition, name=name)


def one_per_number(papers: tuple[str, ...], name: str) -> list[models.BaseConstraint]:
    """No two rows of one paper have the same number; ``name`` has a %s for the paper."""
    return [
        models.UniqueConstraint(
            fields=[paper, "number"],
            condition=Q(**{f"{paper}__isnull": False}),
            name=name % paper,
        )
        for paper in papers
    ]


def _of(model: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(model, models.PROTECT, null=True, related_name="%(class)ss")


class OfPaper(models.Model):
    """A row about one paper."""

    plan = _of("fieldvisits.Plan")
    dossier = _of("fieldvisits.Dossier")
    visit = _of("fieldvisits.Visit")
    sitting = _of("fieldvisits.Sitting")
    request = _of("fieldvisits.AdHocRequest")
    product = _of("fieldvisits.Product")
    unit_notice = _of("fieldvisits.UnitNotice")
    confirmation = _of("fieldvisits.ConfirmationRequest")

    class Meta:
        abstract = True


def acted_on(person: Person, paper: str) -> Q:
    """Papers on which ``person`` took a step: who acted on one keeps sight of it.

    A subquery by itself, so that a database answers it once and not row by row.
    """
    steps = Step.objects.filter(by=person, **{f"{paper}__isnull": False})
    return Q(pk__in=steps.values(f"{paper}_id"))


def left_to_member_in_charge(offices: Offices, owner: str) -> Q:
    """Papers of departments in one's portfolio on which the member in charge decides: the
    head's own, and all of a department without a head (R17). ``owner`` is the field.
    """
    heads = Appointment.objects.on(offices.on).filter(body=Body.DEPARTMENT, office=Office.HEAD)
    own = heads.filter(department=OuterRef("department"), person=OuterRef(owner))
    vacant = ~Q(department__in=heads.values("department"))
    return Q(department__in=offices.portfolio_ids) & (vacant | Q(Exists(own)))


class StepFields(models.Model):
    """Who took which step, when, from where to where; append-only."""

    name = models.CharField(max_length=24)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="%(class)ss_taken"
    )
    # Whom ``by`` stood in for, if the step was taken under a delegation (R25).
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="%(class)ss_delegated"
    )
    # The office held on the day, and the one acted in where that is another's: codes of
    # ``accounts.choices.Office``. ``on_behalf_of`` is empty while the other is vacant.
    office = models.CharField(max_length=120, blank=True)
    acted_in = models.CharField(max_length=20, blank=True)
    # Both names as they were on the day; empty in histories older than this column.
    by_name = models.CharField(max_length=120, blank=True)
    on_behalf_of_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    comment = models.TextField(blank=True, max_length=2000)
    # The version of the paper this step made; no two steps make the same one.
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.before} → {self.after}"


class VersionFields(models.Model):
    """The content of a paper at one moment, frozen: canonical JSON and its SHA-256."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return self.content_hash[:12]


class Step(OfPaper, StepFields):
    """One row of history of a paper of the planner."""

    class Meta(StepFields.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            exactly_one(PAPERS, "step_is_about_one_paper"),
            *one_per_number(PAPERS, "one_step_per_%s_version"),
        ]


class Version(OfPaper, VersionFields):
    """The frozen content of a paper of the planner."""

    class Meta(VersionFields.Meta):
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            exactly_one(PAPERS, "version_is_of_one_paper"),
            *one_per_number(PAPERS, "one_frozen_%s_version"),
        ]
