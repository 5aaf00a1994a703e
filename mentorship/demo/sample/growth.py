"""Outcomes for both sides and the steps towards them."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from mentorship.charter.models import CoreOutcome
from milestones.actions import (
    add_evidence,
    add_measure,
    add_milestone,
    confirm_milestone,
    import_values,
    note_progress,
    reach_outcome,
    share_lesson,
    skip_lesson,
    try_milestone,
    write_lesson,
    write_outcome,
)
from milestones.models import (
    Lesson,
    MeasureValue,
    Milestone,
    Outcome,
    Progress,
    SharedLesson,
)

from .days import working_day
from .story import Story
from .talk import Talk

Kind = Milestone.Kind
How = Progress.How
MEASURES = [
    ("Work alone after a change of post", "days", "lower"),
    ("Still at Kestrel a year later", "percent", "higher"),
]
# Measure, group, days after the beginning, value, and people behind it.
VALUES = [
    ("work-alone-after-a-change-of-post", "taking part", 0, 74, 38),
    ("work-alone-after-a-change-of-post", "others", 0, 76, 412),
    ("work-alone-after-a-change-of-post", "taking part", 30, 61, 36),
    ("work-alone-after-a-change-of-post", "others", 30, 73, 405),
    ("still-at-kestrel-a-year-later", "taking part", 0, 88, 38),
    ("still-at-kestrel-a-year-later", "others", 0, 86.5, 2140),
    ("still-at-kestrel-a-year-later", "taking part", 30, 100, 7),
]


def core_outcomes(program) -> dict[str, CoreOutcome]:
    """{slug: core outcome} of the charter in force."""
    found = CoreOutcome.objects.filter(charter__program=program)
    return {each.slug: each for each in found.filter(charter__state="in force")}


def set_out(talk: Talk, cores: dict[str, CoreOutcome], end: date) -> None:
    """Write an outcome for each side and the road to both."""
    start = talk.pair.started_on
    outcomes = {}
    for side, texts in (("mentor", talk.mentor_texts), ("mentee", talk.mentee_texts)):
        title, observable, measure, baseline, target = map(
            talk.fill, talk.outcome(side)
        )
        outcomes[side] = write_outcome(
            talk.pair,
            by=getattr(talk.pair, side).user,
            at=talk.story.at(start + timedelta(days=9), 17),
            side=side,
            core_outcome=cores[texts["core"]],
            title=title,
            observable=observable,
            measure=measure,
            baseline=baseline,
            target=target,
            due_on=end - timedelta(days=7),
        )
    at = talk.story.at(start + timedelta(days=9), 17, 30)
    for title, kind, side, due_on in road(talk, end):
        outcome = outcomes.get(side)
        add_milestone(
            talk.pair, at=at, title=title, kind=kind, outcome=outcome, due_on=due_on
        )
    tie(talk)


def tie(talk: Talk) -> None:
    """Some pairs name the figure that the mentee's work may move."""
    if talk.dice("tie").random() < 0.4:
        figure = talk.pair.cohort.program.measures.filter(better="lower").first()
        work = talk.pair.milestones.filter(kind=Kind.WORK, outcome__side="mentee")
        work.update(measure=figure)


def road(talk: Talk, end: date) -> Iterator[tuple[str, str, str, date]]:
    """Title, kind, whose outcome it serves, and day, from the first to the last."""
    start, dice = talk.pair.started_on, talk.dice("road")
    whole = (end - start).days

    def after(share: float) -> date:
        days = round(whole * share) + dice.randint(-3, 3)
        return working_day(start + timedelta(days=days))

    mentee = [(talk.fill(text), kind) for text, kind in talk.mentee_texts["milestones"]]
    mentor = [(talk.fill(text), kind) for text, kind in talk.mentor_texts["milestones"]]
    yield "Agree how we work together", Kind.REFLECTION, "", after(0.08)
    yield *mentee[0], "mentee", after(0.2)
    yield *mentor[0], "mentor", after(0.33)
    yield *mentee[1], "mentee", after(0.42)
    yield *mentor[1], "mentor", after(0.58)
    yield "Midpoint: what should change?", Kind.REFLECTION, "", after(0.65)
    yield *mentee[2], "mentee", after(0.8)
    yield "What each of us takes along", Kind.REFLECTION, "", end


def move_along(talk: Talk, until: date, late: str = "") -> None:
    """Both confirm what was due before `until`, or say that it was tried; the step
    called `late` is still open."""
    due = talk.pair.milestones.filter(due_on__lt=until).exclude(title=late)
    for step in due:
        step.pair = talk.pair
        dice = talk.dice("step", step.title)
        day = step.due_on - timedelta(days=dice.randint(0, 6))
        at = talk.story.at(day, dice.randint(9, 18))
        if step.outcome_id and dice.random() < 0.12:
            try_milestone(step, at=at)
            continue
        for place in talk.pair.members:
            confirm_milestone(step, by=place.user, at=at)


def learn(talk: Talk, shares: bool = False) -> None:
    """One of the two wrote what the last finished step taught, and perhaps gave it to
    everyone; what was asked before is answered as nothing to add."""
    asked = Lesson.objects.asked().filter(milestone__pair=talk.pair)
    asked = asked.select_related("author", "milestone").order_by("-asked_at")
    dice = talk.dice("learn")
    lessons, given = talk.story.words["lessons"], given_to_all()
    own = [each for each in lessons if each[1] not in given]
    text, for_all, themes = dice.choice(own or lessons)
    for number, lesson in enumerate(asked):
        lesson.milestone.pair = talk.pair
        by = getattr(talk.pair, talk.pair.side_of(lesson.author.user)).user
        at = lesson.asked_at + timedelta(hours=dice.randint(1, 20))
        if number:
            skip_lesson(lesson, by=by, at=at)
            continue
        write_lesson(lesson, by=by, at=at, text=text)
        if shares and for_all not in given:
            share_lesson(lesson, by=by, at=at, text=for_all, themes=themes)


def given_to_all() -> set[str]:
    """Lessons that everyone may read: nobody gives one again in the same words."""
    return set(SharedLesson.objects.values_list("text", flat=True))


def show(talk: Talk) -> None:
    """What the pair of the demo keeps about its work."""
    step = talk.pair.milestones.done().exclude(outcome=None).first()
    outcome = talk.pair.outcomes.filter(side="mentee").latest("created_at")
    step.pair = outcome.pair = talk.pair
    mentor, mentee = talk.pair.mentor.user, talk.pair.mentee.user
    at = talk.story.at(talk.story.today - timedelta(days=16), 18)
    form_id = uuid5(NAMESPACE_URL, "evidence")
    words = "My notes of the review, with the two points I opened."
    url = "https://wiki.kestrel.example/reviews/notes"
    add_evidence(step, by=mentee, at=at, form_id=form_id, words=words, url=url)
    note_progress(
        outcome,
        by=mentee,
        at=at,
        how=How.ON_THE_WAY,
        words="One point, and my voice held.",
    )
    later = at + timedelta(days=2)
    note_progress(
        outcome,
        by=mentor,
        at=later,
        how=How.ON_THE_WAY,
        words="I heard you before the chair asked.",
    )


def measure(story: Story, program, cohort, first: date, shift: int = 0) -> None:
    """Two figures of Kestrel: at the beginning and half a year later, beside others;
    one of them with too few people behind it."""
    by = story.coordinator
    measures = {m.slug: m for m in program.measures.all()}
    if not measures:
        for name, unit, better in MEASURES:
            made = add_measure(program, by=by, name=name, unit=unit, better=better)
            measures[made.slug] = made
    group, values = MeasureValue.Group, []
    for slug, whose, days, value, people in VALUES:
        on = first + timedelta(days=days)
        if on < story.today:
            one = MeasureValue(
                measure=measures[slug],
                cohort=cohort,
                group=group(whose),
                on=on,
                value=value + shift,
                people=people,
            )
            values.append(one)
    import_values(program, values, by=by, at=story.moment)


def arrive(talk: Talk, day: date) -> None:
    """At the end most outcomes have come true."""
    for outcome in talk.pair.outcomes.filter(state=Outcome.State.AGREED):
        outcome.pair = talk.pair
        if talk.dice("arrive", outcome.side).random() < 0.75:
            at = talk.story.at(day, 16)
            reach_outcome(outcome, at=at, version=outcome.version)
