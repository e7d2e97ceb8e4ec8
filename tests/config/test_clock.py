"""The clock: what it calls exists, and `run_due` calls all of it."""

import inspect

import pytest
from django.core.management import CommandError, call_command

from accounts.models import ClockRun
from config.celery import app

pytestmark = pytest.mark.django_db


def scheduled():
    app.loader.import_default_modules()
    return [entry["task"] for entry in app.conf.beat_schedule.values()]


def test_every_scheduled_task_exists_and_can_be_told_the_time():
    for name in scheduled():
        assert inspect.signature(app.tasks[name].run).parameters["now"].default is None, name


def test_no_task_waits_inside_the_broker():
    """An ETA beyond the broker's visibility timeout would be delivered again and again."""
    assert all(not entry.get("options") for entry in app.conf.beat_schedule.values())
    assert app.conf.task_ignore_result


@pytest.fixture
def called(monkeypatch):
    """Run no task; note which would have run, and when they would have thought it was."""
    calls = []
    for name in scheduled():
        task = app.tasks[name]
        monkeypatch.setattr(task, "run", lambda now=None, name=name: calls.append((name, now)))
    return calls


def test_run_due_calls_every_task_once_and_sends_last(called):
    call_command("run_due", now="2018-10-19T07:30:00+07:00")

    assert called == [(name, "2018-10-19T07:30:00+07:00") for name in scheduled()]
    assert called[-1][0] == "accounts.deliver_messages"


def test_run_due_goes_on_after_a_failure_and_says_so(called, monkeypatch):
    def fail(now=None):
        raise RuntimeError("no")

    monkeypatch.setattr(app.tasks[scheduled()[0]], "run", fail)

    with pytest.raises(CommandError, match=scheduled()[0]):
        call_command("run_due")
    assert [name for name, _ in called] == scheduled()[1:]
    assert ClockRun.objects.get(succeeded_at=None).last_error == "RuntimeError('no')"


@pytest.mark.parametrize("text", ["yesterday", "2018-13-40T07:30"])
def test_run_due_refuses_what_is_no_time(text):
    with pytest.raises(CommandError, match="2018-10-19T07:30"):
        call_command("run_due", "--now", text)
