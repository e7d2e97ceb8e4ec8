"""Fill an empty database with the demonstration agency."""

import csv
import json
import random
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation

from accounts.interchange import tables as interchange
from accounts.interchange.importing import import_tables
from accounts.models import Delivery, InboxItem, Person
from fieldvisits.calendar import Quarter
from fieldvisits.demo.clock import standing_at
from fieldvisits.demo.past import Past, is_out_of_the_way
from fieldvisits.demo.people import CAST, DOMAIN, Tables, code_of, organisation
from fieldvisits.demo.season import Season
from fieldvisits.models import Holiday, Regulation

PASSWORD = "dicoso2018"  # noqa: S105 -- of invented people, refused under production settings
YEAR_OF_THE_SOURCE = {2018: date(2018, 11, 20)}
FIRST_YEAR, LAST_YEAR = 2016, 2100
LEAST_CADRES, MOST_CADRES = 16, 2000


class Command(BaseCommand):
    help = "Load the demonstration agency: invented people, real units, papers in every state."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="2018: as it stood on 20/11/2018")
        parser.add_argument("--cadres", type=int, default=90)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, **options: Any) -> None:
        self._refuse(options)
        today = YEAR_OF_THE_SOURCE.get(options["year"]) or timezone.localdate()
        if options["year"] and today.year != options["year"]:
            today = date(options["year"], 11, 20)
        dice = random.Random(options["seed"])  # noqa: S311 -- the same agency every time
        with translation.override("vi"), standing_at(today, 8), transaction.atomic():
            _continue_regulation()
            tables = organisation(options["cadres"], dice)
            self._past(tables, today, dice)
            _passwords()
            Season(tables, today, dice).play()
            _calm_messages(today)
        _write_sign_ins()
        self.stdout.write(
            f"The demonstration agency as of {today:%d/%m/%Y}: {len(tables.rows['people'])} people."
        )

    def _refuse(self, options: dict[str, Any]) -> None:
        if not settings.DEMO_ALLOWED:
            message = "load_demo is not for production settings: it would mix in invented people."
            raise CommandError(message)
        if options["year"] is not None and not FIRST_YEAR <= options["year"] <= LAST_YEAR:
            message = f"--year takes {FIRST_YEAR} to {LAST_YEAR}."
            raise CommandError(message)
        if not LEAST_CADRES <= options["cadres"] <= MOST_CADRES:
            message = f"--cadres takes {LEAST_CADRES} to {MOST_CADRES}."
            raise CommandError(message)
        if Person.objects.exists():
            message = "There are people in the database already; the demo wants an empty one."
            raise CommandError(message)

    def _past(self, tables: Tables, today: date, dice: random.Random) -> None:
        first = Quarter.of(today).previous.previous.previous.first_day
        units = [
            (row["code"], row["valid_from"], row["valid_to"])
            for row in tables.rows["units"]
            if (row["level"] in ("district", "affiliated") or row["code"].startswith("N"))
            and not is_out_of_the_way(row["code"])
        ]
        holidays = Holiday.objects.between(first, today)
        Past(tables, today, dice, holidays, units).draw()
        known = {table.name for table in interchange.tables()}
        with tempfile.TemporaryDirectory() as folder:
            for name, rows in tables.rows.items():
                if name in known:
                    _write(Path(folder) / f"{name}.csv", rows)
            import_tables(Path(folder), tell=lambda _sentence: None)


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _continue_regulation() -> None:
    """From 2023 on no regulation was found: the last one goes on, and the screens say so.

    Registration opens a whole quarter ahead here, so that it can be tried on any day.
    """
    last = Regulation.objects.order_by("-first_year").first()
    if last is not None and last.last_year is not None:
        following = Regulation.objects.get(pk=last.pk)
        following.pk, following.first_year, following.last_year = None, last.last_year + 1, None
        following.is_assumption, following.registration_opens_days = True, 92
        following.save(force_insert=True)


def _passwords() -> None:
    """One password for the whole cast, so hashed once."""
    codes = [code_of(name) for name, _role, _full_name in CAST]
    Person.objects.filter(code__in=codes).update(password=make_password(PASSWORD))


def _calm_messages(today: date) -> None:
    """Nobody is mailed about invented papers; what is older than a week has been read."""
    Delivery.objects.all().delete()
    InboxItem.objects.filter(created_at__date__lt=today - timedelta(days=7)).update(
        read_at=timezone.now()
    )


def _write_sign_ins() -> None:
    rows = [
        {"role": role, "name": full_name, "email": f"{name}@{DOMAIN}", "password": PASSWORD}
        for name, role, full_name in CAST
    ]
    settings.SIGN_INS_FILE.parent.mkdir(parents=True, exist_ok=True)
    settings.SIGN_INS_FILE.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
