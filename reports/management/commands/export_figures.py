"""Print the figures of a year as JSON; every key is defined in docs/figures.md."""

import json
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.choices import COMMITTEE_CODE
from accounts.models import Department
from reports.figures import default_as_of, year_figures

FIRST_YEAR, LAST_YEAR = 1900, 2200


class Command(BaseCommand):
    help = "Print the figures of a year as JSON: cadres, departments and the agency."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, help="the year, for example 2018")
        parser.add_argument(
            "--as-of",
            help="the last day that counts as past, 2018-10-24; "
            "default: today, or the last day of the year's window if that is earlier",
        )
        parser.add_argument("--department", help="show only this department (its code)")

    def handle(self, *, year: str, as_of: str | None, department: str | None, **_: object) -> None:
        number = parse_year(year)
        day = parse_day(as_of) if as_of else default_as_of(number, timezone.localdate())
        if department is not None and not is_known(department):
            raise CommandError(f"There is no department with the code {department!r}.")
        figures = year_figures(number, as_of=day, department=department)
        self.stdout.write(json.dumps(figures.as_json(), ensure_ascii=False, indent=2))


def parse_year(text: str) -> int:
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise CommandError(f"{text!r} is no year from {FIRST_YEAR} to {LAST_YEAR}.")


def parse_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise CommandError(f"{text!r} is no day; write it like 2018-10-24.")
    return day


def is_known(code: str) -> bool:
    return code == COMMITTEE_CODE or Department.objects.filter(code=code).exists()
