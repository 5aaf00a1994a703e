"""A table in Markdown, for the pages of figures."""

from collections.abc import Iterable


def markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """The lines of a table; a cell may hold no line break."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
