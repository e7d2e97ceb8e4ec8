"""A cache that may go away: what it holds are counts of attempts, never the truth."""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def or_else(answer: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Make ``RedisCache.name`` return ``answer(...)`` when Redis cannot be asked."""
    asked = getattr(RedisCache, name)

    @functools.wraps(asked)
    def method(self: RedisCache, key: Any = None, *args: Any, **kwargs: Any) -> Any:
        try:
            return asked(self, key, *args, **kwargs)
        except RedisError as error:
            logger.warning("the cache does not answer: %s", error)
            return answer(key, *args, **kwargs)

    return method


class ForgivingRedisCache(RedisCache):
    """Without Redis it is an empty cache: people can sign in, and limits per address rest.

    The lockout of wrong passwords is in the database and does not depend on it.
    """

    get = or_else(lambda _key, default=None, **_: default, "get")
    set = or_else(lambda *_, **__: None, "set")
    add = or_else(lambda *_, **__: True, "add")
    delete = or_else(lambda *_, **__: False, "delete")
    touch = or_else(lambda *_, **__: False, "touch")
    has_key = or_else(lambda *_, **__: False, "has_key")
    incr = or_else(lambda _key, delta=1, **_: delta, "incr")
    get_many = or_else(lambda *_, **__: {}, "get_many")
    set_many = or_else(lambda *_, **__: [], "set_many")
    delete_many = or_else(lambda *_, **__: None, "delete_many")
