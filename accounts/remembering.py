"""The counts beside the menu, remembered until somebody does something.

Counting what waits is the dearest part of a page that is only read. A *generation* stands for
all that was done so far: every request that may write begins a new one, and so does every job
of the worker. What was counted in an older one is never asked for again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from accounts.desk import Waiting, read_waiting

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.desk import Asker

GENERATION = "waiting-generation"


def begin_generation() -> int:
    """Forget every count; call it after what was written can be read."""
    try:
        return cache.incr(GENERATION)
    except ValueError:  # never begun, or dropped by the cache
        cache.add(GENERATION, now := time.time_ns(), None)
        return now


def counted(asker: Asker, names: Collection[str]) -> Asker:
    """Put the counts of these queues on ``asker``: as remembered, or else as counted now.

    Something written past requests and jobs (a command of the administrator) shows after
    ``MENU_REMEMBERED_SECONDS`` at the latest; 0 remembers nothing.
    """
    if not settings.MENU_REMEMBERED_SECONDS:
        return read_waiting(asker, only=names)
    generation = cache.get(GENERATION) or begin_generation()
    key = f"waiting-{generation}-{asker.person.pk}-{asker.today:%Y%m%d}"
    known = cache.get(key)
    if known is None:
        read_waiting(asker, only=names)
        counts = {name: waiting.count for name, waiting in asker.waiting.items()}
        cache.set(key, (counts, asker.department), settings.MENU_REMEMBERED_SECONDS)
    else:
        counts, asker.department = known
        asker.waiting = {name: Waiting(count) for name, count in counts.items()}
    return asker
