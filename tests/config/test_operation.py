"""What the wiring tells of itself: the clock's last runs, the cache, storage."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import ClockRun
from config import administering, clock, health
from config.celery import note_run

pytestmark = pytest.mark.django_db
DELIVER = "accounts.deliver_messages"


def work(task=DELIVER):
    return next(one for one in clock.works() if one.task == task)


@time_machine.travel("2026-03-17 09:00+07:00", tick=False)
def test_run_of_the_clock_is_noted_with_its_end():
    note_run(task=SimpleNamespace(name=DELIVER), state="SUCCESS", retval=None)
    now = timezone.now()

    assert (work().run.ended_at, work().failed) == (now, False)
    assert not work().is_late(now + timedelta(minutes=15))
    assert work().is_late(now + timedelta(minutes=16))


@time_machine.travel("2026-03-17 09:00+07:00", tick=False)
def test_run_that_failed_says_so_and_keeps_when_it_last_went_well():
    note_run(task=SimpleNamespace(name=DELIVER), state="SUCCESS")
    with time_machine.travel("2026-03-17 09:10+07:00", tick=False):
        note_run(
            task=SimpleNamespace(name=DELIVER), state="FAILURE", retval=OSError("mail server gone")
        )

    run = ClockRun.objects.get()
    assert (run.ended_at - run.succeeded_at, run.last_error) == (
        timedelta(minutes=10),
        "OSError('mail server gone')",
    )
    assert work().failed


def test_what_has_never_run_is_no_fault_yet():
    assert (work().run, work().is_late(timezone.now())) == (None, False)


def test_doing_what_is_due_by_hand_is_noted_too():
    call_command("run_due")

    assert set(ClockRun.objects.values_list("task", flat=True)) == {
        one.task for one in clock.works()
    }


def test_redis_that_is_gone_is_a_difficulty(client, settings):
    settings.CELERY_BROKER_URL = "memory://localhost"
    assert health.read(timezone.now()).status == "ok"
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"  # nobody listens there

    answer = client.get("/health/").json()

    assert (answer["status"], answer["redis"]) == ("degraded", False)


def test_storage_is_measured_where_files_lie(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "one").write_bytes(b"x" * 2048)

    panel = administering._storage()

    assert [fact.value for fact in panel.facts][1].startswith("2,0")


def test_every_work_of_the_schedule_has_a_name():
    assert {one.task for one in clock.works()} <= set(clock.NAMES)
