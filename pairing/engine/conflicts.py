"""Which pins can hold together, and a named conflict for each that cannot."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .limits import limits_between
from .problem import Problem, Rule

Cell = tuple[int, int]  # row of the mentee, column of the mentor
Kind = Literal["unknown_person", "limit", "two_mentors", "over_capacity"]


@dataclass(frozen=True)
class Conflict:
    """A smallest set that cannot hold together: without any one of it the rest can.

    `unknown_person`: one of the two is not in the problem. `limit`: the pair is
    impossible, by the other rules named or by `limits`. `two_mentors`: one mentee is
    pinned to two. `over_capacity`: one more pin than the mentor has places.
    """

    kind: Kind
    rules: tuple[Rule, ...]
    limits: tuple[str, ...] = ()


def conflicts(problem: Problem) -> list[Conflict]:
    """Every pin that cannot be held, in smallest sets of rules and limits."""
    return settle_pins(problem)[1]


def settle_pins(problem: Problem) -> tuple[dict[Cell, Rule], list[Conflict]]:
    """The pins that hold, by cell, and the conflicts of the others.

    Pins are taken in the order of their rules; the last of a conflict is refused.
    """
    held: dict[Cell, Rule] = {}
    by_row: dict[int, Rule] = {}
    by_column: dict[int, list[Rule]] = defaultdict(list)
    refused: list[Conflict] = []
    for pin in (rule for rule in problem.rules if rule.kind == "pin"):
        cell = problem.cell(pin.mentor, pin.mentee)
        if cell is None:
            refused.append(Conflict("unknown_person", (pin,)))
        elif cell in held:
            continue
        elif against := list(_against(problem, pin)):
            refused.extend(against)
        elif cell[0] in by_row:
            refused.append(Conflict("two_mentors", (by_row[cell[0]], pin)))
        elif len(by_column[cell[1]]) == problem.mentors[cell[1]].capacity:
            refused.append(Conflict("over_capacity", (*by_column[cell[1]], pin)))
        else:
            held[cell] = by_row[cell[0]] = pin
            by_column[cell[1]].append(pin)
    return held, refused


def _against(problem: Problem, pin: Rule) -> Iterator[Conflict]:
    """One conflict by the limits that are no rule, else one for each rule."""
    names = limits_between(problem, pin.mentee, pin.mentor)
    if facts := tuple(name for name in names if name != "NEVER_PAIR"):
        yield Conflict("limit", (pin,), facts)
        return
    two = {pin.mentor, pin.mentee}
    for rule in problem.rules:
        if rule.kind == "never" and {rule.mentor, rule.mentee} == two:
            yield Conflict("limit", (rule, pin), ("NEVER_PAIR",))
