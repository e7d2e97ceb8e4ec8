"""A report that is asked for is built once, whatever happens to the workers."""

import contextlib
import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.models import InboxItem
from reports.actions import annual
from reports.choices import JobState
from reports.documents.annual import content_hash
from reports.models import ReportJob
from reports.models.job import ReportJobQuerySet
from reports.tasks import build_queued_reports
from tests.factories.agency import make_agency

AS_OF = date(2018, 10, 24)
WORKERS = 10

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make_agency()


@pytest.fixture
def quick(monkeypatch):
    """Stand in for the slow part; the list says how often it ran."""
    rendered = []

    def render(html):
        rendered.append(html)
        return b"%PDF-1.7 " + str(len(rendered)).encode()

    monkeypatch.setattr("reports.documents.pdf.render", render)
    return rendered


def asked(agency, *, by=None, department=None, form_key=None):
    return annual.ask(
        year=2018, as_of=AS_OF, department=department, by=by or agency.coordinator,
        form_key=form_key,
    )  # fmt: skip


def files():
    return default_storage.listdir("reports")[1] if default_storage.exists("reports") else []


# Who may ask for which report. Anyone not named is refused.
MAY = {
    "agency": {"secretary", "deputy_secretary", "member", "coordinator"},
    "own": {"secretary", "deputy_secretary", "member", "coordinator", "head"},
}
ROLES = [
    "secretary", "deputy_secretary", "member", "coordinator", "head", "cadre", "colleague",
    "office_head", "stranger",
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scope", MAY)
def test_ask_is_open_to_those_named_and_nobody_else(agency, role, scope):
    department = agency.rural if scope == "own" else None
    may = role in MAY[scope]

    if may:
        asked(agency, by=getattr(agency, role), department=department)
    else:
        with pytest.raises(PermissionDenied):
            asked(agency, by=getattr(agency, role), department=department)

    assert ReportJob.objects.count() == may


@pytest.mark.parametrize("role", ROLES)
def test_report_is_seen_by_those_who_may_ask_for_it(agency, role):
    for department in (None, agency.rural):
        asked(agency, department=department)

    seen = ReportJob.objects.visible_to(getattr(agency, role))

    scopes = {"own" if job.department else "agency" for job in seen}
    assert scopes == {scope for scope, roles in MAY.items() if role in roles}


def test_ask_again_returns_the_unfinished_one(agency, quick):
    first = asked(agency)

    assert asked(agency) == first
    assert asked(agency, by=agency.secretary) == first
    assert asked(agency, department=agency.rural) != first
    assert ReportJob.objects.count() == 2


def test_same_form_returns_the_finished_one(agency, quick):
    key = uuid4()
    first = asked(agency, form_key=key)
    annual.build_queued(now=timezone.now())

    assert asked(agency, form_key=key) == first
    assert asked(agency, form_key=uuid4()) != first


@pytest.mark.parametrize("own", [False, True])
def test_database_keeps_two_unfinished_reports_apart(agency, own):
    job = asked(agency, department=agency.rural if own else None)
    job.pk = None

    with pytest.raises(IntegrityError):
        job.save(force_insert=True)


def test_built_report_is_kept_and_told_of(agency):
    job = asked(agency)

    build_queued_reports()

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.attempts) == (JobState.READY, 3, 3, 1)
    assert job.content_hash == content_hash(job.snapshot)
    with job.file.open("rb") as file:
        assert file.read(5) == b"%PDF-"
    told = InboxItem.objects.get()
    assert (told.recipient, told.kind, told.url) == (
        agency.coordinator, "report_ready", "/reports/annual/"
    )  # fmt: skip
    assert "2018" in told.subject


def test_failed_report_says_so_and_can_be_asked_for_again(agency, monkeypatch, quick):
    job = asked(agency)
    with monkeypatch.context() as broken:
        broken.setattr("reports.documents.annual.html", lambda _: 1 / 0)
        assert annual.build_queued(now=timezone.now()) == 0

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "ZeroDivisionError: division by zero")
    assert InboxItem.objects.get().kind == "report_failed"
    assert asked(agency) != job
    assert annual.build_queued(now=timezone.now()) == 1


class Killed(BaseException):
    """What a process that is killed looks like from inside: nothing cleans up."""


@pytest.fixture
def crash(agency, monkeypatch):
    """A worker that dies in the middle of the slow part."""

    def die(_html):
        raise Killed

    job = asked(agency)
    with monkeypatch.context() as broken:
        broken.setattr("reports.documents.pdf.render", die)
        with pytest.raises(Killed):
            annual.build_queued(now=timezone.now())
    job.refresh_from_db()
    return job


def test_report_left_by_a_crash_is_taken_up_once_the_claim_has_run_out(agency, crash, quick):
    before = crash.content_hash

    assert annual.build_queued(now=timezone.now() + timedelta(minutes=9)) == 0
    assert annual.build_queued(now=timezone.now() + timedelta(minutes=11)) == 1

    crash.refresh_from_db()
    assert (crash.state, crash.attempts) == (JobState.READY, 2)
    assert crash.content_hash == before != ""


def test_report_that_kills_every_worker_is_given_up(agency, crash, quick):
    ReportJob.objects.update(attempts=annual.MOST_ATTEMPTS)

    annual.build_queued(now=timezone.now() + timedelta(minutes=11))

    crash.refresh_from_db()
    assert (crash.state, quick) == (JobState.FAILED, [])


def test_worker_thought_dead_changes_nothing_when_it_comes_back(agency, quick, monkeypatch):
    job = asked(agency)
    kept = files()

    def taken_over_meanwhile(_html):
        ReportJob.objects.update(claim="another")
        return b"%PDF-"

    monkeypatch.setattr("reports.documents.pdf.render", taken_over_meanwhile)
    assert annual.build_queued(now=timezone.now()) == 0

    job.refresh_from_db()
    assert (job.state, job.claim, job.file.name) == (JobState.RUNNING, "another", "")
    assert (files(), InboxItem.objects.count()) == (kept, 0)


# --- One job, ten workers (B6) ---------------------------------------------------------------


def started_by_ten_workers():
    """All of them read the queue before any of them claims."""
    ready, results = threading.Barrier(WORKERS), []

    def work():
        try:
            ready.wait(30)
            results.append(annual.build_queued(now=timezone.now()))
        except Exception as error:  # noqa: BLE001 -- it belongs into the result
            results.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(results, key=str)


@pytest.fixture
def together(monkeypatch):
    """Hold every worker between reading the queue and claiming, until all have read."""
    meet, claim = threading.Barrier(WORKERS), annual._claim

    def wait_then_claim(job, now):
        if not meet.broken:
            with contextlib.suppress(threading.BrokenBarrierError):
                meet.wait(5)
            meet.abort()
        return claim(job, now)

    monkeypatch.setattr(annual, "_claim", wait_then_claim)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_job_started_by_ten_workers_has_one_result(agency, quick, together):
    job, kept = asked(agency), files()

    results = started_by_ten_workers()

    job.refresh_from_db()
    assert results == [0] * (WORKERS - 1) + [1]
    assert (len(quick), job.attempts, job.state) == (1, 1, JobState.READY)
    assert len(files()) == len(kept) + 1
    assert InboxItem.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_ten_workers_do_collide_without_the_guard(agency, quick, together, monkeypatch):
    asked(agency)
    monkeypatch.setattr(
        ReportJobQuerySet, "claimable", lambda rows, _now: rows.filter(attempts__lt=WORKERS)
    )
    results = started_by_ten_workers()

    assert ReportJob.objects.get().attempts > 1
    assert results != [0] * (WORKERS - 1) + [1]


def test_claim_is_measured_on_the_real_clock(agency, crash, quick):
    build_queued_reports(now=datetime(2099, 1, 1, tzinfo=UTC).isoformat())

    crash.refresh_from_db()
    assert crash.state == JobState.RUNNING
