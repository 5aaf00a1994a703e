"""What somebody could work out who knows the roster and every row.

The attacker writes one inequality for each shown row, over the unknown values of the
units (pairs, or people who answered) in it, and asks for the smallest and the largest
value that each unit can still have: linear programs, whole numbers where the values
are (Fischetti and Salazar 2000 call it the attacker's subproblem).

Units that are in the same rows cannot be told apart, so one variable stands for the
total of such a class. Of one unit in a class of m with values from a to b and totals
from s to t it is known that its value is at least max(a, s - (m - 1) b) and at most
min(b, t - (m - 1) a); with m equal pairs that did something or not, somebody is pinned
only where the total is forced to 0 or to m. That is exact, and it keeps a program of
150 pairs as small as the number of different kinds of pairs in it.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, eye_array, lil_array, vstack

EXACT = 40  # units of one fact, up to which whole numbers are solved for
NODES = 2_000  # of the search for whole numbers; what it does not settle is a hit
PAIRED = 100  # totals, up to which every two are moved together in search of worlds
NEAR = 1e-6  # what a solver may be off by

Unknown = tuple[str, Hashable]  # a metric's name, and a pair or a person


class Claim(NamedTuple):
    """What one row says: the values of its members add up to something from `low` to
    `high`."""

    metric: str
    members: frozenset[Hashable]
    low: float
    high: float


@dataclass(frozen=True)
class Fact:
    """What is known of a metric beforehand: the values that a unit can have, whether
    they are whole, and how narrow a range tells too much. Who has not done what it is
    `within` has 0; with `every`, who has done that has 1 at least."""

    floor: float
    ceiling: float
    whole: bool
    narrow: float = 0.0
    within: str = ""
    every: bool = False


@dataclass(frozen=True)
class System:
    """The attacker's inequalities over totals of classes. Rows before `claims` are of
    the claims; the others say that one fact is a part of another."""

    matrix: csr_array
    low: np.ndarray
    high: np.ndarray
    claims: int
    counts: np.ndarray  # units in each class
    floor: np.ndarray  # of one unit in the class
    ceiling: np.ndarray
    narrow: np.ndarray
    whole: np.ndarray
    exact: bool  # whether to solve for whole numbers
    column: Mapping[Unknown, int]
    own: np.ndarray | float = 0.0  # totals of what the attacker knows already

    def kinds(self, known: Mapping[Unknown, float]) -> tuple[tuple[int, float], ...]:
        """What an insider knows, by class: the same for equal pairs."""
        mine = self.column.keys() & known.keys()
        return tuple(sorted((int(self.column[one]), known[one]) for one in mine))

    def without(self, known: Mapping[Unknown, float]) -> "System":
        """The same to somebody who knows some values: what is left of the others."""
        counts, total = self.counts.copy(), np.zeros(len(self.counts))
        for unknown, value in known.items():
            if (column := self.column.get(unknown)) is not None:
                counts[column] -= 1
                total[column] += value
        told = self.matrix[: self.claims] @ total
        low, high = self.low.copy(), self.high.copy()
        low[: self.claims] -= told
        high[: self.claims] -= told
        return replace(self, low=low, high=high, counts=counts, own=total)

    def possible(self, worlds: np.ndarray) -> np.ndarray:
        """Those of some worlds (a row of totals each) that fit all that is known."""
        sums = worlds @ self.matrix.T
        fits = (sums >= self.low - NEAR) & (sums <= self.high + NEAR)
        least, most = self.counts * self.floor, self.counts * self.ceiling
        inside = (worlds >= least - NEAR) & (worlds <= most + NEAR)
        return worlds[fits.all(axis=1) & inside.all(axis=1)]

    def exposed(self, worlds: "Worlds", others: np.ndarray) -> np.ndarray:
        """The classes of which a member's value is known too closely, without the
        `others`, which are known to be."""
        search = Search(self, worlds, others)
        search.look_together()
        for column in np.flatnonzero(search.narrow()):
            search.look_at(int(column))
        return np.flatnonzero(search.narrow())


class Worlds:
    """Worlds that fit all claims, as totals of classes. One found for an attacker
    serves the next, if it agrees with what that one knows: so few are solved for."""

    def __init__(self, system: System, truth: Mapping[Unknown, float]):
        real = np.zeros(len(system.counts))
        for unknown, column in system.column.items():
            real[column] += truth.get(unknown, 0)
        self.found = [system.possible(around(real, np.floor(system.narrow) + 1))]

    def known_to(self, system: System) -> np.ndarray:
        """Those that an attacker cannot rule out, less what is known already."""
        return system.possible(np.vstack(self.found) - system.own)

    def add(self, world: np.ndarray) -> None:
        """Remember a world, with what its finder knew."""
        self.found.append(world[np.newaxis])


def around(world: np.ndarray, step: np.ndarray) -> np.ndarray:
    """A world, and those next to it: one or two totals a step up or down."""
    ups = np.diag(step)
    moves = [np.zeros_like(ups[:1]), ups, -ups]
    if len(world) <= PAIRED:
        one, other = np.triu_indices(len(world), 1)
        moves += [a * ups[one] + b * ups[other] for a in (1, -1) for b in (1, -1)]
    return world + np.vstack(moves)


class Search:
    """Looks for worlds in which the unknowns differ. A class is safe once two have been
    found that leave its members room enough; whatever stays narrow is exposed."""

    def __init__(self, system: System, worlds: Worlds, leave: np.ndarray):
        self.system, self.worlds = system, worlds
        size = len(system.counts)
        self.asked = (system.counts > 0) & ~np.isin(np.arange(size), leave)
        self.smallest, self.largest = np.full(size, np.inf), np.full(size, -np.inf)
        self.bounds = Bounds(
            system.counts * system.floor, system.counts * system.ceiling
        )
        self.rules = [LinearConstraint(system.matrix, system.low, system.high)]
        self.integers = system.whole * system.exact
        self.widen(worlds.known_to(system))

    def narrow(self) -> np.ndarray:
        """Which classes have not been shown to be safe."""
        one, others = self.system, self.system.counts - 1
        low, high = self.smallest, self.largest
        low = np.where(one.whole, np.ceil(low - NEAR), low)
        high = np.where(one.whole, np.floor(high + NEAR), high)
        low = np.maximum(one.floor, low - others * one.ceiling)
        high = np.minimum(one.ceiling, high - others * one.floor)
        return self.asked & ~(high - low > one.narrow + NEAR)

    def look_together(self) -> None:
        """Push all narrow classes at once, as long as that clears some."""
        before = np.inf
        while (left := self.narrow()).any() and left.sum() < before:
            before = left.sum()
            self.solve(left.astype(float))
            self.solve(-left.astype(float))

    def look_at(self, column: int) -> None:
        """The extremes of one class, unless others' have cleared it meanwhile."""
        for sign in (1.0, -1.0):
            if self.narrow()[column]:
                goal = np.zeros(len(self.system.counts))
                goal[column] = sign
                self.solve(goal)

    def solve(self, goal: np.ndarray) -> None:
        """Find a world where `goal` is smallest and remember what it shows."""
        found = milp(
            goal,
            constraints=self.rules,
            bounds=self.bounds,
            integrality=self.integers,
            options={"mip_rel_gap": 0, "node_limit": NODES},
        )
        if found.x is not None:
            self.widen(found.x[np.newaxis])
            self.worlds.add(found.x + self.system.own)

    def widen(self, worlds: np.ndarray) -> None:
        """Take in what some worlds show."""
        if len(worlds):
            self.smallest = np.minimum(self.smallest, worlds.min(axis=0))
            self.largest = np.maximum(self.largest, worlds.max(axis=0))


def exposures(
    claims: Sequence[Claim],
    facts: Mapping[str, Fact],
    truth: Mapping[Unknown, float],
    insiders: Iterable[Mapping[Unknown, float]] = (),
) -> Iterator[set[Unknown]]:
    """Whose values the claims tell too closely: first to somebody who knows nothing
    more, then to each of the insiders, who know some of the values. The truth is where
    the search for other worlds begins; what is found does not depend on it."""
    if not claims:
        return
    system = written_down(claims, facts)
    worlds, known_to_all = Worlds(system, truth), np.array([], dtype=int)
    seen = {system.kinds(known): known for known in ({}, *insiders)}
    for known in seen.values():
        hits = system.without(known).exposed(worlds, known_to_all)
        if not known:
            known_to_all = hits
        found = {*hits, *known_to_all}
        yield {one for one, column in system.column.items() if column in found} - set(
            known
        )


def written_down(claims: Sequence[Claim], facts: Mapping[str, Fact]) -> System:
    """The system of some claims, with one column for each class of each metric."""
    names = list(dict.fromkeys(claim.metric for claim in claims))
    units = list(dict.fromkeys(unit for claim in claims for unit in claim.members))
    number = {unit: place for place, unit in enumerate(units)}
    inside = membership(claims, number)
    classes, own, counts = np.unique(
        inside, axis=0, return_inverse=True, return_counts=True
    )
    first = {name: place * len(classes) for place, name in enumerate(names)}
    parts, own_facts = parts_of(names, facts, len(classes)), [facts[n] for n in names]
    nothing = np.zeros(parts.shape[0])
    bounds = np.array([(claim.low, claim.high) for claim in claims])

    return System(
        matrix=vstack([sums_of(claims, classes, first), parts], format="csr"),
        low=np.concatenate([bounds[:, 0], nothing - np.inf]),
        high=np.concatenate([bounds[:, 1], nothing]),
        claims=len(claims),
        counts=np.tile(counts, len(names)),
        floor=np.repeat([float(fact.floor) for fact in own_facts], len(classes)),
        ceiling=np.repeat([float(fact.ceiling) for fact in own_facts], len(classes)),
        narrow=np.repeat([float(fact.narrow) for fact in own_facts], len(classes)),
        whole=np.repeat([fact.whole for fact in own_facts], len(classes)),
        exact=len(units) <= EXACT,
        column={
            (name, unit): first[name] + own[number[unit]]
            for name in names
            for unit in units
        },
    )


def membership(claims: Sequence[Claim], number: Mapping[Hashable, int]) -> np.ndarray:
    """For each unit, by its number, in which claims it is."""
    inside = np.zeros((len(number), len(claims)), dtype=bool)
    for row, claim in enumerate(claims):
        inside[[number[unit] for unit in claim.members], row] = True
    return inside


def sums_of(
    claims: Sequence[Claim], classes: np.ndarray, first: Mapping[str, int]
) -> csr_array:
    """A row for each claim, with a 1 in the column of every class that is in it."""
    matrix = lil_array((len(claims), len(first) * len(classes)))
    for row, claim in enumerate(claims):
        matrix[row, first[claim.metric] + np.flatnonzero(classes[:, row])] = 1
    return matrix.tocsr()


def parts_of(names: Sequence[str], facts: Mapping[str, Fact], size: int) -> csr_array:
    """Rows that say that in each class there is no more than those can have who did
    that which a fact is a part of, and where they all have something, no less."""
    one = eye_array(size)
    none = csr_array((size, size))
    rows = []
    for name in names:
        fact = facts[name]
        if fact.within in names:
            most = {name: one, fact.within: -fact.ceiling * one}
            least = {name: -one, fact.within: one}
            for signs in (most, least)[: 1 + fact.every]:
                rows.append([signs.get(other, none) for other in names])
    if not rows:
        return csr_array((0, size * len(names)))
    return block_array(rows, format="csr")
