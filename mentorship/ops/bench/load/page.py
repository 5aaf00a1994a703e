"""The page of figures, docs/benchmarks/load.md."""

from pathlib import Path

from mentorship.ops.bench.tables import markdown

from .bench import MOST, Load

INTRODUCTION = """
# Many people at once

{people} people who are signed in open the ten main pages, each those of their role, and
think for one to three seconds in between, for {seconds:g} seconds. They come from a
process of their own on the same machine and meet the demo's own command for the web:
gunicorn with two sync workers, on {shape}.

Demanded: no answer of 500 and more, no connection that ends without a whole answer, and
nineteen of twenty pages within {most:g} s.

Measured with `{command}`.
"""
HEAD = ("Pages", "A second", "p50, s", "p95, s", "p99, s", "500 and more", "Dropped")


def write(bench, load: Load, command: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "load.md"
    words = {"people": load.people, "seconds": load.seconds, "shape": bench.shape}
    wrong = load.broken
    parts = [
        INTRODUCTION.format(command=command, most=MOST, **words),
        markdown(("machine", ""), bench.machine.items()),
        markdown(HEAD, [cells(load)]),
        "As demanded." if not wrong else "Missed: " + "; ".join(wrong) + ".",
    ]
    page.write_text("\n\n".join(part.strip() for part in parts) + "\n")
    return page


def cells(load: Load) -> tuple[str, ...]:
    """The one row of the table."""
    return (
        f"{len(load.visits):,}",
        f"{len(load.visits) / load.seconds:.0f}",
        *(f"{load.percentile(percent):.2f}" for percent in (50, 95, 99)),
        str(len(load.failed)),
        str(len(load.dropped)),
    )
