"""The report on paper: the same rows as on the page, in the same words."""

from django.utils.translation import gettext as _

from mentorship.ui.pdf import Paper
from mentorship.ui.templatetags.ui import day_words

from .report import Row
from .stories import Told
from .themes import Told as Theme
from .wording import BREAKDOWN_NAMES


def report_paper(program, period, rows: list[Row], picture: dict, language) -> Paper:
    """A published period as a paper: first the words, then every figure by
    breakdown."""
    paper = Paper(title=program.name, language=language)
    days = {"first": day_words(period.starts_on), "last": day_words(period.ends_on)}
    paper.aside(_("For the steering group · %(first)s to %(last)s") % days)
    paper.headline(program.name)
    for words in filter(None, [period.narrative, *picture["sentences"]]):
        paper.say(words)
    for breakdown, title in BREAKDOWN_NAMES.items():
        told = [row for row in rows if row.breakdown == breakdown and not row.about]
        if told:
            paper.heading(title)
            say_rows(paper, told)
    say_weeks(paper, [row for row in rows if row.week])
    say_years(paper, [row for row in rows if row.year])
    say_themes(paper, picture["themes"])
    say_stories(paper, picture["wins"], picture["stories"])
    say_targets(paper, picture["targets"])
    paper.heading(_("How this report protects people"))
    paper.say(
        _(
            "Counts are told in ranges, and nothing about fewer than %(n)s pairs. A "
            "period is worked out once and never again. Please do not try to identify "
            "people."
        )
        % {"n": period.minimum},
        size=10,
    )
    return paper


def say_rows(paper: Paper, rows: list[Row]) -> None:
    """One figure below the other; of a breakdown, group by group."""
    part = None
    for row in rows:
        if not row.is_whole and row.part != part:
            part = row.part
        name = row.label if row.is_whole else f"{part} · {row.label}"
        paper.item(f"{name}: {row.words}", row.group)


def say_weeks(paper: Paper, rows: list[Row]) -> None:
    """One week below the other."""
    if rows:
        paper.heading(_("Pairs that met, each week"))
    for row in rows:
        paper.say(f"{day_words(row.week)}: {told_in(row)}", size=10, after=0.5)


def say_years(paper: Paper, rows: list[Row]) -> None:
    """What is about a whole year instead of the period, with what it means."""
    if rows:
        paper.heading(_("Are concerns answered?"))
    for row in rows:
        paper.item(f"{row.label}: {row.words}", row.group)
        paper.say(row.how, size=10)


def say_themes(paper: Paper, themes: list[Theme]) -> None:
    """What people learned, and how many stand behind each of it."""
    if not themes:
        return
    paper.heading(_("What people learned, in a coordinator’s words"))
    for theme in themes:
        paper.item(theme.text, "")
    words = _("Each draws on lessons of at least %(n)s pairs, who shared them.")
    paper.say(words % {"n": themes[0].fewest}, size=10)


def say_stories(paper: Paper, wins: list[Told], stories: list[Told]) -> None:
    """What pairs told with consent, and the measures beside it."""
    if wins:
        paper.heading(_("Where it touched the work"))
        for one in wins:
            paper.item(f"{one.story.title}: {one.story.words}", one.told)
            for words in filter(None, [one.numbers, one.source]):
                paper.say(words, size=10, after=0.5)
    if stories:
        paper.heading(_("In their own words"))
        for one in stories:
            paper.item(f"“{one.story.words}”", one.by)
            if one.story.url:
                paper.say(one.story.url, size=10)


def say_targets(paper: Paper, targets: list[tuple]) -> None:
    """What the charter aims at, and what was reached of it."""
    if not targets:
        return
    paper.heading(_("What the program set out to do"))
    for outcome, row in targets:
        target = _("Target: %(target)s") % {"target": outcome.target}
        reached = told_in(row) if row else ""
        paper.item(outcome.statement, ". ".join(filter(None, [target, reached])))


def told_in(row: Row) -> str:
    """A row's words with who stands behind them."""
    return ", ".join(filter(None, [row.words, row.group]))
