"""gunicorn's settings for ``make run``: one process with threads, worker and scheduler."""

import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = 1
worker_class = "gthread"
threads = 8
timeout = 120
graceful_timeout = 30
keepalive = 5
control_socket_disable = True  # it would sit in the home folder
loglevel = "warning"
max_requests = 0  # a new process would start with an empty queue


def on_starting(server: Any) -> None:
    """Refuse what would tear worker and web apart."""
    for name, allowed in (("workers", 1), ("max_requests", 0), ("reload", False)):
        if (asked := getattr(server.cfg, name)) != allowed:
            sys.exit(f"The embedded mode runs with {name}={allowed}, not {asked}.")


def when_ready(server: Any) -> None:
    address = ", ".join(f"http://{name}" for name in server.cfg.bind)
    sys.stderr.write(f"Serving on {address} (Ctrl+C ends it)\n")


def post_worker_init(worker: Any) -> None:
    from django.conf import settings  # noqa: PLC0415 -- only now is Django set up

    from config.celery import app  # noqa: PLC0415 -- as above
    from config.embedded import Clockwork, Occupied, hold  # noqa: PLC0415 -- as above

    try:
        worker.clock_lock = hold(Path(settings.VAR_DIR) / "embedded.lock")
    except Occupied as refusal:
        sys.exit(f"Not started: {refusal}.")
    worker.clockwork = Clockwork(app)
    worker.clockwork.start()


def worker_exit(_server: Any, worker: Any) -> None:
    if clockwork := getattr(worker, "clockwork", None):
        clockwork.stop()
