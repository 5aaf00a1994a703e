"""A row in every private table, all written by one person of a pair.

A new table marked confidential fails `write_everything` until it has its row here.
"""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from feedback import models as feedback
from mentorship.accounts.acting import acting_as
from mentorship.participants.models import (
    Pause,
    PauseReason,
    SelfDeclared,
    TrainingAnswer,
)
from milestones import models as milestones
from pairing import models as pairing
from tests import factories as make


def private_models() -> list:
    return [model for model in apps.get_models() if hasattr(model, "confidential")]


def write_everything(pair, by, word, owner, own="") -> dict:
    """{model: row} with `word` in every text, or `own` where the partner does not read
    it; `owner` is told of the concern."""
    place, own = pair.place_of(by), own or word
    rows = [
        *of_the_pair(pair, place, word),
        *of_the_workspace(pair, place, word),
        pairing.NotebookEntry(author=by, body=own),
        *of_milestones(pair, place, word),
        *of_feedback(pair, place, word),
        *of_growth(pair, place, by, own),
        *of_a_concern(pair, by, own, owner),
        of_a_story(pair, by, own),
        *of_a_say(pair, place, by, own),
    ]
    with acting_as(by):
        for row in rows:
            row.save(force_insert=True)
    written = {type(row): row for row in rows}
    assert written.keys() == set(private_models())
    return written


def of_the_pair(pair, place, word):
    session = make.SessionFactory(pair=pair, logged_by=place)
    agreement = pairing.Agreement.objects.create(
        pair=pair, number=9, rhythm_days=14, minutes=45, books="turns", written_by=place
    )
    item = milestones.ActionItem.objects.create(
        pair=pair, owner=place, for_side="mentee"
    )
    useful = {"useful_to_mentor": word, "useful_to_mentee": word}
    settled = dict.fromkeys(("goals", "confidentiality", "boundaries", "ending"), word)
    return [
        pairing.SessionWords(
            session=session, pair=pair, topics=[word], place=word, **useful
        ),
        pairing.AgreementWords(agreement=agreement, pair=pair, **settled),
        milestones.ActionWords(item=item, pair=pair, text=word),
    ]


def of_the_workspace(pair, place, word):
    here = {"pair": pair, "author": place}
    return [
        pairing.Note(body=word, **here),
        pairing.Link(url=f"https://{word}.example", title=word, **here),
        pairing.File(name=f"{word}.txt", kind="txt", size=1, stored="0" * 32, **here),
    ]


def of_milestones(pair, place, word):
    outcome, step = make.OutcomeFactory(pair=pair), make.MilestoneFactory(pair=pair)
    lesson = milestones.Lesson.objects.create(milestone=step, author=place)
    here = {"pair": pair, "author": place}
    return [
        milestones.Progress(outcome=outcome, how="not yet", words=word, **here),
        milestones.Evidence(milestone=step, words=word, url=word, **here),
        milestones.LessonWords(lesson=lesson, pair=pair, text=word),
    ]


def of_feedback(pair, place, word):
    partner = pair.partner_of(place.user)
    request = feedback.FeedbackRequest.objects.create(
        pair=pair,
        asker=partner,
        giver=place,
        state="given",
        answered_at=timezone.now(),
    )
    review, _new = feedback.Review.objects.get_or_create(pair=pair, kind="midpoint")
    said = dict.fromkeys(("strength", "suggestion", "next_step"), word)
    seen = dict.fromkeys(
        ("changes", "continues", "thanks_from_mentor", "thanks_from_mentee"), word
    )
    return [
        feedback.FeedbackWords(request=request, pair=pair, **said),
        feedback.ReviewWords(
            review=review, pair=pair, outcomes={"one": {"words": word}}, **seen
        ),
    ]


def of_growth(pair, place, by, word):
    reflection = make.ReflectionFactory(session__pair=pair, author=place)
    asking, _new = feedback.Asking.objects.get_or_create(
        participant=place, moment="start"
    )
    request = feedback.ObservationRequest.objects.create(
        participant=place, by="self", expires_at=timezone.now() + timedelta(7)
    )
    return [
        feedback.ReflectionWords(
            reflection=reflection, author=by, thought=word, answers={"why": word}
        ),
        feedback.Pulse(reflection=reflection, author=by, confidence=2),
        feedback.Answer(asking=asking, author=by, item="one", value=2),
        feedback.Observation(request=request, author=by, seen=1, example=word),
    ]


def of_a_concern(pair, by, word, owner):
    concern = feedback.Concern(
        program=pair.cohort.program,
        raiser=by,
        pair=pair,
        step=1,
        reply_by=timezone.now() + timedelta(2),
    )
    return [
        concern,
        feedback.ConcernOwner(concern=concern, user=owner, step=1),
        feedback.ConcernWords(concern=concern, author=by, text=word),
    ]


def of_a_story(pair, by, word):
    """A draft, which its teller alone reads."""
    story = feedback.Story.objects.create(
        program=pair.cohort.program,
        pair=pair,
        teller=by,
        kind="win",
        audience="steering",
        expires_on=timezone.localdate() + timedelta(90),
    )
    return feedback.StoryWords(story=story, title=word, text=word, url=word)


def of_a_say(pair, place, by, word):
    question = pair.pilot_questions.create(participant=place, number=9)
    asked, _new = pairing.SayQuestion.objects.get_or_create(participant=place)
    earlier = {"round__number": 0, "round__weights__number": 0}
    offer = make.ProposalFactory(
        round__cohort=pair.cohort, mentee=place, round__state="published", **earlier
    )
    today = timezone.localdate()
    pause = Pause.objects.create(participant=place, starts_on=today, ends_on=today)
    program_id = pair.cohort.program_id
    return [
        pairing.PilotAnswer(question=question, author=by, choice="switch"),
        pairing.Veto(participant=place, author=by, other=offer.mentor),
        pairing.SayAnswer(question=asked, author=by, value=1),
        TrainingAnswer(participant=place, author=by, value=1),
        pairing.DeclineReason(
            proposal=offer, author=by, program_id=program_id, code="other", words=word
        ),
        PauseReason(pause=pause, author=by, words=word),
        SelfDeclared(author=by, attribute="gender", value=word),
    ]
