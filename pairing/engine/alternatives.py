"""Other mentors for one mentee, and what each would cost the whole cohort."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from .market import NOBODY, UNDER_FLOOR, Market, loads
from .plan import Plan
from .pool import Pool, all_pairs, some_pairs
from .prices import Prices
from .problem import Problem
from .proof import Screen
from .residual import Residual, Step
from .scores import features

NEAR = 0.05  # points: shortest paths rarely use a pair that is further off
FURTHEST = 3 * UNDER_FLOOR  # points: two people may fall under the floor on the way
FEW = 10  # alternatives told of a large problem, where nothing else is asked for


@dataclass(frozen=True)
class Move:
    """Somebody else whose mentor would change; None stands for no mentor."""

    mentee: str
    from_mentor: str | None
    to_mentor: str | None
    from_score: float | None
    to_score: float | None


@dataclass(frozen=True)
class Alternative:
    """Another mentor for a mentee, with the plan worked out anew around it.

    `fewer_paired` and `cost` are what the cohort loses in people paired and in total;
    `under_floor` is how many more of the others have a pair under the plan's floor.
    """

    mentor: str
    score: float
    fewer_paired: int
    cost: float
    moves: tuple[Move, ...]
    under_floor: int = 0


def alternatives(
    problem: Problem, plan: Plan, mentee_id: str, k: int | None = None
) -> list[Alternative]:
    """The other possible mentors, cheapest for the cohort first; `k` at most.

    Each is exactly the plan made anew with the pair pinned and the floor of this plan
    kept (`Policy(floor=plan.floor)`), all from one relaxation of shortest paths. The
    mentee's own pin is dropped; whatever else is pinned stays. Those by which fewer are
    paired come last, before them those by which others fall under the floor. Large
    problems are read once or twice in blocks, tell ten where `k` is None, and leave out
    those by which fewer are paired.
    Raises KeyError for an unknown mentee, ValueError for a plan of another problem.
    """
    row = problem.row(mentee_id)
    around = Around(problem, plan, row)
    columns = around.cheapest((k or FEW) if around.large else None)
    found = [around.alternative(column) for column in columns]
    found.sort(key=lambda it: (it.fewer_paired, it.under_floor, it.cost, it.mentor))
    return found[:k]


def bounds(problem: Problem, plan: Plan, mentee_id: str) -> dict[str, float]:
    """{mentor: the least that giving them to the mentee costs the cohort}.

    Reduced costs, from the prices stored with the plan, of every mentor the mentee can
    have; where there is no loyalty never above the cost that `alternatives` tells, with
    `plan.whole` for each person no longer paired and UNDER_FLOOR for each under the
    floor. Microseconds a mentor. Raises KeyError for an unknown mentee.
    """
    score = features(problem).exact(np.array([problem.row(mentee_id)]))[0]
    own = -plan.whole
    if mentor_id := plan.mentor_of.get(mentee_id):
        own = plan.score[mentee_id] - plan.price[mentor_id]
    return {
        mentor.id: round(own + plan.price[mentor.id] - float(points), 6) + 0.0
        for mentor, points in zip(problem.mentors, score, strict=True)
        if np.isfinite(points)
    }


class Around:
    """A plan seen from one mentee: what everybody else would do."""

    def __init__(self, problem: Problem, plan: Plan, row: int) -> None:
        policy = replace(plan.policy, floor=plan.floor)
        self.problem, self.plan, self.row = problem, plan, row
        self.market = Market.of(problem, policy, plan.keep).without_pin(row)
        self.large = not self.market.is_small
        self.chosen = chosen_of(problem, plan)
        self.at = prices_of(problem, plan)
        self.load = loads(self.chosen, len(problem.mentors))
        self.score = self.market.tables.exact(np.array([row]))[0]
        self.now = int(self.chosen[row])

    def cheapest(self, k: int | None) -> list[int]:
        """The columns of the alternatives in the order of what they cost."""
        reach = NEAR if self.large else np.inf
        while True:
            self.residual = self._residual(reach)
            lengths = self._lengths()
            told = self._told(np.minimum(lengths, reach))[:k]
            exact = lengths[told] <= reach
            if reach > FURTHEST or exact.all():
                return told[exact & np.isfinite(lengths[told])].tolist()
            reach *= 4

    def alternative_with(self, column: int) -> Alternative:
        """The alternative with one mentor who has room beside their pins."""
        self.residual = self._residual(np.inf)
        return self.alternative(column)

    def alternative(self, column: int) -> Alternative:
        """The plan with this pair pinned, told by its differences."""
        steps = self.residual.path(column)
        rows = np.array([step.row for step in steps], dtype=np.intp)
        before = self._scores(rows, [step.before for step in steps])
        after = self._scores(rows, [step.after for step in steps])
        people, points = self._lost(column, steps)
        score = float(self.score[column])
        lost = float(np.nansum(before) - np.nansum(after)) - score + points
        moves = tuple(self._moves(steps, before, after))
        return Alternative(
            mentor=self.problem.mentors[column].id,
            score=score,
            fewer_paired=people,
            cost=round(lost, 6),
            moves=moves,
            under_floor=falling(moves, self.plan.floor),
        )

    def _residual(self, reach: float) -> Residual:
        market, at = self.market, self.at
        if self.large:
            screen = Screen(market, np.full(len(self.chosen), np.inf))
            nothing = Pool.of(market, *(np.empty(0, np.intp),) * 2, np.empty(0))
            # Never down by half a person, or nobody would count as somebody less.
            lowest = np.maximum(at.surplus - reach, -0.49 * market.whole)
            lower = Prices(at.price, lowest)
            pool = screen.wanting(nothing, lower, lambda done: None)
            for columns in (self.chosen, market.kept):
                pool = pool.joined(some_pairs(market, columns))
        else:
            pool = all_pairs(market)
        pool = pool.above(self.plan.floor)
        offers = market.whole + pool.worth - at.surplus[pool.row]
        there = (pool.column == self.now) & (pool.row != self.row)
        self.wanted = offers[there].max(initial=0.0)
        far = at.price[pool.column] - offers
        return Residual(market, pool, self.chosen, self.row, far < NEAR)

    def _lengths(self) -> np.ndarray:
        """How long each shortest path is in reduced costs, none of them negative."""
        price = self.at.price
        start = 0.0 if self.now == NOBODY else max(price[self.now], self.wanted)
        return self.residual.distance - price + start

    def _told(self, lengths: np.ndarray) -> np.ndarray:
        """Possible columns by what they cost if their paths are so long."""
        cost = lengths + self.at.price - self.score
        possible = np.isfinite(self.score) & (
            np.isfinite(self.residual.distance) | self.large
        )
        if self.now != NOBODY:
            possible[self.now] = False
        columns = np.flatnonzero(possible)
        return columns[np.argsort(cost[columns], kind="stable")]

    def _scores(self, rows: np.ndarray, columns: list[int]) -> np.ndarray:
        there = np.array(columns, dtype=np.intp)
        score = np.full(len(rows), np.nan)
        some = there != NOBODY
        score[some] = self.market.tables.pair_scores(rows[some], there[some])
        return score

    def _lost(self, column: int, steps: list[Step]) -> tuple[int, float]:
        """People no longer paired, and what else the total loses beside scores."""
        change = Counter({column: 1})
        change[self.now] -= 1
        for step in steps:
            change[step.before] -= 1
            change[step.after] += 1
        people = change.pop(NOBODY, 0)
        already = self.load + self.market.busy
        further = sum(
            more * (2 * int(already[mentor]) + more - 1) / 2
            for mentor, more in change.items()
        )
        points = further * self.market.policy.place_cost
        mentee = self.problem.mentees[self.row].id
        return people, points + self.plan.score.get(mentee, 0.0)

    def _moves(
        self, steps: list[Step], before: np.ndarray, after: np.ndarray
    ) -> Iterator[Move]:
        mentees, mentors = self.problem.mentees, self.problem.mentors
        for step, old, new in zip(steps, before, after, strict=True):
            yield Move(
                mentee=mentees[step.row].id,
                from_mentor=None if step.before == NOBODY else mentors[step.before].id,
                to_mentor=None if step.after == NOBODY else mentors[step.after].id,
                from_score=None if step.before == NOBODY else float(old),
                to_score=None if step.after == NOBODY else float(new),
            )


def falling(moves: Iterable[Move], floor: float | None) -> int:
    """How many more are under the floor once all have moved."""
    if floor is None:
        return 0
    return sum(
        (move.to_score is not None and move.to_score < floor)
        - (move.from_score is not None and move.from_score < floor)
        for move in moves
    )


def chosen_of(problem: Problem, plan: Plan) -> np.ndarray:
    """The column of every row in a plan, NOBODY for none."""
    chosen = np.full(len(problem.mentees), NOBODY)
    for mentee, mentor in plan.mentor_of.items():
        chosen[problem.row(mentee)] = problem.column(mentor)
    return chosen


def prices_of(problem: Problem, plan: Plan) -> Prices:
    """The prices stored with a plan as arrays."""
    price = np.array([plan.price[mentor.id] for mentor in problem.mentors])
    surplus = np.array([plan.surplus[mentee.id] for mentee in problem.mentees])
    return Prices(price, surplus + plan.whole)
