"""The Celery application: a clock and muscle. What is due is read from the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("fieldvisits")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
