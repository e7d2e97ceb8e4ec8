"""What changed in the organisation, on record: who did it, on which decision, from which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationSubject, OrganisationVerb

if TYPE_CHECKING:
    from accounts.models.person import Person


class OrganisationEventQuerySet(models.QuerySet["OrganisationEvent"]):
    def visible_to(self, person: Person) -> Self:
        """The organisation's record is the administrator's."""
        is_administrator = person.offices(timezone.localdate()).is_administrator
        return self if is_administrator else self.none()

    def about(self, kind: OrganisationSubject, code: str) -> Self:
        return self.filter(subject_kind=kind, subject_code=code)


class OrganisationEvent(models.Model):
    """One change of a person, an office, a department or a unit; written once.

    The subject is named by its code, which is for life: the record outlives a row that was
    a mistake. ``details`` says what was and what is, as plain values: {"before", "after"}.
    """

    subject_kind = models.CharField(_("about"), max_length=12, choices=OrganisationSubject)
    subject_code = models.CharField(_("code"), max_length=60)
    kind = models.CharField(_("what happened"), max_length=20, choices=OrganisationVerb)
    on = models.DateField(_("takes effect on"))
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_on = models.DateField(_("date of the decision"), null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="organisation_changed"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = OrganisationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the organisation")
        verbose_name_plural = _("changes of the organisation")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_kind", "subject_code"], name="event_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject_code}: {self.get_kind_display()}"
