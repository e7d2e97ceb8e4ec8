"""What weekly and quarterly reports have alike: a writer, a superior, who sees them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Body
from accounts.models import Appointment
from accounts.models.department import of_headed
from fieldvisits.models.paper import Paper
from reports.models.history import acted_on

if TYPE_CHECKING:
    from accounts.models import Person

LONGEST = 8000
DRAFT, RETURNED, SUBMITTED = "draft", "returned", "submitted"
WITH_WRITER = (DRAFT, RETURNED)


class ReportQuerySet(models.QuerySet):
    def visible_to(self, person: Person) -> Self:
        """Own reports; submitted ones of the department one heads; all for the committee.

        Who acted on a report keeps sight of it, except while it is a draft. Who stands in
        for the head has nothing to do with the head's own (R25).
        """
        today = timezone.localdate()
        offices = person.offices(today)
        filed = ~Q(state=DRAFT)
        seen = Q(person=person) | (filed & acted_on(person, self.model.PATH))  # type: ignore[attr-defined]  # it is a paper
        if offices.is_on_committee:
            seen |= filed
        elif offices.headed_id:
            members = Appointment.objects.on(today).filter(department=offices.headed_id)
            others = filed & ~Q(person__in=offices.away_ids) if offices.away_ids else filed
            seen |= others & (
                of_headed(offices.headed_id, today)
                | Q(department=None, person__in=members.values("person"))
            )
        return self.filter(seen)

    def waiting_for(self, person: Person) -> Self:
        """Submitted to ``person``, or to an earlier head of the department now headed.

        A superior is one only as long as in office.
        """
        today = timezone.localdate()
        offices = person.offices(today)
        waits = Q(pk__in=[])
        if offices.is_on_committee and not offices.is_away_on_committee:
            waits |= Q(superior__in={person.pk, *offices.away_ids})
        if offices.acting_head_of:
            waits |= of_headed(offices.acting_head_of, today) & Q(superior__isnull=False)
        others = self.exclude(person__in={person.pk, *offices.away_ids})
        return others.filter(waits, state=SUBMITTED)

    def unread(self) -> Self:
        """Submitted to somebody who has not answered."""
        return self.filter(state=SUBMITTED, superior__isnull=False)

    def unread_since(self, moment: datetime) -> Self:
        """Submitted at ``moment`` or before to somebody who has not answered (R10)."""
        return self.unread().filter(moved_at__lte=moment)


class Report(Paper):
    """A report of one person about a time; ``revision`` counts rewrites of the draft."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss")
    # The writer's department and superior on the day of submission. A report that was taken
    # over from earlier records has neither and waits for nobody.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="%(class)ss_to_read"
    )
    # When it was first submitted; this decides between on time and late, whatever follows.
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    results = models.TextField(_("results"), max_length=LONGEST, blank=True)
    difficulties = models.TextField(_("difficulties"), max_length=LONGEST, blank=True)
    proposals = models.TextField(_("proposals"), max_length=LONGEST, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def is_with_writer(self) -> bool:
        return self.state in WITH_WRITER

    @property
    def last_day(self) -> date:
        raise NotImplementedError

    def department_then(self) -> int | None:
        """Whose head reads it: the department it was sent from, or belonged to at its end."""
        if self.department_id is not None or self.superior_id is not None:
            return self.department_id
        if "_department_then" not in self.__dict__:
            self.__dict__["_department_then"] = (
                Appointment.objects.on(self.last_day)
                .filter(person=self.person_id, body=Body.DEPARTMENT)
                .values_list("department_id", flat=True)
                .first()
            )
        found: int | None = self.__dict__["_department_then"]
        return found
