"""gunicorn's settings for ``make run``: one process with threads, worker and scheduler."""

import errno
import os
import socket
import sys
from pathlib import Path
from typing import Any

from gunicorn.arbiter import Arbiter

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
    for host, port in (address for address in server.cfg.address if isinstance(address, tuple)):
        refuse_unusable(host, port)


def refuse_unusable(host: str, port: int) -> None:
    """Gunicorn would try five times, and say neither what is wrong nor what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            why = f"{getattr(error, 'strerror', None) or error} (HOST, PORT)"
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                why = f"something serves there already. Another port: PORT={port + 1} make run"
            sys.exit(f"Not started: http://{host}:{port} cannot be used, {why}")


def post_worker_init(worker: Any) -> None:
    from django.conf import settings  # noqa: PLC0415 -- only now is Django set up

    from config.celery import app  # noqa: PLC0415 -- as above
    from config.embedded import Clockwork, Occupied, hold  # noqa: PLC0415 -- as above

    lock = Path(settings.VAR_DIR) / "embedded.lock"
    try:
        worker.clock_lock = hold(lock, patience=0)
    except Occupied:
        sys.stderr.write(f"Waiting for another process on this data ({lock.parent}) to end ...\n")
        try:
            worker.clock_lock = hold(lock)
        except Occupied as refusal:
            sys.stderr.write(f"Not started: {refusal}.\n")
            # The first one gives up for good; one that replaces another is tried again.
            sys.exit(Arbiter.WORKER_BOOT_ERROR if worker.age == 1 else 1)
    worker.clockwork = Clockwork(app)
    worker.clockwork.start()
    sys.stderr.write(f"Serving on http://{worker.cfg.bind[0]} (Ctrl+C ends it)\n")


def worker_exit(_server: Any, worker: Any) -> None:
    if clockwork := getattr(worker, "clockwork", None):
        clockwork.stop()
