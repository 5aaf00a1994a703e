"""The best plan of a problem."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from .assign import assign
from .candidates import best_of_rows, candidates
from .floor import Reach, bottleneck
from .market import NOBODY, Market
from .plan import Plan
from .pool import Pool, all_pairs, all_scores, some_pairs
from .prices import Prices, excess, prices
from .problem import Policy, Problem
from .proof import Screen, beyond_reach
from .solution import Solution, plan_of

DEFAULT_POLICY = Policy()
ABUNDANT = 30, 10  # pairs of each mentee and mentor to begin with
SCARCE = 50, 20  # where there are few more places than mentees
THIN = 24  # pairs of each row from which the search for a floor starts

Watch = Callable[[str, float], None]


def solve(
    problem: Problem,
    policy: Policy = DEFAULT_POLICY,
    *,
    keep: Mapping[str, str] | None = None,
    watch: Watch | None = None,
    dense: bool | None = None,
    few: tuple[int, int] | None = None,
    prove: bool = True,
) -> Plan:
    """The best plan; the same for the same input in any order, and always one.

    Most people paired first, then nobody far below the best possible lowest score,
    then the largest sum of scores less the cost of a mentor's further mentees. A pair
    of `keep` (mentee: mentor) earns `policy.loyalty`.

    Small problems are solved on all pairs, larger ones on everybody's best few and
    those that a pass over all pairs adds, with the same answer. `dense` forces either,
    `few` says how many to begin with for each mentee and each mentor. Without `prove`
    those are enough, and the gap tells what may be missing.
    `watch` is called often with the stage ("score", "solve" or "prove") and its share
    done; what it raises ends the work.
    """
    market = Market.of(problem, policy, keep)
    if dense is None:
        dense = market.is_small
    watch = watch or (lambda stage, done: None)
    if dense:
        return plan_of(solve_dense(market, watch))
    return plan_of(solve_sparse(market, watch, few or _few(market), prove))


def solve_dense(market: Market, watch: Watch) -> Solution:
    """The best plan from all pairs at once: O(n places) memory."""
    watch("score", 0.0)
    pool = all_pairs(market)
    watch("score", 1.0)

    def beyond(reach: Reach, above: float) -> Pool:
        rows, columns = np.zeros(pool.shape[0], bool), market.capacity > market.taken
        rows[reach.rows] = True
        columns[reach.columns] = False
        out = rows[pool.row] & columns[pool.column] & (pool.score > above)
        return pool.where(out)

    floor = floor_of(market, lambda: _thin(market, pool), beyond)
    pool = pool.above(floor)
    watch("solve", 0.0)
    chosen = assign(market, pool, dense=True)
    at = prices(market, pool, chosen)
    watch("solve", 1.0)
    log = {"possible_pairs": int(np.isfinite(all_scores(market)).sum()), "rounds": 1}
    return Solution(
        market, pool, chosen, at, floor, excess(market, pool, chosen, at), log
    )


def solve_sparse(
    market: Market, watch: Watch, few: tuple[int, int], prove: bool
) -> Solution:
    """The best plan from the best few pairs, and more until it is proved for all."""
    best = candidates(market.problem, *few, lambda done: watch("score", done))
    pool = Pool.of(market, best.mentee, best.mentor, best.score)
    pool = pool.where(market.pinned[pool.row] == NOBODY)
    pool = pool.joined(some_pairs(market, market.kept))
    floor = floor_of(market, lambda: pool, lambda *tree: beyond_reach(market, *tree))
    found = _best_of(market, pool.above(floor), floor, watch, 1)
    screen = Screen(market, best.missed)
    while prove:
        more = screen.wanting(found.pool, found.at, lambda done: watch("prove", done))
        more = more.above(floor)
        if not _worth_more(market, more, found.at).any():
            break
        pool = found.pool.joined(more)
        found = _best_of(market, pool, floor, watch, found.log["rounds"] + 1)
    unread = 0.0 if prove else screen.gap(found.at)
    log = {
        "possible_pairs": best.possible,
        "candidates": len(found.pool.row),
        "pairs_read_again": int(screen.read),
    }
    return replace(found, excess=found.excess + unread, log=found.log | log)


def _best_of(
    market: Market, pool: Pool, floor: float | None, watch: Watch, rounds: int
) -> Solution:
    watch("solve", 1 - 0.5**rounds)
    chosen = assign(market, pool, dense=False)
    at = prices(market, pool, chosen)
    beyond = excess(market, pool, chosen, at)
    return Solution(market, pool, chosen, at, floor, beyond, {"rounds": rounds})


def floor_of(
    market: Market,
    pool: Callable[[], Pool],
    beyond: Callable[[Reach, float], Pool],
) -> float | None:
    """The score under which as few pairs as possible may be; None without a floor."""
    if market.policy.floor is not None or not market.policy.floor_share:
        return market.policy.floor
    lowest = bottleneck(market, pool(), beyond)
    return None if lowest is None else market.policy.floor_share * lowest


def _few(market: Market) -> tuple[int, int]:
    scarce = market.capacity.sum() < 1.25 * len(market.pinned)
    return SCARCE if scarce else ABUNDANT


def _thin(market: Market, pool: Pool) -> Pool:
    """The best pairs of each row, out of all."""
    row, column, _ = best_of_rows(all_scores(market), THIN)
    free = market.pinned[row] == NOBODY
    return pool.where(np.sort(pool.place(row[free], column[free])))


def _worth_more(market: Market, more: Pool, at: Prices) -> np.ndarray:
    beyond = market.whole + more.worth - at.price[more.column]
    return beyond > at.surplus[more.row] + market.slack
