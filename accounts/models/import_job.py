"""Tables somebody brought: looked through, taken in, and, if it comes to that, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import ImportKind, ImportState
from accounts.models.claimed import Claimed, ClaimedQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Person

UNFINISHED = (
    ImportState.TO_CHECK, ImportState.CHECKING, ImportState.TO_IMPORT, ImportState.IMPORTING,
)  # fmt: skip


class ImportJobQuerySet(ClaimedQuerySet):
    def visible_to(self, person: Person) -> ImportJobQuerySet:
        """Everything for the administrator, nothing for anybody else."""
        if person.offices(timezone.localdate()).is_administrator:
            return self.all()
        return self.none()

    def to_show(self) -> ImportJobQuerySet:
        """With whom a line names, and without what only the page of one import shows."""
        return self.select_related("asked_by", "confirmed_by", "undone_by").defer(
            "preview", "journal"
        )


class ImportJob(Claimed):
    """One upload, or the reorganisation from the tables that come along, and what became of it.

    ``state`` is written by ``accounts.imports`` and nowhere else. ``preview`` is what a dry run
    found, ``journal`` what the import wrote, for taking it back.
    """

    BEGUN = {
        ImportState.TO_CHECK.value: ImportState.CHECKING.value,
        ImportState.TO_IMPORT.value: ImportState.IMPORTING.value,
    }

    kind = models.CharField(
        max_length=20, choices=ImportKind, default=ImportKind.TABLES, editable=False
    )
    # What was asked beside a file, as plain values: of a reorganisation the decision.
    options = models.JSONField(default=dict, blank=True, editable=False)
    name = models.CharField(_("file"), max_length=200)
    file = models.FileField(blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    asked_at = models.DateTimeField(pgettext_lazy("import", "uploaded"))
    state = models.CharField(
        max_length=10, choices=ImportState, default=ImportState.TO_CHECK, editable=False
    )
    # The language of whoever uploaded it: the worker writes its sentences in it.
    language = models.CharField(max_length=8, blank=True, editable=False)
    preview = models.JSONField(null=True, editable=False, encoder=DjangoJSONEncoder)
    # What the preview comes to; an import that would do anything else is refused.
    digest = models.CharField(max_length=64, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="confirmed_imports"
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    journal = models.JSONField(null=True, editable=False, encoder=DjangoJSONEncoder)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="undone_imports"
    )
    undone_at = models.DateTimeField(null=True, editable=False)
    # In rows, of all tables together.
    created = models.PositiveIntegerField(default=0, editable=False)
    changed = models.PositiveIntegerField(default=0, editable=False)
    removed = models.PositiveIntegerField(default=0, editable=False)
    unchanged = models.PositiveIntegerField(default=0, editable=False)
    wrong = models.PositiveIntegerField(default=0, editable=False)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            # Two workers never take two files in at the same time.
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=ImportState.IMPORTING),
                name="one_import_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ImportState.DONE, ImportState.UNDONE])
                | Q(confirmed_by__isnull=False),
                name="what_is_imported_was_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["state", "claimed_at"])]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("accounts:import-detail", args=[self.pk])

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def is_reorganisation(self) -> bool:
        return self.kind == ImportKind.REORGANISATION

    @property
    def title(self) -> StrOrPromise:
        """The name of the file, or what it is in the reader's language."""
        return _("The reorganisation of 2025") if self.is_reorganisation else self.name

    @property
    def can_be_read_again(self) -> bool:
        """Whether what it is taken from is still there."""
        return self.is_reorganisation or bool(self.file)

    @property
    def is_confirmable(self) -> bool:
        return self.state == ImportState.CHECKED and bool(
            self.created or self.changed or self.removed
        )

    @property
    def found(self) -> dict[str, Any]:
        """What the dry run found; empty until it has run."""
        return self.preview or {}
