"""The Celery application: a clock and muscle. What is due is read from the database."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_postrun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("fieldvisits")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_postrun.connect
def count_anew(**_: Any) -> None:
    """Let the menu count again: a job may have written something that waits for somebody."""
    from accounts.remembering import begin_generation  # noqa: PLC0415 -- needs the settings

    begin_generation()
