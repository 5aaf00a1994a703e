"""The page of figures, docs/benchmarks/night.md, and its picture of growth."""

from pathlib import Path

from mentorship.ops.bench.pairing.plot import growth
from mentorship.ops.bench.tables import markdown

from .bench import Night

INTRODUCTION = """
# The night

The figures of a night, for every cohort at once, against reading the whole table of
sessions once from its first row to its last, in the same run. A scan is the least that
any figure of all sessions could take, so the ratio says the same on every machine. Each
size has a database of its own, with ten cohorts of a hundred people for every 10,000
sessions. The next hour's night finds the figures there and leaves them alone. Worked
out once more, as `manage.py night --date` does for a past day, nothing has changed.

Measured with `{command}`.
"""
HEAD = (
    *("Sessions", "Cohorts", "One scan, s", "The night, s", "In scans"),
    *("The next hour, s", "Once more, s", "Rows written"),
)
GROWTH = """
## Growth

![Growth of the night with the number of sessions](night.svg)

Both axes are powers of ten; the dashed line grows as the number of sessions does.
"""


def write(nights: list[Night], machine: dict, command: str, folder: Path) -> Path:
    """Write the page, and the picture beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "night.md"
    parts = [
        INTRODUCTION.format(command=command),
        markdown(("machine", ""), machine.items()),
        markdown(HEAD, map(cells, nights)),
    ]
    if len(nights) > 1:
        parts.append(GROWTH)
        (folder / "night.svg").write_text(picture_of(nights))
    page.write_text("\n\n".join(part.strip() for part in parts) + "\n")
    return page


def cells(night: Night) -> tuple[str, ...]:
    return (
        f"{night.sessions:,}",
        f"{night.cohorts:,}",
        f"{night.scan:.3f}",
        f"{night.first:.2f}",
        f"{night.ratio:.1f}",
        f"{night.next:.2f}",
        f"{night.again:.2f}",
        f"{night.rows:,}",
    )


def picture_of(nights: list[Night]) -> str:
    """Two panels: seconds, and scans."""
    return growth(
        [
            ("seconds of the night", [(n.sessions, n.first) for n in nights]),
            ("scans that it takes as long as", [(n.sessions, n.ratio) for n in nights]),
        ],
        title="Growth of the night",
        across="sessions",
        power=1,
    )
