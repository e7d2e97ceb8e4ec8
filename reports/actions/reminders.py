"""What the clock reminds of in reporting: weeks, quarters, the year. One row per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, Person
from fieldvisits.calendar import Quarter, Week
from fieldvisits.ledger import conditions
from fieldvisits.models import LedgerEntry
from fieldvisits.reminding import Kind, Owed, end_of
from reports.choices import IssueState, JobState, QuarterlyState, WeeklyState
from reports.figures.weekly import visited_weeks
from reports.figures.window import Window
from reports.models import AnnualReport, Issue, QuarterlyReport, ReportJob, WeeklyReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fieldvisits.reminding import Morning


def owed_weeks(morning: Morning) -> Iterator[Owed]:
    """Weeks with an approved or actual visit day whose report is not with the superior (R12)."""
    first, last = morning.span
    years = sorted({Week.of(first).year, Week.of(last).year})
    filed = {
        (person_id, Week(year, number))
        for person_id, year, number in WeeklyReport.objects.filter(year__in=years)
        .exclude(state=WeeklyState.DRAFT)
        .values_list("person", "year", "number")
    }
    for year in years:
        window = Window.of(morning.regulation(year), year, morning.today)
        owed = visited_weeks(window)
        people = Person.objects.in_bulk(list(owed))
        for cadre_id, weeks in owed.items():
            for row in weeks:
                if first <= row.due_at.date() <= last and (cadre_id, row.week) not in filed:
                    yield Owed(
                        person=people[cadre_id],
                        about=str(row.week),
                        due_at=row.due_at,
                        url=reverse("reports:weekly-write", args=[row.week]),
                        values={"week": row.week.number, "year": row.week.year},
                    )


def owed_quarters(morning: Morning) -> Iterator[Owed]:
    """Quarters with an approved or actual visit day whose report is not with the superior (R10)."""
    first, last = morning.span
    now = Quarter.of(morning.today)
    for quarter in (now.previous, now):
        due = morning.regulation(quarter.year).quarterly_due_on(quarter)
        if not first <= due <= last:
            continue
        visited = LedgerEntry.objects.filter(
            conditions.OWES_REPORT, date__range=(quarter.first_day, quarter.last_day)
        )
        with_writer = (QuarterlyState.DRAFT, QuarterlyState.RETURNED)
        filed = QuarterlyReport.objects.for_quarter(quarter).exclude(state__in=with_writer)
        people = Person.objects.filter(pk__in=visited.values("cadre"))
        for person in people.exclude(pk__in=filed.values("person")).in_order():
            yield Owed(
                person=person,
                about=str(quarter),
                due_at=end_of(due),
                url=reverse("reports:quarterly-write", args=[quarter]),
                values={"quarter": quarter.roman, "year": quarter.year},
            )


def owed_years(morning: Morning) -> Iterator[Owed]:
    """The annual report of the department, for its head; once that is with TCKT, the summary of
    the agency for the head of TCKT (R11).
    """
    year = morning.today.year
    due = morning.regulation(year).annual_due_on(year)
    first, last = morning.span
    if not first <= due <= last:
        return
    filed = set(AnnualReport.objects.filter(year=year).filed().values_list("department", flat=True))
    drawn_up = ReportJob.objects.filter(
        year=year, state=JobState.READY, asked_at__year=year, department=None
    ).exists()
    for department, head in _heads(morning):
        of_agency = department.pk in filed
        if of_agency and (drawn_up or not department.is_coordinating):
            continue
        yield Owed(
            person=head,
            about=f"{year}-agency" if of_agency else str(year),
            due_at=end_of(due),
            url=reverse("reports:annual-list" if of_agency else "reports:annual-reports"),
            values={"year": year},
            department_id=department.pk,
        )


def owed_answers(morning: Morning) -> Iterator[Owed]:
    """Issues whose owner has not answered (R12)."""
    rows = Issue.objects.filter(state=IssueState.OPEN, due_on__range=morning.span)
    for issue in rows.select_related("owner").order_by("due_on", "pk"):
        if issue.due_on:
            yield Owed(
                person=issue.owner,
                about=str(issue.pk),
                due_at=end_of(issue.due_on),
                url=issue.get_absolute_url(),
                values={"title": issue.title},
            )


def _heads(morning: Morning) -> list[tuple[Department, Person]]:
    """Each department with who acts as its head today: whoever is away is not asked (R25)."""
    heads = morning.superiors.heads
    rows = Department.objects.filter(pk__in=heads).order_by("code")
    return [(department, heads[department.pk]) for department in rows]


KINDS = (
    Kind(
        name="weekly",
        find=owed_weeks,
        coming=_("Your report of week %(week)d/%(year)d is due at %(due)s"),
        late=_("Your report of week %(week)d/%(year)d was due at %(due)s"),
        told=_("%(name)s has not submitted the report of week %(week)d/%(year)d"),
    ),
    Kind(
        name="quarterly",
        find=owed_quarters,
        coming=_("Your report of quarter %(quarter)s/%(year)d is due on %(due)s"),
        late=_("Your report of quarter %(quarter)s/%(year)d was due on %(due)s"),
        told=_("%(name)s has not submitted the report of quarter %(quarter)s/%(year)d"),
    ),
    Kind(
        name="annual",
        find=owed_years,
        coming=_("The annual report %(year)d is due on %(due)s"),
        late=_("The annual report %(year)d was due on %(due)s"),
        told=_("%(name)s has not submitted the annual report %(year)d"),
    ),
    Kind(
        name="issue",
        find=owed_answers,
        coming=_("Your answer to “%(title)s” is due on %(due)s"),
        late=_("Your answer to “%(title)s” was due on %(due)s"),
        told="",  # not everybody's superior may see the issue; the head sees it as overdue
    ),
)
