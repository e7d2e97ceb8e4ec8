"""D1, D4: a backup fills a new computer, and the other kind of database, with equal figures."""

import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from accounts.models import Person
from config.backup import archive
from config.backup.making import make
from tests.conftest import migrated_file
from tests.factories.tables import agency, visit, write_folder

ROOT = Path(__file__).resolve().parent.parent.parent
YEAR = "2018"

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

# What is done on the other computer: one process, since starting Django is most of the work.
THERE = """
import json, sys
from io import StringIO
from django.core.management import call_command
from django.test import Client
from accounts.models import Person
from config.backup.making import make
from pathlib import Path

def told(*command):
    call_command(*command, stdout=(out := StringIO()), stderr=StringIO())
    return out.getvalue()

backup, copy, year = sys.stdin.read().split()
told("restore", backup, "--yes")
told("check_ledger"), told("check_history")
make(Path(copy))
lan = Person.objects.get(email="lan@example.vn")
lan.save()  # a row written there
said = Client().post("/accounts/login/", {"login": lan.email, "password": "mật khẩu của Lan"})
figures = told("export_figures", "--year", year)
print(json.dumps({"login": said.status_code, "figures": json.loads(figures)}))
"""


@pytest.fixture
def year(settings, tmp_path):
    """A year of visits with its history, a file, and somebody who can sign in."""
    settings.MEDIA_ROOT = tmp_path / "here" / "media"
    visits = [
        visit(f"H{month}", date_from=f"2018-{month:02}-06", date_to=f"2018-{month:02}-08")
        for month in range(1, 13)
    ]
    folder = write_folder(tmp_path / "tables", agency(visits=visits))
    call_command("import_tables", str(folder), stdout=StringIO(), stderr=StringIO())
    default_storage.save("products/note.txt", ContentFile(b"note"))
    lan = Person.objects.get(code="P1")
    lan.email = "lan@example.vn"
    lan.set_password("mật khẩu của Lan")
    lan.save()


def restored(backup, folder, database):
    """Restore on a computer of its own; return what it says there and a backup from there."""
    folder.mkdir(exist_ok=True)
    environment = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    environment |= {"VAR_DIR": str(folder), "DATABASE_URL": database, "ALLOWED_HOSTS": "*"}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.config.elsewhere"}
    ran = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", THERE],
        cwd=ROOT, env=environment, text=True, capture_output=True, check=False,
        input=f"{backup} {folder}/copy.zip {YEAR}",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1]), folder / "copy.zip"


def kept(path):
    with archive.reading(path) as backup:
        tables = {table.name: table for table in backup.manifest.tables}
        return tables, backup.manifest.files


def figures_here():
    call_command("export_figures", "--year", YEAR, stdout=(out := StringIO()))
    return json.loads(out.getvalue())


def test_new_computer_and_other_database_have_equal_rows_files_and_figures(
    year, tmp_path, postgres
):
    """From here into SQLite, from there into a PostgreSQL with nothing in it."""
    make(tmp_path / "first.zip")
    (tmp_path / "small").mkdir()
    shutil.copyfile(migrated_file(), tmp_path / "small" / "db.sqlite3")

    small, copy = restored(
        tmp_path / "first.zip", tmp_path / "small", f"sqlite:///{tmp_path}/small/db.sqlite3"
    )
    large, back = restored(copy, tmp_path / "large", postgres)

    assert kept(back) == kept(copy) == kept(tmp_path / "first.zip")
    assert small == large == {"login": 302, "figures": figures_here()}
    assert large["figures"]["agency"]["accepted"] > 0


@pytest.fixture
def postgres():
    """A database with nothing in it beside that of the tests."""
    name = f"{connection.settings_dict['NAME']}_new"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    db = connection.settings_dict
    yield f"postgres://{db['USER']}@{quote(db['HOST'], safe='')}:{db['PORT']}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")
