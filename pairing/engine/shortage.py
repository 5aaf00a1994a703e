"""Why not everybody can be paired: Hall's condition, and what would help most."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from .candidates import BLOCK
from .features import POSSIBLE
from .floor import proven
from .limits import Limit
from .market import NOBODY, Market
from .plan import Relaxation, Shortage, Unpaired
from .pool import Pool
from .proof import beyond_reach
from .scores import limits

# Limits that a coordinator may waive: the two could meet in writing, the mentor could
# take one more turn. The others lie in people or protect them.
SOFT = (Limit.NO_OVERLAP, Limit.RESTING)
ENOUGH = 64  # more mentors than this for one mentee tell nothing new


def unpaired(market: Market, chosen: np.ndarray) -> dict[str, Unpaired]:
    """For everyone without a mentor, which limits ruled out how many."""
    left = {}
    for rows in _blocks(np.flatnonzero(chosen == NOBODY)):
        flags = limits(market.problem, rows)
        possible = (flags == 0).sum(axis=1)
        counts = {str(limit.name): (flags & limit != 0).sum(axis=1) for limit in Limit}
        for place, row in enumerate(rows):
            removed = {name: int(count[place]) for name, count in counts.items()}
            left[market.problem.mentees[row].id] = Unpaired(
                removed={name: count for name, count in removed.items() if count},
                possible=int(possible[place]),
            )
    return left


def shortages(
    market: Market, pool: Pool, chosen: np.ndarray, price: np.ndarray
) -> tuple[Shortage, ...]:
    """Groups of mentees who can only meet mentors with too few places for them.

    From everyone unpaired an alternating tree is grown over all pairs; where trees
    share a mentor they are one group. By Hall's theorem each group proves that it
    cannot be paired as a whole. The largest shortage first. O(rows reached x m) time.
    """
    found = []
    for rows, columns in _groups(market, chosen):
        outside = np.setdiff1d(np.arange(pool.shape[1]), columns)
        flags = [limits(market.problem, some, outside) for some in _blocks(rows)]
        removed = {
            str(limit.name): sum(int((part & limit != 0).sum()) for part in flags)
            for limit in Limit
        }
        left = market.capacity - market.taken
        found.append(
            Shortage(
                mentees=tuple(market.problem.mentees[row].id for row in rows),
                mentors=tuple(market.problem.mentors[j].id for j in columns),
                places=int(left[columns].sum()),
                removed={name: count for name, count in removed.items() if count},
                relaxation=_relaxation(
                    market, pool, chosen, price, (rows, columns, outside), flags
                ),
            )
        )
    return tuple(
        sorted(found, key=lambda it: (it.places - len(it.mentees), it.mentees))
    )


def _groups(
    market: Market, chosen: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows and columns of each group."""
    group = np.full(len(market.capacity), NOBODY)
    members: dict[int, list[int]] = {}
    free = market.free
    for rows in _blocks(free[chosen[free] == NOBODY]):
        for row, met in zip(rows.tolist(), _possible(market, rows), strict=True):
            members[row] = [row]
            while met.any():
                for other in np.unique(group[met & (group != NOBODY)]).tolist():
                    members[row] += members.pop(other)
                    group[group == other] = row
                met &= group != row
                group[met] = row
                seated = free[np.append(met, False)[chosen[free]]]
                met = _met(market, seated, group != row)
    for row, alone in members.items():
        columns = np.flatnonzero(group == row)
        seated = free[np.isin(chosen[free], columns)]
        yield np.sort(np.concatenate([alone, seated])), columns


def _met(market: Market, rows: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Which columns among the given ones any of the rows could have."""
    met = np.zeros(len(among), dtype=bool)
    wanted = among & (market.capacity > market.taken)
    for some in _blocks(rows):
        if (met | ~wanted).all():
            break
        met |= _possible(market, some).any(axis=0) & wanted
    return met


def _possible(market: Market, rows: np.ndarray) -> np.ndarray:
    """Whether each row could have each column that has a place."""
    possible = market.tables.block(rows) > POSSIBLE
    return possible & (market.capacity > market.taken)


def _relaxation(market, pool, chosen, price, where, flags) -> Relaxation | None:
    """The single change that lets most people more be paired; a place comes first."""
    rows, columns, outside = where
    options = []
    full = outside[np.any([(f == Limit.NO_PLACE).any(axis=0) for f in flags], axis=0)]
    asked = columns if len(columns) else full
    if len(asked):
        dearest = asked[np.argmax(price[asked].round(6))]
        options.append(Relaxation("place", market.problem.mentors[dearest].id, 1))
    most = int((chosen[market.free] != NOBODY).sum())
    for limit in SOFT:
        row, column = _only(limit, rows, outside, flags)
        if len(row):
            more = Pool.of(market, row, column, np.zeros(len(row)))
            beyond = partial(beyond_reach, market)
            _, reach = proven(market, pool.joined(more), beyond, -np.inf)
            options.append(Relaxation("limit", str(limit.name), reach.paired - most))
    options = [option for option in options if option.gains]
    return max(options, key=lambda option: option.gains, default=None)


def _only(limit, rows, outside, flags) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that nothing but this limit keeps apart."""
    found = []
    for part, some in zip(flags, _blocks(rows), strict=True):
        for place, row in enumerate(some):
            columns = outside[part[place] == limit][:ENOUGH]
            found.append((np.full(len(columns), row), columns))
    row, column = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return row, column


def _blocks(rows: np.ndarray) -> list[np.ndarray]:
    return [rows[first : first + BLOCK] for first in range(0, len(rows), BLOCK)]
