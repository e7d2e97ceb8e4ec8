"""Let several threads do the same thing at the same moment, each on its own connection."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def all_at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run ``act(0)`` … ``act(count - 1)`` together; return results, or the exceptions raised."""
    start = Barrier(count)

    def one(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        except Exception as error:  # noqa: BLE001 -- handed to the test to judge
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))
