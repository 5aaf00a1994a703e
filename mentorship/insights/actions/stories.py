"""Publishing a story that both agreed to, and taking it down at once.

A row of `published.story` stands only while the story does: whatever ends the story
deletes the row before it returns, with the story locked, so that publishing and ending
cannot pass each other. A night after a crash deletes what no story stands behind.
"""

from collections import defaultdict
from datetime import datetime

from django.db import connections, transaction

from feedback.actions import StoryHasMoved
from feedback.actions.stories import locked, move
from feedback.models import Consent, Story, StoryWords
from feedback.notices import about_story
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import audit
from mentorship.insights.metrics.of_period import PUBLISHER
from mentorship.insights.models import PublishedStory
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant
from milestones.models import BusinessMeasure, MeasureValue
from milestones.models.measure import FEWEST_PEOPLE

# A function that fewer share would point at the teller.
FEWEST_OF_A_FUNCTION = 10
# Rows of stories whose publishing broke off half-way; not those being published now.
LEFT_OVER = """
    delete from published.story told where shared_on < %(today)s::date - 1
    and (expires_on < %(today)s::date - 1 or not exists (
        select from feedback_story s where s.id = told.id and s.state = 'published'))
"""


@transaction.atomic
def publish_story(
    story: Story,
    *,
    by,
    at: datetime,
    measure: str = "",
    source: str = "",
) -> None:
    """Show an offered story as both agreed to it, a win with a measure's numbers beside
    it (`measure` is a key of `comparable`). Raises StoryHasMoved where one of them does
    not agree any more."""
    story = locked(story)
    if story.state != Story.State.OFFERED:
        raise StoryHasMoved
    if story.expires_on < story.program.today(at):
        raise StoryHasMoved
    with acting_as(by):
        words = StoryWords.objects.get(story=story)
        words.story = story
        if not Consent.objects.is_by_both(words):
            raise StoryHasMoved
        shown = shown_row(story, words, at)
    if measure and story.kind == Story.Kind.WIN:
        set_beside(shown, measure, source)
    move(story, Story.State.PUBLISHED)
    audit("published a story", story, by=by, program_id=story.program_id)
    people = [place.user for place in story.pair.members if place.user]
    Notice.objects.queue(
        [about_story("published", story, one, by=by, at=at) for one in people]
    )
    with transaction.atomic(using=PUBLISHER):
        take_down(story)  # what an earlier try that broke off has left
        shown.save(using=PUBLISHER, force_insert=True)


def shown_row(story: Story, words: StoryWords, at: datetime) -> PublishedStory:
    """The row to insert, unsaved: what was agreed to, and no name."""
    return PublishedStory(
        id=story.pk,
        program_id=story.program_id,
        kind=story.kind,
        side=story.side,
        title=words.title,
        words=words.text,
        url=words.url,
        function=function_of(story),
        audience=story.audience,
        shared_on=story.program.today(at),
        expires_on=story.expires_on,
    )


def function_of(story: Story) -> str:
    """The teller's function if they want it told and ten people of their side of the
    program share it; else nothing."""
    function = story.place.function
    if not (story.with_function and function):
        return ""
    alike = Participant.objects.taking_part().filter(
        cohort__program=story.program_id,
        function=function,
        **{f"is_{story.side}": True},
    )
    people = alike.values("user").distinct().count()
    return function if people >= FEWEST_OF_A_FUNCTION else ""


def take_down(story: Story) -> None:
    """Delete what is shown of a story, now: the next page finds nothing."""
    PublishedStory.objects.using(PUBLISHER).filter(pk=story.pk).delete()


def take_down_left_over(now: datetime) -> int:
    """Delete rows whose time has passed everywhere, or that no story stands behind;
    returns how many."""
    with connections[PUBLISHER].cursor() as cursor:
        cursor.execute(LEFT_OVER, {"today": now.date()})
        return cursor.rowcount


# ------------------------------------------------------------------------- measures
def comparable(program) -> dict[str, tuple[BusinessMeasure, dict]]:
    """{key: (measure, what stands of it beside a win)} of the program's measures with
    two days' values of people taking part, ten or more each; one query."""
    shown = MeasureValue.objects.filter(
        measure__program=program, people__gte=FEWEST_PEOPLE
    )
    by_measure = defaultdict(list)
    for value in shown.select_related("measure", "cohort"):
        by_measure[value.measure].append(value)
    found = {str(one.pk): (one, numbers_of(v)) for one, v in by_measure.items()}
    return {key: (one, numbers) for key, (one, numbers) in found.items() if numbers}


def numbers_of(values: list[MeasureValue]) -> dict:
    """First and latest value of people taking part in the newest cohort that has both,
    and the latest of comparable others there; empty without both."""
    grouped = defaultdict(list)
    for value in sorted(values, key=lambda value: value.on):
        grouped[value.cohort, value.group].append(value)
    taking_part = {
        cohort: rows
        for (cohort, group), rows in grouped.items()
        if group == MeasureValue.Group.TAKING_PART and len(rows) > 1
    }
    if not taking_part:
        return {}
    cohort = max(taking_part, key=lambda cohort: cohort.created_at)
    others = grouped[cohort, MeasureValue.Group.OTHERS]
    numbers = ends("before", taking_part[cohort][0])
    numbers |= ends("now", taking_part[cohort][-1])
    return numbers | (ends("others", others[-1]) if others else {})


def ends(name: str, value: MeasureValue) -> dict:
    """A value with its day and its number of people, under one name."""
    return {
        f"{name}_value": value.value,
        f"{name}_people": value.people,
        f"{name}_on": value.on,
    }


def set_beside(shown: PublishedStory, key: str, source: str) -> None:
    """Copy a measure's numbers and where they come from onto a win. Raises
    StoryHasMoved when its numbers have gone meanwhile."""
    measure, numbers = comparable(shown.program_id).get(key, (None, {}))
    if measure is None:
        raise StoryHasMoved
    shown.measure, shown.unit, shown.source = measure.name, measure.unit, source
    for name, value in numbers.items():
        setattr(shown, name, value)
