"""Worker and scheduler as threads of the one web process.

This is what lets ``make run`` send real reminders with nothing else installed: the broker
is a queue in this process' memory, so there may be one process only. A lock file says so
to a second one, whoever started it.
"""

import fcntl
import logging
import time
from pathlib import Path
from threading import Thread
from typing import IO

from celery import Celery
from celery.beat import Scheduler, Service
from celery.schedules import crontab
from celery.worker import WorkController, state

logger = logging.getLogger(__name__)

WAIT_FOR_LOCK = 35  # seconds; a bit more than a worker that is being replaced may take to end


class Occupied(RuntimeError):
    """Another process already runs the clock on this data."""


def hold(path: Path, *, patience: float = WAIT_FOR_LOCK) -> IO[str]:
    """Lock ``path`` for this process; the kernel lets go when the process ends, however."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a")
    give_up_at = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= give_up_at:
                file.close()
                message = f"another process holds {path}: the embedded mode is one process"
                raise Occupied(message) from None
            time.sleep(0.2)
        else:
            return file


class Clockwork:
    """A Celery worker and a Celery beat that live and end with the web process."""

    def __init__(self, app: Celery, *, threads: int = 2) -> None:
        self.app = app
        self.worker: WorkController = app.WorkController(
            pool="threads",
            concurrency=threads,
            hostname="embedded@localhost",
            task_events=False,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        # A plain scheduler: the default one would keep a shelve file. It wakes every
        # second, so that stopping never waits longer.
        self.beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
        self.threads = [
            Thread(target=self.worker.start, name="celery-worker", daemon=True),
            Thread(target=self.beat.start, name="celery-beat", daemon=True),
        ]

    def start(self) -> None:
        self.catch_up()
        for thread in self.threads:
            thread.start()
        logger.info("worker and scheduler run inside this process")

    def catch_up(self) -> None:
        """Run every daily job once now: this computer may have been off at its hour."""
        for entry in self.app.conf.beat_schedule.values():
            if isinstance(entry["schedule"], crontab):
                self.app.send_task(entry["task"])

    def stop(self, *, timeout: float = 25) -> None:
        """Take no more work, finish what runs, and end both threads."""
        self.beat.stop(wait=False)
        state.should_stop = 0  # type: ignore[assignment]  # the exit code; the stubs know only None
        for thread in self.threads:
            thread.join(timeout)
