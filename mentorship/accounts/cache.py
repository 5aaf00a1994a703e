"""Redis as a cache that may be away."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

logger = logging.getLogger(__name__)
REST = 30  # seconds in which a Redis that did not answer is not asked again


class SpareCache(RedisCache):
    """Redis, and while it does not answer, this process's own memory.

    It counts attempts to sign in. Nobody may be kept out because the counter is away,
    and each process goes on counting for itself.
    """

    away_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, params)
        self.spare = LocMemCache("spare", {})


def spared(name: str):
    """The method of this name, from Redis if it answers."""

    def method(self, *args, **kwargs):
        if time.monotonic() >= SpareCache.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                SpareCache.away_until = time.monotonic() + REST
                logger.warning("Redis does not answer: %s", type(error).__name__)
        return getattr(self.spare, name)(*args, **kwargs)

    return method


for name in (
    *("add", "get", "set", "touch", "delete", "has_key", "incr"),
    *("get_many", "set_many", "delete_many", "clear"),
):
    setattr(SpareCache, name, spared(name))
