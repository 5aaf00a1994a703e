"""The page of faults, docs/benchmarks/faults.md."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from mentorship.ops.bench.pairing.machine import machine
from mentorship.ops.bench.pairing.page import table

from .run import Result, verdict

INTRODUCTION = """
# Faults

What was done to the site on servers of its own (PostgreSQL with fsync, Redis, a mail
server that misbehaves, gunicorn, Celery), what it owed, and what was seen. To do it all
again:

```sh
{command}
```

{summary} Measured on {day}.{smaller}
"""
IN_SHORT = " In short: with smaller numbers than the names of the faults say."
HEAD = ("", "fault", "demand", "seen", "survived", "s")


def write(results: Sequence[Result], *, command: str, folder: Path) -> Path:
    """Write the page and return where it is. `command` is what makes it anew."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "faults.md"
    page.write_text(page_of(results, command))
    return page


def page_of(results: Sequence[Result], command: str) -> str:
    """The whole page as Markdown."""
    introduction = INTRODUCTION.format(
        command=command,
        summary=summary(results),
        day=datetime.now(UTC).date().isoformat(),
        smaller=IN_SHORT if "--short" in command else "",
    )
    parts = [
        introduction,
        table(("machine", ""), machine().items()),
        table(HEAD, map(cells, results)),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def summary(results: Sequence[Result]) -> str:
    survived = sum(verdict(result.finding) == "survived" for result in results)
    return f"{survived} of {len(results)} were survived."


def cells(result: Result) -> tuple[str, ...]:
    finding = result.finding
    seen = [f"{name}: {value}" for name, value in finding.figures.items()]
    seen += [f"**{demand}**" for demand in finding.broken]
    survived = {"survived": "yes", "not survived": "**no**"}.get(verdict(finding))
    return (
        result.fault.id,
        result.fault.what,
        result.fault.demand,
        "; ".join([*seen, *filter(None, [finding.not_made])]),
        survived or "not made",
        f"{result.seconds:.0f}",
    )
