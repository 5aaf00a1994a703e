"""Counts of what no roster holds: neither pairs nor people stand behind them."""

from dataclasses import dataclass

from .shapes import Row
from .telling import count_range, size_range


@dataclass(frozen=True)
class Tally:
    """How many things were so, `yes`, out of `size`; told from `fewest` on."""

    name: str
    yes: int
    size: int
    fewest: int


def told_apart(tally: Tally) -> Row:
    """The tally as a range out of a range of sizes, or hidden below its fewest. Nobody
    outside knows the size, as everybody knows a roster's, so both ranges are the same
    for every size that the row could be about."""
    if tally.size < tally.fewest:
        return Row(tally.name)
    size = size_range(tally.size, tally.fewest)
    return Row(tally.name, size=size, value=count_range(tally.yes, int(size[1])))
