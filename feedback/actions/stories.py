"""Stories: told by one, agreed to by both, offered, and taken back at any time.

draft → asked → offered → published, and back to the teller alone when somebody would
rather not. A consent is for one exact wording, audience and last day; whatever changes
one of them asks again. Audit entries say that, never what.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from feedback import notices
from feedback.models import Consent, Story, StoryWords
from feedback.signals import story_ended
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import SealKey, User, audit
from mentorship.charter.models import Role
from mentorship.outbox.models import Notice
from pairing.models import Pair

State = Story.State


class NotYourStory(Exception):
    """Somebody else tells it, or is asked."""


class NobodyToAsk(Exception):
    """The other of the pair has no account any more, and so cannot agree."""


class StoryHasMoved(Exception):
    """Its words or its state changed meanwhile."""


class StoryIsOver(Exception):
    """Its last day has passed; the teller chooses another."""


# ------------------------------------------------------------------------- telling
@transaction.atomic
def tell_story(
    pair: Pair, *, by, at: datetime, form_id: UUID, words: dict, **terms
) -> Story:
    """Keep what one of the two tells, for them alone; sent twice, it is there once.
    `terms` are kind, audience, with_function and expires_on. Raises NotYourStory or
    NobodyToAsk."""
    other = pair.partner_of(by)
    if other is None:
        raise NotYourStory
    if other.user is None:
        raise NobodyToAsk
    story, new = Story.objects.get_or_create(
        teller=by,
        form_id=form_id,
        defaults={
            "program_id": pair.cohort.program_id,
            "pair": pair,
            "told_at": at,
            **terms,
        },
    )
    if new:
        with acting_as(by):
            StoryWords.objects.create(story=story, **words)
    return story


@transaction.atomic
def rewrite_story(story: Story, *, by, at: datetime, words: dict, **terms) -> Story:
    """Change it: from now on the teller alone reads it, until both agree again. Raises
    NotYourStory or StoryHasMoved."""
    story = locked(story)
    if story.teller_id != by.pk:
        raise NotYourStory
    before = story.state
    story.version += 1
    for name, value in terms.items():
        setattr(story, name, value)
    move(story, State.DRAFT)
    with acting_as(by):
        kept = StoryWords.objects.get(story=story)
        for name, value in words.items():
            setattr(kept, name, value)
        kept.save()
    if before in Story.SHARED:
        end(story, before, by=by, at=at)
    return story


@transaction.atomic
def ask_consent(story: Story, *, by, at: datetime, language: str) -> Story:
    """Agree to one's own words and ask the other. Raises NotYourStory, StoryHasMoved or
    StoryIsOver."""
    story = locked(story)
    if story.teller_id != by.pk:
        raise NotYourStory
    if not story.is_resting:
        raise StoryHasMoved
    if story.expires_on < story.program.today(at):
        raise StoryIsOver
    with acting_as(by):
        agree(story.words, by=by, at=at, language=language)
    move(story, State.ASKED)
    Notice.objects.queue(
        [notices.about_story("asked", story, story.asked.user, by=by, at=at)]
    )
    return story


# ------------------------------------------------------------------------- agreeing
@transaction.atomic
def agree_to_story(
    story: Story, *, by, at: datetime, seen: str, language: str
) -> Story:
    """Agree to the wording whose hash was `seen`, and so offer it to the coordinators.
    Raises NotYourStory or StoryHasMoved."""
    story = locked(story)
    if story.asked.user_id != by.pk:
        raise NotYourStory
    with acting_as(by):
        words = StoryWords.objects.filter(story=story).first()
        if story.state != State.ASKED or words is None:
            raise StoryHasMoved
        words.story = story
        if words.agreed_to() != seen or story.expires_on < story.program.today(at):
            raise StoryHasMoved
        agree(words, by=by, at=at, language=language)
        if not Consent.objects.is_by_both(words):
            raise StoryHasMoved
    move(story, State.OFFERED)
    told = [notices.about_story("agreed", story, story.teller, by=by, at=at)]
    told += [
        notices.about_story("offered", story, person, by=by, at=at)
        for person in coordinators_of(story)
    ]
    Notice.objects.queue(told)
    return story


def agree(words: StoryWords, *, by, at: datetime, language: str) -> None:
    """Append one person's consent to these very words; again, it is there once."""
    story = words.story
    Consent.objects.standing().get_or_create(
        story=story,
        person=by,
        text_hash=words.agreed_to(),
        withdrawn_at=None,
        defaults={
            "purpose": f"story for {story.audience}",
            "version": story.version,
            "language": language,
            "at": at,
        },
    )


@transaction.atomic
def refuse_story(story: Story, *, by, at: datetime) -> None:
    """The asked would rather not, now or later: the teller alone keeps it, and nobody
    else may read it from this moment. No reason is asked. Raises NotYourStory or
    StoryHasMoved."""
    story = locked(story)
    if story.asked.user_id != by.pk:
        raise NotYourStory
    if story.state not in Story.SHARED:
        raise StoryHasMoved
    before = story.state
    move(story, State.REFUSED)
    end(story, before, by=by, at=at)


# ----------------------------------------------------------------------- taking back
@transaction.atomic
def take_back_story(story: Story, *, by, at: datetime) -> None:
    """The teller takes it back: nobody may read it from this moment, and its words are
    gone for good. Raises NotYourStory or StoryHasMoved."""
    story = locked(story)
    if story.teller_id != by.pk:
        raise NotYourStory
    forget(story, by=by, at=at)


def forget(story: Story, *, by, at: datetime) -> None:
    """Delete a story's words with the key that sealed them, in the teller's name."""
    before = story.state
    with acting_as(story.teller):
        StoryWords.objects.filter(story=story).delete()
    SealKey.objects.filter(holder=story.pk).delete()
    move(story, State.WITHDRAWN)
    end(story, before, by=by, at=at)


@transaction.atomic
def set_story_aside(story: Story, *, by, at: datetime) -> None:
    """Coordinators do not use it: back to the teller alone. Raises StoryHasMoved."""
    story = locked(story)
    if story.state not in Story.OFFERED:
        raise StoryHasMoved
    before = story.state
    move(story, State.SET_ASIDE)
    audit("set a story aside", story, by=by, program_id=story.program_id)
    end(story, before, by=by, at=at)


@transaction.atomic
def leave_stories(user, program, *, at: datetime, by) -> int:
    """Whoever leaves a program or is erased takes along what they told in it, and their
    consent to what others told; returns how many stories."""
    theirs = Q(teller=user) | Q(pair__in=Pair.objects.of(user), state__in=Story.SHARED)
    stories = list(held().filter(theirs, program=program).order_by("pk"))
    for story in stories:
        if story.teller_id == user.pk:
            forget(story, by=by, at=at)
        else:
            before = story.state
            move(story, State.REFUSED)
            end(story, before, by=user, at=at)
    return len(stories)


def expire_stories(now: datetime) -> int:
    """End every story whose last day has passed in its program's zone; returns how
    many. Whoever shows them has stopped by themselves."""
    ended = 0
    for found in Story.objects.filter(state__in=Story.SHARED).select_related("program"):
        if found.expires_on < found.program.today(now):
            ended += expire(found)
    return ended


@transaction.atomic
def expire(story: Story) -> bool:
    """End one whose last day has passed; False when somebody else did."""
    shared = held().filter(pk=story.pk, state__in=Story.SHARED).first()
    if shared is None:
        return False
    move(shared, State.EXPIRED)
    story_ended.send(Story, story=shared)
    return True


# --------------------------------------------------------------------------- inside
def held():
    """Stories that nobody has taken back, each held until the transaction ends."""
    stories = Story.objects.select_for_update(of=("self",)).with_people()
    return stories.exclude(state=State.WITHDRAWN)


def locked(story: Story) -> Story:
    """The story as it is now, held until the transaction ends. Raises StoryHasMoved
    once it is taken back."""
    found = held().filter(pk=story.pk).first()
    if found is None:
        raise StoryHasMoved
    return found


def move(story: Story, state: str) -> None:
    """Bring a locked story to a state, with whatever else changed in it."""
    story.state = state
    story.save()


def end(story: Story, before: str, *, by, at: datetime) -> None:
    """Nobody but the teller reads it any more: take it down wherever it is shown, take
    back the consent of whoever ends it, and tell the others that knew of it."""
    if before in Story.OFFERED:
        story_ended.send(Story, story=story)
    given = Consent.objects.standing().filter(story=story, person=by)
    given.update(withdrawn_at=at)
    Notice.objects.about(story).cancel()
    if before == State.PUBLISHED:
        audit("took a story down", story, by=by, program_id=story.program_id)
    told = {story.teller, story.asked.user} if before in Story.SHARED else set()
    if before in Story.OFFERED:
        told |= set(coordinators_of(story))
    told -= {by, None}
    Notice.objects.queue(
        [notices.about_story("ended", story, one, by=by, at=at) for one in told]
    )


def coordinators_of(story: Story):
    """Who coordinates its program."""
    return User.objects.filter(
        roles__program=story.program_id,
        roles__kind=Role.Kind.COORDINATOR,
        is_active=True,
    ).distinct()
