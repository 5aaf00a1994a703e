"""What `manage.py bench pages`, `night` and `load` do: measure, tell, write, judge."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from mentorship.demo.management.commands.demo import collect_static

from .load import page as load_page
from .load.bench import LoadBench
from .night import page as night_page
from .night.bench import NightBench
from .pages import page as pages_page
from .pages.bench import PagesBench, missed
from .pairing.machine import machine
from .seed import Shape


@dataclass(frozen=True)
class Sized:
    """A bench on invented organizations of a size, told with `say`; `write` puts its
    page into docs/benchmarks. Raises CommandError where a demand is missed."""

    shape: Shape
    command: str
    say: Callable[[str], object]
    write: bool = False
    keep: bool = False

    @property
    def folder(self) -> Path:
        return settings.BASE_DIR / "docs" / "benchmarks"

    def pages(self, times: int) -> None:
        collect_static()
        bench = PagesBench(self.shape, times=times, keep=self.keep, say=self.say)
        figures = bench.run()
        for figure in figures:
            told = f"{figure.cost.whole:6.1f} ms, {figure.ratio:5.1f} empty pages"
            self.say(f"{figure.page.title:26} {told}, growth {figure.growth:.2f}")
        if self.write:
            pages_page.write(bench, figures, self.command, self.folder)
        self.judge(missed(figures))

    def night(self, scales: tuple[float, ...]) -> None:
        named = machine()
        nights = list(NightBench(self.shape, scales=scales, say=self.say).run())
        if self.write:
            night_page.write(nights, named, self.command, self.folder)

    def load(self, people: int, seconds: float) -> None:
        collect_static()
        bench = LoadBench(
            self.shape, people=people, seconds=seconds, keep=self.keep, say=self.say
        )
        load = bench.run()
        self.say(", ".join(f"{head}: {cell}" for head, cell in self.told(load)))
        if self.write:
            load_page.write(bench, load, self.command, self.folder)
        self.judge(load.broken)

    def told(self, load):
        return zip(load_page.HEAD, load_page.cells(load), strict=True)

    def judge(self, wrong: list[str]) -> None:
        if wrong:
            raise CommandError("Missed:\n" + "\n".join(f"- {words}" for words in wrong))
