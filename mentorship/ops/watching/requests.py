"""Requests counted in a process and summed in the database."""

import logging
from collections import Counter, defaultdict
from collections.abc import Mapping
from math import inf
from threading import Lock
from time import monotonic

from django.db import DatabaseError, connection, transaction

logger = logging.getLogger(__name__)

# Upper bounds in seconds; the promised p95 of 0.8 s is one of them.
BOUNDS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 10.0, inf)
EVERY = 15  # seconds
Key = tuple[str, int, float]  # page, status, bound

# Sums grow by what is new, so any number of processes may add and none is forgotten.
ADD = """
    insert into ops_answered (route, status, within, requests, seconds)
    select * from unnest(
        %s::text[], %s::int[], %s::float8[], %s::bigint[], %s::float8[]
    )
    on conflict (route, status, within) do update set
        requests = ops_answered.requests + excluded.requests,
        seconds = ops_answered.seconds + excluded.seconds
"""


class Tally:
    """What this process has answered since it last told the database."""

    def __init__(self):
        self.requests: Counter[Key] = Counter()
        self.seconds: dict[Key, float] = defaultdict(float)
        self.told = monotonic()
        self.lock = Lock()

    def add(self, route: str, status: int, seconds: float) -> None:
        key = (route, status, next(b for b in BOUNDS if seconds <= b))
        with self.lock:
            self.requests[key] += 1
            self.seconds[key] += seconds

    def flush_when_due(self, **kwargs) -> None:
        if monotonic() - self.told > EVERY:
            self.flush()

    def flush(self) -> None:
        """Add what is new to the sums; keep it for later when the database is away."""
        with self.lock:
            requests, seconds = self.requests, self.seconds
            self.requests, self.seconds = Counter(), defaultdict(float)
            self.told = monotonic()
        try:
            add(requests, seconds)
        except DatabaseError as error:
            logger.warning("Requests were not counted yet: %s", type(error).__name__)
            with self.lock:
                for key, number in requests.items():
                    self.requests[key] += number
                    self.seconds[key] += seconds[key]


def add(requests: Mapping[Key, int], seconds: Mapping[Key, float]) -> None:
    # In one order everywhere, so that two processes never wait for each other.
    keys = sorted(requests)
    if keys:
        columns = [list(column) for column in zip(*keys, strict=True)]
        counts = [requests[key] for key in keys], [seconds[key] for key in keys]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '1s'")
            cursor.execute(ADD, [*columns, *counts])
