"""Who stands in for an absent head or member, or fills a vacant office (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Body, Office
from accounts.models.appointment import Appointment
from accounts.models.period import Period, PeriodQuerySet, ends_after_start

if TYPE_CHECKING:
    from datetime import date

    from accounts.models.person import Person

# Stands for "nobody" where a query can say only whose office it is.
VACANT = 0


class DelegationQuerySet(PeriodQuerySet):
    def on(self, day: date) -> Self:
        """Rows that cover ``day`` and were not ended before it."""
        return super().on(day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def touching(self, first: date, last: date) -> Self:
        return super().touching(first, last).filter(Q(ended_on=None) | Q(ended_on__gt=first))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Rows in force on a day from ``first`` on, up to ``last`` or for ever."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=first))
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=first))
        rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=F("starts_on")))
        return rows if last is None else rows.filter(starts_on__lte=last)

    def in_force(self, day: date) -> Self:
        """Those of ``on`` whose office is still the delegator's, or still vacant.

        A right to act comes from an office held: it ends with it, whatever the row says, and
        with the place of who stands in: in that department, or on the committee.
        """
        there = Appointment.objects.on(day).filter(
            Q(department=OuterRef("department")) | Q(body=Body.STANDING_COMMITTEE),
            body=OuterRef("body"),
        )
        office = there.filter(office=OuterRef("office"))
        holders = office.filter(person=OuterRef("delegator"))
        vacant = Q(delegator=None) & ~Exists(office.filter(person__is_active=True))
        acting = there.filter(person=OuterRef("delegate"), person__is_active=True)
        return self.on(day).filter(vacant | Exists(holders), Exists(acting))

    def of_heads(self) -> Self:
        return self.filter(body=Body.DEPARTMENT)

    def of_committee(self) -> Self:
        return self.filter(body=Body.STANDING_COMMITTEE)

    def whose_office(self) -> Subquery:
        """The delegator of the first row, ``VACANT`` where there is none; NULL without a row."""
        whose = self.order_by("pk").annotate(whose=Coalesce("delegator", Value(VACANT)))
        return Subquery(whose.values("whose")[:1])

    def visible_to(self, person: Person) -> Self:
        """The two it is between, whoever made it, and administrators."""
        if person.offices(timezone.localdate()).is_administrator:
            return self
        return self.filter(Q(delegator=person) | Q(delegate=person) | Q(made_by=person))


class Delegation(Period):
    """One office, acted in by somebody else from a day to a day.

    ``delegator`` is empty while the office is vacant. A delegation ended early keeps its
    ``ends_on``; ``ended_on`` is the first day on which it is in force no more.
    """

    body = models.CharField(_("body"), max_length=24, choices=Body)
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    office = models.CharField(_("office"), max_length=20, choices=Office)
    delegator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations_given",
        verbose_name=_("absent"),
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="delegations_held",
        verbose_name=_("standing in"),
    )
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_made"
    )
    made_at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="delegations_ended"
    )

    objects = DelegationQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base's

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            ends_after_start("delegation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="delegation_is_ended_after_start",
            ),
            models.CheckConstraint(
                condition=Q(delegator=None) | ~Q(delegator=F("delegate")),
                name="delegation_is_to_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(body=Body.DEPARTMENT, office=Office.HEAD, department__isnull=False)
                | Q(body=Body.STANDING_COMMITTEE, department__isnull=True),
                name="delegation_names_its_office",
            ),
            # Overlaps are refused by the action, and by PostgreSQL itself; these two hold
            # on SQLite as well.
            models.UniqueConstraint(
                fields=["department", "starts_on"],
                condition=Q(body=Body.DEPARTMENT, ended_on=None),
                name="one_delegation_per_department_and_day",
            ),
            models.UniqueConstraint(
                fields=["delegator", "starts_on"],
                condition=Q(body=Body.STANDING_COMMITTEE, ended_on=None),
                name="one_delegation_per_member_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator or '-'} → {self.delegate}"

    def covers(self, day: date) -> bool:
        return super().covers(day) and (self.ended_on is None or day < self.ended_on)

    def is_over(self, today: date) -> bool:
        return self.ended_on is not None or (self.ends_on is not None and self.ends_on < today)
