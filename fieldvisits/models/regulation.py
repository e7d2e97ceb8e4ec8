"""The regulation as data: a version applies to whole years, apart from its date of issue."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldvisits.calendar import Quarter, window_of
from fieldvisits.choices import HolidayKind

if TYPE_CHECKING:
    from fieldvisits.calendar import type_of_holiday


def version_for(versions: list[Regulation], year: int) -> Regulation:
    """Choose among all versions, oldest first, the one that applies to ``year``."""
    if not versions:  # an office that emptied the table still gets pages, not errors
        return Regulation(first_year=year, issued_on=date(year, 1, 1), is_assumption=True)
    past = [version for version in versions if version.first_year <= year]
    return past[-1] if past else versions[0]


class RegulationQuerySet(models.QuerySet["Regulation"]):
    def for_year(self, year: int) -> Regulation:
        """The version that applies to ``year``.

        Where none does, the nearest earlier one is continued, and the screens say so
        (``assumed_for``); before the first, the first.
        """
        return version_for(list(self.order_by("first_year")), year)

    def on(self, day: date) -> Regulation:
        return self.for_year(day.year)


class Regulation(models.Model):
    """One version of the regime. Every number a rule needs is a field here (rule in brackets)."""

    number = models.CharField(_("number"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    issued_on = models.DateField(_("date of issue"))
    first_year = models.PositiveSmallIntegerField(_("first year"), unique=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    is_assumption = models.BooleanField(
        _("assumption"),
        default=False,
        help_text=_("No regulation was found for these years; an earlier one is continued."),
    )
    target_days = models.PositiveSmallIntegerField(_("days a year (R1)"), default=60)
    window_month = models.PositiveSmallIntegerField(_("first month of the window (R1)"), default=1)
    window_day = models.PositiveSmallIntegerField(_("first day of the window (R1)"), default=1)
    registration_opens_days = models.PositiveSmallIntegerField(
        _("registration opens, days before the quarter (R5)"), default=20
    )
    plan_due_day = models.PositiveSmallIntegerField(
        _("plan due, day of the first month (R5)"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )
    quorum_percent = models.PositiveSmallIntegerField(
        _("a sitting needs more than this percentage of the members in office (R7)"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    product_due_days = models.PositiveSmallIntegerField(
        _("product due, days after the visit (R4)"), default=15
    )
    product_again_days = models.PositiveSmallIntegerField(
        _("product due, days after it was returned (R4)"), default=7
    )
    confirmation_days = models.PositiveSmallIntegerField(
        _("answer of the unit due, days after the request (R14)"), default=10
    )
    dispute_working_days = models.PositiveSmallIntegerField(
        _("working days the cadre has for answering a unit's “no” (R14)"), default=5
    )
    result_due_days = models.PositiveSmallIntegerField(
        _("result due, days after the visit (R10)"), default=3
    )
    urgent_days = models.PositiveSmallIntegerField(
        _("urgent visit written up at the latest, days after its last day (R8)"), default=3
    )
    quarterly_due_day = models.PositiveSmallIntegerField(
        _("quarterly report due, day of the month after (R10)"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )
    unread_days = models.PositiveSmallIntegerField(
        _("unread reports go to the superior's superior after days (R10)"), default=7
    )
    # Days from the due day on which the clock reminds; negative ones lie before it.
    reminder_days = models.CharField(
        _("reminders, days from the due day (R5, R10, R12)"),
        max_length=60,
        default="-3, -1, 0, 1",
        validators=[RegexValidator(r"^\s*-?\d{1,2}(\s*,\s*-?\d{1,2})*\s*$")],
    )
    escalation_days = models.PositiveSmallIntegerField(
        _("the superior is told, days after the due day (R5, R10, R12)"), default=3
    )
    annual_due_month = models.PositiveSmallIntegerField(
        _("annual report due, month (R11)"), default=10
    )
    annual_due_day = models.PositiveSmallIntegerField(_("annual report due, day (R11)"), default=24)
    weekly_due_at = models.TimeField(_("weekly report due, Friday (R12)"), default=time(17))
    weekly_after_at = models.TimeField(
        _("weekly report after a weekend or a day off due, next working day (R12)"),
        default=time(12),
    )
    nudge_after_days = models.PositiveSmallIntegerField(
        _("reminding the holder of a paper, days after it came (R10)"), default=3
    )
    leaver_days = models.PositiveSmallIntegerField(
        _("days to report what a comrade who left has done (R20)"), default=30
    )
    exempt_month_days = models.PositiveSmallIntegerField(
        _("exempted days that take a month out of scope (R20)"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
    )
    level_quotas = models.JSONField(
        _("days at units of a level, where they are asked for (R1)"), default=dict, blank=True
    )
    pro_rates = models.BooleanField(_("exemptions lower the target (R20)"), default=False)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("regulation")
        verbose_name_plural = _("regulations")
        ordering = ["first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=models.F("first_year")),
                name="regulation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(plan_due_day__range=(1, 28)), name="plan_due_day_exists"
            ),
            models.CheckConstraint(
                condition=Q(quarterly_due_day__range=(1, 28)), name="quarterly_due_day_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def assumed_for(self, year: int) -> bool:
        """Whether this version is only continued, or borrowed, for ``year``."""
        return (
            self.is_assumption
            or year < self.first_year
            or (self.last_year is not None and year > self.last_year)
        )

    def window(self, year: int) -> tuple[date, date]:
        return window_of(year, month=self.window_month, day=self.window_day)

    def registration_opens_on(self, quarter: Quarter) -> date:
        return quarter.first_day - timedelta(days=self.registration_opens_days)

    def plan_due_on(self, quarter: Quarter) -> date:
        """The last day on which a plan for ``quarter`` is on time (R5)."""
        return quarter.first_day.replace(day=self.plan_due_day)

    def quarterly_due_on(self, quarter: Quarter) -> date:
        """The last day on which the report of ``quarter`` is on time (R10)."""
        return quarter.next.first_day.replace(day=self.quarterly_due_day)

    @property
    def reminder_offsets(self) -> tuple[int, ...]:
        """Days from the due day on which the clock reminds, in order."""
        return tuple(sorted(int(part) for part in self.reminder_days.split(",")))

    def annual_due_on(self, year: int) -> date:
        """The last day on time for the annual report: before 25/10 means 24/10 (R11)."""
        return date(year, self.annual_due_month, self.annual_due_day)


# What a version is, beside what it sets.
ABOUT = ("id", "number", "title", "issued_on", "first_year", "last_year", "is_assumption")


def setting_names() -> list[str]:
    """Every field that is a setting: new ones belong to it by themselves."""
    fields = Regulation._meta.concrete_fields  # noqa: SLF001 -- the documented model API
    return [field.name for field in fields if field.name not in ABOUT]


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def between(self, first: date, last: date) -> type_of_holiday:
        """Return {date: kind} of the rows from ``first`` to ``last``, both included."""
        return dict(self.filter(date__range=(first, last)).values_list("date", "kind"))


class Holiday(models.Model):
    """A day off, or a Saturday that is worked to make up for one (R21)."""

    date = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=HolidayKind)
    name = models.CharField(_("name"), max_length=200)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"
