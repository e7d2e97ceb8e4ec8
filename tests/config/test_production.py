"""Production as it runs: the commands of docker-compose.yml, PostgreSQL, Redis, a mail server."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction

from accounts.choices import DeliveryState
from accounts.models import BackupRun, Delivery
from config.backup import archive
from fieldvisits.models import Product
from reports.choices import JobState
from reports.models import ReportJob
from tests.config.compose import Compose, free_port, image_environment
from tests.config.sink import Sink
from tests.config.visitor import HOST, Visitor
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency
from tests.factories.visits import booked_visit

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240  # seconds; a machine may be busy with other tests
MORNING = "2018-10-08T07:30+07:00"
PASSWORD = "mật khẩu của Oanh"
DRAIN = 60  # seconds that the file gives a worker to end; an idle machine needs five

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def eventually(condition):
    give_up_at = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.1)
    return result


class Redis:
    """A Redis of this test's own, to be taken away."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://:secret@127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        command = [shutil.which("redis-server"), "--bind", "127.0.0.1", "--port", self.port]
        command += ["--save", "", "--appendonly", "no", "--requirepass", "secret"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        eventually(self.answers)

    def answers(self):
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", int(self.port))) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis():
    server = Redis()
    yield server
    server.kill()


@pytest.fixture
def sink():
    with Sink() as server:
        yield server
        server.shutdown()


@pytest.fixture
def static(tmp_path):
    """The static files as the Dockerfile has them made."""
    made = re.search(r"python (manage\.py collectstatic .*?) \\$", dockerfile(), re.MULTILINE)[1]
    environment = {**os.environ, "VAR_DIR": str(tmp_path / "build")}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.embedded"}
    subprocess.run([sys.executable, *made.split()], cwd=ROOT, env=environment, check=True)
    return tmp_path / "build" / "static"


def dockerfile():
    return (ROOT / "Dockerfile").read_text()


@pytest.fixture
def office(tmp_path, redis, sink, static):
    db = connection.settings_dict
    host = quote(db["HOST"], safe="")
    values = dict.fromkeys(["SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"], "secret" * 10)
    values |= {"ALLOWED_HOSTS": HOST, "SITE_URL": f"https://{HOST}", "WEB_PROCESSES": "2"}
    values |= {"EMAIL_URL": sink.url, "DEFAULT_FROM_EMAIL": f"office@{HOST}"}
    instead = {
        "DATABASE_URL": f"postgres://{db['USER']}@{host}:{db['PORT']}/{db['NAME']}",
        "REDIS_URL": redis.url,
        "PORT": free_port(),
        "VAR_DIR": str(tmp_path / "var"),
        "BACKUP_DIR": str(tmp_path / "backups"),
        "STATIC_ROOT": str(static),
        "DELIVER_EVERY_SECONDS": "2",
    }
    compose = Compose(tmp_path, values, instead)
    yield compose
    compose.kill()
    sys.stderr.write(compose.told())  # shown if the test failed


@pytest.fixture
def agency(static):
    """Three cadres who owe a plan, a result and a product; Oanh of TCKT can sign in."""
    agency = make_agency()
    agency.owing = [PersonFactory() for _ in range(3)]
    for person in agency.owing:
        appoint(person, department=agency.rural)
        visit = booked_visit(person, "2018-10-01", "2018-10-02", state="approved")
        Product.objects.create(visit=visit, department=agency.rural, due_on=date(2018, 10, 5))
    agency.coordinator.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1000)
    agency.coordinator.save()
    return agency


def test_commands_of_docker_compose_do_the_work_of_an_office(office, agency, sink, redis):
    assert office.run("migrate") == 0
    web, oanh = office.start("web"), Visitor(office.instead["PORT"])
    workers = [office.start("worker"), office.start("worker", "--hostname=second@%h")]
    clocks = [office.start("beat"), office.start("beat")]

    twice(redis, "fieldvisits.remind", now=MORNING)
    twice(redis, "config.back_up")
    each_is_reminded_once(agency, sink)
    eventually(lambda: office.is_healthy("web", web))
    assert len(children(web)) == 2
    assert oanh.post("/accounts/login/", login=agency.coordinator.email, password=PASSWORD) == 302
    assert report_asked_for_over_http(oanh, "2018").startswith(b"%PDF-")
    assert one_backup(office)
    assert office.is_healthy("worker", workers[0])
    assert all(office.is_healthy("beat", clock) for clock in clocks)

    pages_work_without_redis(oanh, redis)
    twice(redis, "reports.build_queued_reports")  # the clock would, within a minute
    assert built_report(oanh, 2).startswith(b"%PDF-")
    ready = sent_to(agency.coordinator).filter(item__kind="report_ready")
    eventually(lambda: ready.count() == 2)  # and clocks and workers are in touch again
    all_end_when_asked(office, web, oanh)


def children(process):
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


def twice(redis, task, **said):
    """As two clocks do; which of the workers takes it is theirs to settle."""
    with Celery(broker=redis.url) as asking:
        for _ in range(2):
            asking.send_task(task, kwargs=said)


def one_backup(office):
    """Of two that were asked for."""
    eventually(lambda: BackupRun.objects.filter(ok=True).count() == 1)
    (path,) = Path(office.instead["BACKUP_DIR"]).iterdir()
    with archive.reading(path) as backup:
        return backup.manifest.database == "postgresql"


def each_is_reminded_once(agency, sink):
    """C3: two clocks say it, two workers do it; each (kind, object, recipient, due) once."""
    eventually(lambda: all(told_all(person) for person in agency.owing))
    for person in agency.owing:
        letters = [letter.get_content() for letter in sink.to(person.email)]
        subjects = sent_to(person).values_list("item__subject", flat=True)
        for subject in subjects:
            assert sum(letter.count(subject) for letter in letters) == 1
        assert all(f"https://{HOST}/" in letter for letter in letters)


def sent_to(person):
    return Delivery.objects.filter(item__recipient=person, state=DeliveryState.SENT)


def told_all(person):
    """The plan, the result, the product and the weekly report that each of them owes."""
    return sent_to(person).count() == person.inbox_items.count() == 4


def report_asked_for_over_http(oanh, year):
    assert oanh.post("/reports/annual/", year=year) == 302
    return built_report(oanh, 1)


def built_report(visitor, count):
    """The newest of so many; looked for in the database, since pages cost what workers need."""
    eventually(lambda: ReportJob.objects.filter(state=JobState.READY).count() == count)
    page = visitor.get("/reports/annual/")[1].decode()
    newest = re.findall(r'href="(/reports/annual/\d+/file/)"', page)[0]
    return visitor.get(newest)[1]


def pages_work_without_redis(oanh, redis):
    """C2: pages work, writes succeed, health says degraded; all goes on when it is back."""
    redis.kill()
    assert oanh.get("/")[0] == 200
    assert oanh.post("/reports/annual/", year="2017") == 302
    status, said = oanh.get("/health/")
    assert (status, json.loads(said)["status"]) == (200, "degraded")
    redis.start()
    eventually(lambda: json.loads(oanh.get("/health/")[1])["status"] == "ok")


def all_end_when_asked(office, web, oanh):
    """C7: what is under way is answered, then everything ends by itself, and well."""
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE django_session")
            page = thread.submit(oanh.get, "/")
            eventually(lambda: waits_for_us(cursor))
            web.terminate()
        assert page.result(PATIENCE)[0] == 200
    asked = time.monotonic()
    assert office.end(patience=PATIENCE) == [0] * len(office.running)
    assert time.monotonic() - asked < DRAIN


def waits_for_us(cursor):
    sessions = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'django_session'::regclass"
    cursor.execute(sessions)
    return cursor.fetchone()


def test_image_runs_as_nobody_special_and_with_production_settings():
    assert image_environment()["DJANGO_SETTINGS_MODULE"] == "config.settings.production"
    assert re.search(r"^USER \d+$", dockerfile(), re.MULTILINE)
    assert dockerfile().index("ARG BASE_IMAGE=python:3.11-slim-bookworm") >= 0
