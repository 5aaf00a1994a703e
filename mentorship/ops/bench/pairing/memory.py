"""Rows about memory, each measured in a process of its own, and the growth of both."""

from collections.abc import Iterator
from typing import Any

from .alone import solve_alone
from .bench import Sizes
from .rows import Row, at_most, holds

EXTRA_AT_LARGE = 600  # MiB
WHOLE_AT_HUGE = 2048  # MiB
MATRIX = "a matrix of all pairs would take {:,.0f} MiB at one byte a pair"


def peak_of_large(seed: int, sizes: Sizes) -> Iterator[Row]:
    """What solving takes beyond the problem itself."""
    for kind in ("loose", "scarce"):
        told = solve_alone(seed=seed, mentees=sizes.large, kind=kind)
        yield at_most(
            f"MiB above the problem itself, n = {sizes.large} {kind}",
            EXTRA_AT_LARGE,
            told["extra"],
            note=f"{told['peak']:.0f} MiB in all",
        )


def growth_rows(grown: list[dict[str, Any]]) -> Iterator[Row]:
    """The rows of the largest program, from what `grow` measured."""
    told = grown[-1]
    size = told["mentees"]
    yield holds(
        f"{size:,} × {size:,} finishes",
        "a proven plan",
        f"{told['paired']:,} paired, gap {100 * told['gap']:.1e} %",
        told["gap"] <= 1e-5,
        note=f"{told['seconds']:.0f} s",
    )
    yield at_most(
        f"MiB of the whole process, {size:,} × {size:,}",
        WHOLE_AT_HUGE,
        told["peak"],
        note=MATRIX.format(size**2 / 2**20),
    )


def grow(seed: int, sizes: Sizes) -> Iterator[dict[str, Any]]:
    """One solve of a loose market at each size of the growth, alone in its process."""
    for mentees in sizes.growth:
        yield solve_alone(seed=seed, mentees=mentees)
