"""Weekly reports for tests of the figures."""

from __future__ import annotations

from datetime import datetime

import factory

from fieldvisits.calendar import HANOI, Week
from reports.choices import WeeklyState
from reports.models import WeeklyReport


class WeeklyReportFactory(factory.django.DjangoModelFactory):
    """A draft for ``week="2018-W21"``; say ``at="2018-05-25T17:00"`` to have it submitted."""

    class Meta:
        model = WeeklyReport

    class Params:
        week = "2018-W21"
        at = ""

    year = factory.LazyAttribute(lambda report: Week.parse(report.week).year)
    number = factory.LazyAttribute(lambda report: Week.parse(report.week).number)
    submitted_at = factory.LazyAttribute(
        lambda report: (
            datetime.fromisoformat(report.at).replace(tzinfo=HANOI) if report.at else None
        )
    )
    state = factory.LazyAttribute(
        lambda report: WeeklyState.SUBMITTED if report.at else WeeklyState.DRAFT
    )
