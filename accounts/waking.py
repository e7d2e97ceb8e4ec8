"""Waking a worker from a request. The clock takes up what nobody was woken for."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from celery import Task

log = logging.getLogger(__name__)

PATIENCE = 1  # second


def wake(task: Task[..., None]) -> None:
    """Ask for ``task`` soon, but let no broker that is slow or gone hold up the request."""
    waking = Thread(target=_ask, args=(task,), daemon=True)
    waking.start()
    waking.join(PATIENCE)


def _ask(task: Task[..., None]) -> None:
    try:
        task.apply_async(retry=False, expires=60)
    except Exception:
        log.warning(
            "no worker was woken for %s; the clock will take it up", task.name, exc_info=True
        )
