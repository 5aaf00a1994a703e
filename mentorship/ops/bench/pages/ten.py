"""The ten pages that are opened most, each with who opens it."""

from dataclasses import dataclass

from django.urls import reverse

from mentorship.ops.bench.seed import Reader


@dataclass(frozen=True)
class Page:
    """An address; `about` says which of the reader's things it names. `most` is what it
    may cost, in empty pages."""

    title: str
    role: str
    name: str
    about: str = ""
    most: float = 10

    def address(self, reader: Reader) -> str:
        about = [getattr(reader, self.about)] if self.about else []
        return reverse(self.name, args=about)


TEN = [
    Page("A mentee's first page", "mentee", "home:me"),
    Page("A pair", "mentee", "pairing:pair", "pair"),
    Page("Logging a session", "mentee", "home:log", "pair"),
    Page("A coordinator's today", "coordinator", "home:cohort", "cohort"),
    Page("People, 25 rows", "coordinator", "participants:people", "cohort", most=14),
    Page("Pairs of a cohort", "coordinator", "pairing:pairs", "cohort"),
    Page("Stages of a cohort", "coordinator", "charter:cohort", "cohort"),
    Page("Delivery of mail", "coordinator", "ops:delivery", "program"),
    Page("The steering report", "steering", "insights:report", "program"),
    Page("The charter", "coordinator", "charter:charter", "program"),
]
