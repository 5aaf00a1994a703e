"""What the ten pages cost on an organization of 100,000 people, against an empty page
and against the same pages on a hundredth of the data."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from mentorship.ops.bench.pairing.machine import machine
from mentorship.ops.bench.seed import Readers, Shape, fill, scratch
from mentorship.ops.bench.seed.readers import publish_for, seal_words
from mentorship.ops.bench.seed.scratch import Database, using

from .ten import TEN, Page
from .visits import SIGNED_IN, SITE, Cost, Visitor

ROUNDS = 3  # on one database, then on the other
BARE = Page("Signed in, Django alone", "mentee", "bench_empty")
EMPTY = Page("Empty, signed in", "mentee", "bench_empty")
MOST_BEFORE = 2  # times BARE that the whole middleware may cost
MOST_GROWTH = 1.3


@dataclass(frozen=True)
class Figure:
    """A page's medians on the large database and on the small one."""

    page: Page
    cost: Cost
    small: Cost
    empty: float

    @property
    def ratio(self) -> float:
        """What it costs, in empty pages."""
        return self.cost.whole / self.empty

    @property
    def growth(self) -> float:
        """What it costs on the large database against the small one."""
        return self.cost.whole / self.small.whole

    @property
    def missed(self) -> list[str]:
        """Every demand that is not met, in words."""
        wrong = []
        if self.ratio > self.page.most:
            wrong.append(f"{self.ratio:.1f} empty pages, not {self.page.most:g}")
        if self.growth > MOST_GROWTH:
            wrong.append(f"grows {self.growth:.2f} times, not {MOST_GROWTH:g}")
        return wrong


class PagesBench:
    """Fills two databases, opens the pages `times` in turn on each, and drops both;
    for so many `readers` of each role, spread over all cohorts."""

    def __init__(
        self,
        shape: Shape | None = None,
        *,
        times: int = 60,
        pages: Sequence[Page] = TEN,
        readers: int = 5,
        keep: bool = False,
        server=None,
        template: str = "",
        say: Callable[[str], object] = print,
    ):
        self.large = shape or Shape()
        self.small = self.large.scaled(0.01)
        self.times, self.keep, self.say = times, keep, say
        self.pages, self.readers = [BARE, EMPTY, *pages], readers
        self.server, self.template = server, template
        self.machine = machine()

    def run(self) -> list[Figure]:
        """The figures of the empty page and of the ten, with what Django alone takes
        as the first."""
        with ExitStack() as stack, SITE:
            houses = [
                stack.enter_context(self.house(name, shape))
                for name, shape in (("small", self.small), ("large", self.large))
            ]
            for turn in range(ROUNDS * len(houses)):
                houses[turn % len(houses)].measure(self.times // ROUNDS)
            small, large = (house.medians() for house in houses)
        empty = large[EMPTY].whole
        return [Figure(page, large[page], small[page], empty) for page in self.pages]

    @contextmanager
    def house(self, name: str, shape: Shape) -> Iterator["House"]:
        """A filled database."""
        place = {"server": self.server, "template": self.template, "keep": self.keep}
        name = f"pages_{shape.people}" if self.keep else f"pages_{name}"
        with scratch(name, **place) as database:
            if database.is_new:
                fill(shape, say=self.say)
            yield House(database, shape, self.pages, self.readers)


class House:
    """One database with its readers, and what each page has cost there so far."""

    def __init__(
        self, database: Database, shape: Shape, pages: list[Page], readers: int
    ):
        self.place = {"name": database.name, "HOST": database.host}
        self.pages = pages
        with using(**self.place):
            every = Readers(shape).each
            roles = {page.role for page in pages}
            self.readers = {role: list(every(role, readers)) for role in roles}
            everyone = [each for role in self.readers.values() for each in role]
            seal_words(everyone)
            publish_for(self.readers.get("steering", []))
            self.keys = {reader: reader.sign_in() for reader in everyone}
        self.costs: dict[Page, list[Cost]] = defaultdict(list)

    def measure(self, times: int) -> None:
        """Open every page for every reader once, then `times` in turn with a clock."""
        with using(**self.place):
            visits = [(page, self.visitors(page)) for page in self.pages]
            for _page, visitors in visits:
                for visitor, address in visitors:
                    visitor.open(address)
            for turn in range(times):
                for page, visitors in visits:
                    visitor, address = visitors[turn % len(visitors)]
                    self.costs[page].append(visitor.cost(address))

    def visitors(self, page: Page) -> list[tuple[Visitor, str]]:
        """Each reader of a page, signed in, with their address."""
        middleware = SIGNED_IN if page is BARE else None
        return [
            (Visitor(self.keys[reader], middleware), page.address(reader))
            for reader in self.readers[page.role]
        ]

    def medians(self) -> dict[Page, Cost]:
        return {page: median(costs) for page, costs in self.costs.items()}


def median(costs: list[Cost]) -> Cost:
    """The cost in the middle, by Python and Postgres together; its own parts."""
    ordered = sorted(costs, key=lambda cost: cost.whole)
    return ordered[len(ordered) // 2]


def missed(figures: list[Figure]) -> list[str]:
    """What is not as demanded, page by page; nothing when all is well."""
    bare, empty, *pages = figures
    wrong = [
        f"{figure.page.title}: {words}" for figure in pages for words in figure.missed
    ]
    before = empty.cost.whole / bare.cost.whole
    if before > MOST_BEFORE:
        wrong.append(
            f"{EMPTY.title}: {before:.1f} times Django alone, not {MOST_BEFORE}"
        )
    if empty.growth > MOST_GROWTH:
        wrong.append(f"{EMPTY.title}: grows {empty.growth:.2f} times")
    return wrong
