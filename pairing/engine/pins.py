"""Which pins can hold together, and a named conflict for each that cannot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .limits import Limit, limit_names, limits
from .problem import Problem, Rule

Cell = tuple[int, int]  # row of the mentee, column of the mentor
Kind = Literal["unknown_person", "limit", "two_mentors", "over_capacity", "both_ways"]


@dataclass(frozen=True)
class Conflict:
    """A smallest set of rules that cannot hold together; the last one is refused.

    `unknown_person`: one of the two is not in the problem. `limit`: the pair is
    impossible, `limits` says why. `two_mentors`: one mentee is pinned twice.
    `over_capacity`: more pins than the mentor has places. `both_ways`: two people are
    pinned as each other's mentor.
    """

    kind: Kind
    rules: tuple[Rule, ...]
    limits: tuple[str, ...] = ()


class Mirror:
    """Finds the cell with the same two people the other way round, if there is one."""

    def __init__(self, problem: Problem) -> None:
        self.row = {person.id: i for i, person in enumerate(problem.mentees)}
        self.column = {person.id: j for j, person in enumerate(problem.mentors)}
        self.mentees = [self.column.get(person.id) for person in problem.mentees]
        self.mentors = [self.row.get(person.id) for person in problem.mentors]

    def cell(self, rule: Rule) -> Cell | None:
        """The cell of a rule's two people."""
        if rule.mentee in self.row and rule.mentor in self.column:
            return self.row[rule.mentee], self.column[rule.mentor]
        return None

    def __call__(self, cell: Cell) -> Cell | None:
        row, column = self.mentors[cell[1]], self.mentees[cell[0]]
        return None if row is None or column is None else (row, column)


def conflicts(problem: Problem) -> list[Conflict]:
    """Every pin that cannot be held, each with the rules and limits against it."""
    problem = problem.canonical()
    return settle_pins(problem, limits(problem))[1]


def settle_pins(
    problem: Problem, found: np.ndarray
) -> tuple[dict[Cell, Rule], list[Conflict]]:
    """The pins that hold, by cell, and the conflicts of the others.

    `found` are the limits of a problem in canonical order; pins are taken in it too.
    """
    mirror = Mirror(problem)
    held: dict[Cell, Rule] = {}
    refused: list[Conflict] = []
    for pin in (rule for rule in problem.rules if rule.kind == "pin"):
        cell = mirror.cell(pin)
        if cell is None:
            refused.append(Conflict("unknown_person", (pin,)))
        elif flags := found[cell]:
            rules = (*_never_rules(problem, pin, flags), pin)
            refused.append(Conflict("limit", rules, tuple(limit_names(flags))))
        elif against := next(_pins_against(problem, mirror, held, cell), None):
            kind, others = against
            refused.append(Conflict(kind, (*others, pin)))
        else:
            held[cell] = pin
    return held, refused


def _pins_against(
    problem: Problem, mirror: Mirror, held: dict[Cell, Rule], cell: Cell
) -> Iterator[tuple[Kind, list[Rule]]]:
    twice = [pin for (row, _), pin in held.items() if row == cell[0]]
    beside = [pin for (_, column), pin in held.items() if column == cell[1]]
    if twice:
        yield "two_mentors", twice
    if len(beside) >= problem.mentors[cell[1]].capacity:
        yield "over_capacity", beside
    reverse = mirror(cell)
    if reverse and reverse in held:
        yield "both_ways", [held[reverse]]


def _never_rules(problem: Problem, pin: Rule, flags: int) -> list[Rule]:
    if not flags & Limit.NEVER_PAIR:
        return []
    two = {pin.mentor, pin.mentee}
    never = [rule for rule in problem.rules if rule.kind == "never"]
    return [rule for rule in never if {rule.mentor, rule.mentee} == two]
