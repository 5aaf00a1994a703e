"""What a task costs a person: taps, letters and seconds, on a phone in a real browser.

Waiting is measured. What a hand and a head take on top is reckoned with the times of
the keystroke-level model (Card, Moran and Newell 1980): the same on every machine.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

LOOK = 1.35  # seconds to take a new page in
TAP = 1.2  # to point, and press
LETTER = 0.28
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks" / "effort.md"
COMMAND = "RECIPROCAL_EFFORT=1 python3 dev.py test tests/journeys/test_effort.py"


@dataclass
class Hand:
    """Somebody's thumb on a page, which counts what it does."""

    page: object
    taps: int = 0
    letters: int = 0
    looks: int = 0
    waited: float = field(default=0.0)

    def open(self, address):
        """Come to a page from outside: from a mail, or from the icon of the site."""
        with self.waiting():
            self.page.goto(address)

    def tap(self, target, leads_to=""):
        """Touch a control; `leads_to` are words of the page that comes then."""
        self.taps += 1
        with self.waiting() if leads_to else self.at_once():
            target.tap()
            if leads_to:
                self.page.get_by_text(leads_to).first.wait_for()

    def choose(self, words):
        """Touch one of a few answers."""
        self.tap(self.page.get_by_text(words, exact=True).first)

    def press(self, name, leads_to):
        """Touch a button that brings another page."""
        self.tap(self.page.get_by_role("button", name=name).first, leads_to)

    def follow(self, name, leads_to):
        """Touch a link."""
        self.tap(self.page.get_by_role("link", name=name).first, leads_to)

    def write(self, label, text, letters=None):
        """Touch a field and fill it in; a day or a time is three taps on its wheels."""
        self.taps += 1
        self.letters += len(text) if letters is None else letters
        self.page.get_by_label(label).first.fill(text)

    def turn(self, label, value):
        """Set a day or a time with the phone's own wheels."""
        self.write(label, value, letters=0)
        self.taps += 2

    @contextmanager
    def waiting(self):
        """A page comes: its time is measured, and somebody has to look at it."""
        began = monotonic()
        yield
        self.waited += monotonic() - began
        self.looks += 1

    @contextmanager
    def at_once(self):
        yield

    @property
    def seconds(self) -> float:
        own = self.looks * LOOK + self.taps * TAP + self.letters * LETTER
        return self.waited + own


def written(rows) -> str:
    """The page of the benchmark: `rows` are (task, most taps, its hand)."""
    table = "\n".join(
        f"| {name} | {hand.taps} | {most} | {hand.letters or '–'} | {hand.waited:.1f} "
        f"| {hand.seconds:.0f} |"
        for name, most, hand in rows
    )
    return f"""# Effort, measured

Written by `{COMMAND}`: a real
Chromium, 390 pixels wide, on a fresh pair. The test fails when a task takes more taps
than allowed, whether or not this page is written.

*Taps* count from the first page, which a link in a mail or the site's icon opened:
every touch of a control, three for the wheels of a day or a time. *Waiting* is measured
on the machine that ran it. *Seconds* add what a hand and a head take by the
keystroke-level model (Card, Moran and Newell 1980): {LOOK} to take a page in, {TAP} for
a tap, {LETTER} for a letter. No person was timed; whoever thinks longer needs longer.

| task | taps | at most | letters | waiting, s | seconds |
|---|---|---|---|---|---|
{table}
"""
