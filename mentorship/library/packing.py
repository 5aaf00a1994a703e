"""The product's ideas as files: TOML between +++ lines, then Markdown.

A file's place says its language and slug: pack/<language>/<slug>.md.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PACK = Path(__file__).parent / "pack"
FENCE = "+++\n"


@dataclass(frozen=True)
class Packed:
    """One file: what kind of idea it is, and its words in one language."""

    slug: str
    language: str
    kind: str
    side: str
    title: str
    summary: str
    body: str
    stages: list[str] = field(default_factory=list)
    outcome_kinds: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    review_on: date | None = None
    steps: list[dict] = field(default_factory=list)

    @property
    def facets(self) -> dict:
        """What it is for, whatever the language."""
        names = ("kind", "side", "stages", "outcome_kinds", "topics", "review_on")
        return {name: getattr(self, name) for name in names}

    @property
    def words(self) -> dict:
        """What is read."""
        return {n: getattr(self, n) for n in ("title", "summary", "body", "steps")}


def read_file(path: Path) -> Packed:
    """A file of the pack. Raises ValueError when it has no front matter."""
    before, head, body = path.read_text(encoding="utf-8").split(FENCE, 2)
    if before:
        raise ValueError(f"{path.name} does not begin with +++")
    return Packed(
        slug=path.stem,
        language=path.parent.name,
        body=body.strip(),
        **tomllib.loads(head),
    )


def read_pack(folder: Path = PACK) -> Iterator[Packed]:
    """Every file, by slug, the languages of a slug together."""
    for path in sorted(folder.glob("*/*.md"), key=lambda path: path.stem):
        yield read_file(path)
