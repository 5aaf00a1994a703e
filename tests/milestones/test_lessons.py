"""What finished steps taught: asked, written, skipped, shared and found again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from mentorship.accounts.acting import acting_as
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Kind, Notice
from milestones import actions
from milestones.models import Lesson, LessonWords, SharedLesson
from tests.factories import (
    MilestoneFactory,
    PairFactory,
    ParticipantFactory,
    RoleFactory,
)
from tests.races import at_once

NOW = timezone.now()
SECRET = "The heron stood still for an hour"


@pytest.fixture
def pair(db):
    return PairFactory()


@pytest.fixture
def step(pair):
    return MilestoneFactory(pair=pair)


@pytest.fixture
def lesson(step):
    actions.try_milestone(step, at=NOW)
    return step.lessons.get(author=step.pair.mentee)


@pytest.fixture
def writer(client, lesson):
    client.force_login(lesson.author.user)
    return lesson.author.user


def shared(pair, text="Start small.", themes=(), side="mentee"):
    step = MilestoneFactory(pair=pair, title=text)
    lesson = step.lessons.create(author=getattr(pair, side))
    return actions.share_lesson(
        lesson, by=lesson.author.user, at=NOW, text=text, themes=list(themes)
    )


def test_reaching_a_step_asks_both(pair, step):
    actions.confirm_milestone(step, by=pair.mentor.user, at=NOW)
    assert not Lesson.objects.exists()
    actions.confirm_milestone(step, by=pair.mentee.user, at=NOW)
    assert {lesson.author for lesson in Lesson.objects.all()} == {*pair.members}


def test_trying_asks_as_well_and_asking_twice_is_once(step, lesson):
    actions.ask_lessons(step, at=NOW)
    assert step.lessons.count() == 2
    assert Notice.objects.filter(kind=Kind.MILESTONE).count() == 2


def test_the_mail_waits_a_day_and_says_nothing_private(step, lesson):
    notice = Notice.objects.about(lesson).get()
    assert notice.due_at == NOW + timedelta(days=1)
    assert step.title not in str(notice.context)


def test_the_mail_says_who_reads_it_in_both_forms(pair, lesson):
    mail = compose(Notice.objects.about(lesson).get())
    for body in (mail.body, mail.alternatives[0].content):
        assert f"{pair.mentor.short_name} reads it." in body
        assert reverse("milestones:lesson", args=[lesson.pk]) in body
    assert "<" not in mail.body


def test_whoever_answers_gets_no_mail(pair, lesson):
    actions.skip_lesson(lesson, by=pair.mentee.user, at=NOW)
    assert Notice.objects.about(lesson).get().state == Notice.State.CANCELED
    assert Notice.objects.unsent().count() == 1


def test_a_written_lesson_is_read_by_the_two_alone(pair, lesson):
    actions.write_lesson(lesson, by=pair.mentee.user, at=NOW, text=SECRET)
    with acting_as(pair.mentor.user):
        assert LessonWords.objects.get().text == SECRET
    with acting_as(PairFactory().mentor.user):
        assert not LessonWords.objects.exists()
    assert not LessonWords.objects.exists()


def test_the_words_lie_sealed(pair, lesson):
    actions.write_lesson(lesson, by=pair.mentee.user, at=NOW, text=SECRET)
    with acting_as(pair.mentee.user), connection.cursor() as cursor:
        cursor.execute("select text from milestones_lessonwords")
        assert SECRET.encode() not in bytes(cursor.fetchone()[0])


def test_skipping_keeps_what_was_written(pair, lesson):
    by = pair.mentee.user
    actions.write_lesson(lesson, by=by, at=NOW, text=SECRET)
    actions.skip_lesson(lesson, by=by, at=NOW)
    assert Lesson.objects.get(pk=lesson.pk).state == "written"


def test_nobody_answers_or_shares_for_the_other(pair, lesson):
    by = pair.mentor.user
    for act, words in (
        (actions.skip_lesson, {"at": NOW}),
        (actions.write_lesson, {"at": NOW, "text": "X"}),
        (actions.share_lesson, {"at": NOW, "text": "X", "themes": []}),
        (actions.withdraw_lesson, {}),
    ):
        with pytest.raises(actions.NotYourLesson):
            act(lesson, by=by, **words)


def test_writing_leads_to_the_offer_to_share(client, lesson, writer):
    url = reverse("milestones:lesson", args=[lesson.pk])
    answer = client.post(url, {"text": SECRET})
    assert answer.url == reverse("milestones:lesson_share", args=[lesson.pk])
    assert not SharedLesson.objects.exists()


def test_who_reads_is_said_before_the_first_word(client, lesson, writer):
    for name in ("lesson", "lesson_share"):
        body = client.get(reverse(f"milestones:{name}", args=[lesson.pk])).content
        body = body.decode()
        said = "You and" if name == "lesson" else "Coordinators can read this"
        assert body.index(said) < body.index('name="text"')


def test_a_shared_lesson_has_no_name_and_only_the_month(pair, lesson):
    given = actions.share_lesson(
        lesson, by=pair.mentee.user, at=NOW, text="Ask first.", themes=["coaching"]
    )
    assert given.shared_on.day == 1
    assert given.side == "mentee"


def test_a_name_is_refused_beside_the_words(client, pair, lesson, writer):
    url = reverse("milestones:lesson_share", args=[lesson.pk])
    text = f"Ask {pair.mentor.user.given_name}, always."
    answer = client.post(url, {"text": text})
    assert answer.status_code == 422
    assert "Say it without the name." in answer.content.decode()
    assert text in answer.content.decode()


def test_a_lesson_is_taken_back(client, pair, lesson, writer):
    shared_one = actions.share_lesson(lesson, by=writer, at=NOW, text="X", themes=[])
    for _again in range(2):
        client.post(reverse("milestones:lesson_withdraw", args=[lesson.pk]))
    assert not SharedLesson.objects.filter(pk=shared_one.pk).exists()


def test_lessons_are_found_by_theme_and_words(client, pair):
    shared(pair, "Ask three questions.", ["coaching"])
    shared(pair, "Make it small.", ["planning"])
    shared(PairFactory(), "Of another program.", ["coaching"])
    client.force_login(ParticipantFactory(cohort=pair.cohort).user)
    url = reverse("milestones:lessons", args=[pair.cohort.program_id])

    def found(**query):
        return [one.text for one in client.get(url, query).context["found"]]

    assert sorted(found()) == ["Ask three questions.", "Make it small."]
    assert found(theme="coaching") == ["Ask three questions."]
    assert found(q="planning") == ["Make it small."]
    assert found(q="small make") == ["Make it small."]
    assert found(q="heron") == []
    assert found(q="\x00", theme="\x00 '") != []


def test_the_page_of_lessons_names_nobody(client, pair):
    shared(pair, "Ask three questions.")
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    url = reverse("milestones:lessons", args=[pair.cohort.program_id])
    body = client.get(url).content.decode()
    assert "Ask three questions." in body
    assert pair.mentee.user.family_name not in body


@pytest.mark.parametrize("rows", [1, 3])
def test_lessons_take_the_same_queries(client, pair, rows):
    for n in range(rows):
        shared(pair, f"Lesson {n}", [f"theme-{n}"])
    client.force_login(pair.mentee.user)
    url = reverse("milestones:lessons", args=[pair.cohort.program_id])
    client.get(url)
    with assertNumQueries(10):
        client.get(url)


def test_the_pair_page_and_home_ask_until_answered(client, pair, lesson, writer):
    url = reverse("milestones:lesson", args=[lesson.pk])
    for page in (reverse("home:me"), reverse("pairing:pair", args=[pair.pk])):
        assert url in client.get(page).content.decode()
    client.post(reverse("milestones:lesson_skip", args=[lesson.pk]))
    for page in (reverse("home:me"), reverse("pairing:pair", args=[pair.pk])):
        assert url not in client.get(page).content.decode()


def test_orientation_leads_to_the_lessons(client, pair):
    client.force_login(pair.mentee.user)
    page = reverse("participants:orientation", args=[pair.mentee_id])
    url = reverse("milestones:lessons", args=[pair.cohort.program_id])
    assert url in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_ask_each_of_the_two_once():
    step = MilestoneFactory()
    both = [place.user for place in step.pair.members]
    at_once(
        *(lambda by=by: actions.confirm_milestone(step, by=by, at=NOW) for by in both)
    )
    assert step.lessons.count() == 2
