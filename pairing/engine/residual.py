"""What follows when one mentor has to make room: shortest paths of a plan."""

from dataclasses import dataclass

import numpy as np

from .market import NOBODY, Market, loads
from .pool import Pool, highest
from .prices import own_worth

NOWHERE = NOBODY  # the node of free places and of mentees without a mentor


@dataclass(frozen=True)
class Step:
    """One mentee's move; NOBODY for no mentor."""

    row: int
    before: int
    after: int


class Residual:
    """The residual network of a plan when one mentee's place falls free.

    Nodes are the mentors, and one for free places. A mentor makes room by sending one
    of their mentees elsewhere, or by a free place of their own; a free place costs what
    it costs, and giving one back earns as much. `distance[j]` is the least that room at
    mentor j costs everybody else; infinite where there can be none. A plan that follows
    a shortest path stays the best one (Ahuja, Magnanti and Orlin 1993, successive
    shortest paths), so these are the costs of a plan made anew. One relaxation gives
    all mentors: O(sweeps pairs), a few dozen sweeps in practice.

    `near` (a mask) are pairs that shortest paths mostly use; only for speed.
    """

    def __init__(
        self, market: Market, pool: Pool, chosen: np.ndarray, row: int, near: np.ndarray
    ) -> None:
        self.market, self.chosen = market, chosen
        self.vacated = int(chosen[row])
        self.load = loads(chosen, len(market.capacity))
        self.own = own_worth(pool, chosen)
        free = market.free[market.free != row]
        paired = free[chosen[free] != NOBODY]
        self.alone = free[chosen[free] == NOBODY]
        self.movers = paired[np.argsort(chosen[paired], kind="stable")]
        self.used, self.first = np.unique(chosen[self.movers], return_index=True)
        self.distance = np.full(len(market.capacity), np.inf)
        self.nowhere = np.inf
        if self.vacated == NOBODY:
            self.nowhere = 0.0
        else:
            self.distance[self.vacated] = 0.0
        elsewhere = chosen[pool.row] != pool.column
        self._relax(pool.where(elsewhere & near))
        pool = pool.where(elsewhere)
        self._relax(pool)
        self._remember(pool)

    def path(self, column: int) -> list[Step]:
        """Who would move, one after the other, if this mentor had to make room."""
        steps: list[Step] = []
        node = column
        for _ in range(2 * len(self.distance) + 2):
            if node == self.vacated:
                return steps
            row, node, before = *self._next(node), node
            if row != NOBODY:
                steps.append(Step(row, before, node))
        raise ValueError("this plan is not the best one of this problem")

    def _relax(self, pool: Pool) -> None:
        """Bellman and Ford's relaxation towards the vacated place."""
        for _ in range(len(self.distance) + 2):
            best = self._best(pool)
            ways = self._room(best)
            room = np.minimum(self.distance, ways.min(axis=0))
            nowhere = min(self.nowhere, self._free(best, ways[0]).min(initial=np.inf))
            shorter = room < self.distance - self.market.slack
            done = not shorter.any() and nowhere >= self.nowhere - self.market.slack
            self.distance, self.nowhere = room, nowhere
            if done:
                return
        raise ValueError("this plan is not the best one of this problem")

    def _best(self, pool: Pool) -> np.ndarray:
        """The most each row is worth elsewhere, less what room there costs."""
        return highest(pool.worth - self.distance[pool.column], pool.start, -np.inf)

    def _room(self, best: np.ndarray) -> np.ndarray:
        """Two ways to room at each mentor, 2 x m: a mentee goes, or a free place."""
        ways = np.full((2, len(self.distance)), np.inf)
        if len(self.used):
            ways[0, self.used] = np.minimum.reduceat(self._leaving(best), self.first)
        has_place = self.load < self.market.capacity
        cost = self.market.next_cost(self.load) + self.nowhere
        ways[1, has_place] = cost[has_place]
        return ways

    def _leaving(self, best: np.ndarray) -> np.ndarray:
        """What it costs that a mover goes to the best elsewhere, or nowhere."""
        own = self.own[self.movers]
        alone = self.market.whole + own + self.nowhere
        return np.minimum(own - best[self.movers], alone)

    def _free(self, best: np.ndarray, leaving: np.ndarray) -> np.ndarray:
        """What it earns to give back a place of each mentor, or to pair each alone.

        The place is that of somebody leaving, or the vacated one.
        """
        back = leaving.copy()
        if self.vacated != NOBODY:
            back[self.vacated] = 0.0
        back -= self.market.next_cost(self.load - 1)
        return np.concatenate([back, -self.market.whole - best[self.alone]])

    def _remember(self, pool: Pool) -> None:
        """For every node the next one on its shortest path, and who moves."""
        best = self._best(pool)
        value = pool.worth - self.distance[pool.column]
        at_best = np.flatnonzero(value == best[pool.row])
        rows, first = np.unique(pool.row[at_best], return_index=True)
        self.goes_to = np.full(pool.shape[0], NOBODY)
        self.goes_to[rows] = pool.column[at_best[first]]
        leaving = self._leaving(best)
        stays_out = leaving < self.own[self.movers] - best[self.movers]
        self.goes_to[self.movers[stays_out]] = NOBODY
        ways = self._room(best)
        self.mover = np.full(len(self.distance), NOBODY)
        seat = self.chosen[self.movers]
        cheapest = np.flatnonzero(leaving == ways[0, seat])
        columns, first = np.unique(seat[cheapest], return_index=True)
        self.mover[columns] = self.movers[cheapest[first]]
        self.mover[ways[1] < ways[0] - self.market.slack] = NOBODY
        ways_back = self._free(best, ways[0])
        self.way_back = int(np.argmin(ways_back)) if len(ways_back) else NOBODY

    def _next(self, node: int) -> tuple[int, int]:
        """The row that moves, NOBODY for a free place, and the next node."""
        if node != NOWHERE:
            row = int(self.mover[node])
            return row, NOWHERE if row == NOBODY else int(self.goes_to[row])
        if self.way_back < len(self.distance):
            return NOBODY, self.way_back
        row = int(self.alone[self.way_back - len(self.distance)])
        return row, int(self.goes_to[row])
