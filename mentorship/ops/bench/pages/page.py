"""The page of figures, docs/benchmarks/pages.md."""

from pathlib import Path

from mentorship.ops.bench.tables import markdown

from .bench import MOST_BEFORE, MOST_GROWTH, Figure, missed

INTRODUCTION = """
# Pages

What the ten pages that are opened most cost, in milliseconds on a processor: Python's
and those of the Postgres processes that serve it. Time on the wall would tell more of a
machine's neighbors. Every request goes through the whole middleware, for five people of
each role in turn, with connections that stay, as in a worker of the web server. Each
address was opened once before, so the figures of a published report are drawn already.

- **In empty pages**: the page against an empty one for somebody signed in, behind the
  same middleware, in the same run. At most 10; the table of 25 people at most 14.
- **Growth**: the page against itself on a hundredth of the data, in the same run, a few
  requests here and a few there. At most {growth:g}. A count of statements does not see
  what a statement reads; this does.
- The empty page itself may cost at most {before:g} times what Django's own session and
  sign-in take, and not grow: else a costly middleware would hide in what it is
  measured against.

Data: {large}; a hundredth: {small}.

Measured with `{command}`, medians of {times} requests.
"""
HEAD = (
    *("Page", "Python", "Postgres", "Together", "On a hundredth"),
    *("In empty pages", "Growth", "As demanded"),
)


def write(bench, figures: list[Figure], command: str, folder: Path) -> Path:
    """Write the page of what `bench` has measured."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "pages.md"
    words = {
        "large": bench.large,
        "small": bench.small,
        "times": bench.times,
        "growth": MOST_GROWTH,
        "before": MOST_BEFORE,
    }
    wrong = missed(figures)
    parts = [
        INTRODUCTION.format(command=command, **words),
        markdown(("machine", ""), bench.machine.items()),
        markdown(HEAD, map(cells, figures)),
        "\n".join(["Missed:", "", *(f"- {words}" for words in wrong)]) if wrong else "",
    ]
    page.write_text("\n\n".join(filter(None, map(str.strip, parts))) + "\n")
    return page


def cells(figure: Figure) -> tuple[str, ...]:
    """A row of the table."""
    return (
        figure.page.title,
        f"{figure.cost.python:.1f}",
        f"{figure.cost.postgres:.1f}",
        f"{figure.cost.whole:.1f}",
        f"{figure.small.whole:.1f}",
        f"{figure.ratio:.1f}",
        f"{figure.growth:.2f}",
        "no" if figure.missed else "yes",
    )
