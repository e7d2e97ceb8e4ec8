"""The Celery application: a clock and muscle. What is due is read from the database."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun
from celery.states import SUCCESS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("fieldvisits")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_postrun.connect
def count_anew(**_: Any) -> None:
    """Let the menu count again: a job may have written something that waits for somebody."""
    from accounts.remembering import begin_generation  # noqa: PLC0415 -- needs the settings

    begin_generation()


@task_postrun.connect
def note_run(task: Any = None, state: str = "", retval: Any = None, **_: Any) -> None:
    """Let the administrator's desk know when this work was last done, and how it ended."""
    from config import clock  # noqa: PLC0415 -- as above

    clock.note(task.name, "" if state == SUCCESS else repr(retval) or state)
