"""The regulation of 2018-2022 (Plan 35-KH/TĐTN-TCKT) and the holidays of 2018-2027."""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations

HOLIDAYS = Path(__file__).resolve().parent.parent / "data" / "vn_holidays.csv"


def bring(apps, schema_editor):
    apps.get_model("fieldvisits", "Regulation").objects.create(
        number="35-KH/TĐTN-TCKT",
        title="Kế hoạch đi công tác cơ sở của cán bộ Thành đoàn Hà Nội giai đoạn 2018 - 2022",
        issued_on=date(2018, 5, 28),
        first_year=2018,
        last_year=2022,
    )
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        holiday = apps.get_model("fieldvisits", "Holiday")
        holiday.objects.bulk_create(holiday(**row) for row in csv.DictReader(file))


def take_back(apps, schema_editor):
    apps.get_model("fieldvisits", "Regulation").objects.filter(first_year=2018).delete()
    apps.get_model("fieldvisits", "Holiday").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("fieldvisits", "0001_initial")]
    operations = [migrations.RunPython(bring, take_back)]
