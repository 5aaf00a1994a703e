"""A story is published as both agreed to it, and gone everywhere once one does not."""

from datetime import timedelta
from decimal import Decimal
from time import monotonic

import pytest
from django.db import Error, connections, transaction
from django.urls import reverse
from django.utils import timezone

from feedback.actions import (
    StoryHasMoved,
    expire_stories,
    refuse_story,
    take_back_story,
)
from feedback.models import Story
from mentorship.accounts.models import AuditEntry
from mentorship.insights import actions
from mentorship.insights.models import PublishedStory
from mentorship.insights.stories import Told, stories_of
from mentorship.participants.actions import withdraw
from mentorship.ui.pdf import Paper
from tests import factories as make
from tests.insights.scene import AFTER, BEFORE, a_spring, settle_all
from tests.races import at_once

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
SAID = "I said it in April, and someone wrote it down."
NOW = timezone.now


@pytest.fixture
def pair():
    pair = make.PairFactory()
    make.CharterFactory(program=pair.cohort.program)
    return pair


@pytest.fixture
def coordinator(pair):
    return make.RoleFactory(program=pair.cohort.program).user


def offered(pair, **terms) -> Story:
    return make.a_story(pair, by=pair.mentee.user, text=SAID, state="offered", **terms)


def published(pair, by, **terms) -> Story:
    story = offered(pair, **terms)
    actions.publish_story(story, by=by, at=NOW())
    return story


def measured(program, people=12, days=(0, 30)):
    measure = program.measures.create(
        slug="alone", name="Time alone", unit="days", better="lower"
    )
    cohort = program.cohorts.first()
    for day in days:
        for group in ("taking part", "others"):
            measure.values.create(
                cohort=cohort,
                group=group,
                on=timezone.localdate() + timedelta(day),
                value=Decimal(100 - day),
                people=people,
                imported_by=make.UserFactory(),
            )
    return measure


@pytest.fixture
def everywhere(client, monkeypatch):
    """{address: what it says} of all that may show a story of a program."""
    said: list = []
    monkeypatch.setattr(
        Paper,
        "printable",
        lambda self, words, family, real=Paper.printable: (
            said.append(str(words)) or real(self, words, family)
        ),
    )

    def read(program, user) -> dict:
        found = {}
        client.force_login(user)
        for name in ("report", "report_csv", "report_pdf", "told"):
            parts = [] if name == "told" else [program.pk]
            said.clear()
            response = client.get(reverse(f"insights:{name}", args=parts))
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
            page = response.content.decode(errors="replace")
            found[name] = page + " ".join(said)
        return found

    return read


@pytest.mark.parametrize("end", [take_back_story, refuse_story, actions.take_down])
def test_a_story_is_gone_everywhere_within_a_minute(everywhere, end):
    """By the teller, the other one, or whatever ends it: before the act returns."""
    scene = a_spring(5)
    actions.open_periods(BEFORE)
    settle_all(AFTER)
    pair = scene.pairs[0]
    coordinator = make.RoleFactory(program=scene.program).user
    story = published(pair, coordinator, audience="organization")
    before = everywhere(scene.program, coordinator)
    shown = {name for name, page in before.items() if SAID in page}
    assert shown == {"report", "report_pdf", "told"}
    began = monotonic()
    by = {take_back_story: pair.mentee.user, refuse_story: pair.mentor.user}
    if end in by:
        end(story, by=by[end], at=NOW())
    else:
        end(story)
    after = everywhere(scene.program, coordinator)
    assert not [name for name, page in after.items() if SAID in page]
    assert monotonic() - began < 60


def test_only_what_both_agreed_to_is_published(pair, coordinator):
    story = offered(pair)
    later = story.expires_on + timedelta(days=1)
    Story.objects.filter(pk=story.pk).update(expires_on=later)
    with pytest.raises(StoryHasMoved):
        actions.publish_story(story, by=coordinator, at=NOW())
    assert not PublishedStory.objects.using("steer").exists()


def test_who_takes_part_in_another_program_reads_only_what_is_for_everybody(
    pair, coordinator, client
):
    published(pair, coordinator, audience="program")
    stranger = make.PairFactory().mentee.user
    for user, reads in ((pair.mentor.user, True), (stranger, False)):
        client.force_login(user)
        page = client.get(reverse("insights:told")).content.decode()
        assert (SAID in page) is reads


def test_a_story_for_the_steering_group_stays_there(pair, coordinator, client):
    published(pair, coordinator, audience="steering")
    client.force_login(pair.mentor.user)
    assert SAID not in client.get(reverse("insights:told")).content.decode()
    steering = make.RoleFactory(program=pair.cohort.program, kind="steering").user
    client.force_login(steering)
    url = reverse("insights:report", args=[pair.cohort.program_id])
    assert SAID in client.get(url).content.decode()


def test_its_time_is_over_by_itself_and_at_night_it_is_deleted(pair, coordinator):
    program = pair.cohort.program
    story = published(pair, coordinator, expires_on=program.today())
    assert stories_of(program)["stories"]
    tomorrow = program.today() + timedelta(days=1)
    standing = PublishedStory.objects.using("steer").standing(tomorrow)
    assert not standing.exists()
    expire_stories(NOW() + timedelta(days=2))
    assert not PublishedStory.objects.using("steer").exists()
    assert Story.objects.get(pk=story.pk).state == "expired"


def test_a_row_left_by_a_broken_try_is_replaced_or_goes_at_night(pair, coordinator):
    story = published(pair, coordinator)
    Story.objects.filter(pk=story.pk).update(state="offered")
    actions.publish_story(story, by=coordinator, at=NOW())
    assert PublishedStory.objects.using("steer").count() == 1
    Story.objects.filter(pk=story.pk).update(state="offered")
    assert actions.take_down_left_over(NOW()) == 0  # it may be publishing just now
    assert actions.take_down_left_over(NOW() + timedelta(days=3)) == 1
    assert actions.take_down_left_over(NOW() + timedelta(days=3)) == 0


def test_publishing_and_taking_back_at_once_leave_nothing(pair, coordinator):
    story = offered(pair)
    at_once(
        lambda: actions.publish_story(story, by=coordinator, at=NOW()),
        lambda: take_back_story(story, by=pair.mentee.user, at=NOW()),
    )
    assert Story.objects.get(pk=story.pk).state == "withdrawn"
    assert not PublishedStory.objects.using("steer").exists()


def test_whoever_leaves_takes_their_stories_along(pair, coordinator):
    told = published(pair, coordinator)
    withdraw(pair.mentor, by=coordinator, at=NOW())
    assert Story.objects.get(pk=told.pk).state == "refused"
    assert not PublishedStory.objects.using("steer").exists()
    assert not told.consents.standing().filter(person=pair.mentor.user).exists()


@pytest.mark.parametrize(("people", "function"), [(9, ""), (10, "Nursing")])
def test_a_function_is_told_when_ten_people_share_it(
    pair, coordinator, people, function
):
    mentee = pair.mentee
    mentee.function = "Nursing"
    mentee.save()
    make.ParticipantFactory.create_batch(
        people - 1, cohort=pair.cohort, function="Nursing", is_mentee=True
    )
    published(pair, coordinator, with_function=True)
    row = PublishedStory.objects.using("steer").get()
    assert row.function == function
    assert Told(row).by == ("A mentee, Nursing" if function else "A mentee")


def test_a_win_stands_beside_a_measure_with_people_days_and_source(pair, coordinator):
    program = pair.cohort.program
    measure = measured(program)
    story = offered(pair, kind="win")
    actions.publish_story(
        story, by=coordinator, at=NOW(), measure=str(measure.pk), source="HR, June"
    )
    (win,) = stories_of(program)["wins"]
    assert win.numbers.count("(12 people, ") == 3
    assert "100" in win.numbers
    assert "70" in win.numbers
    assert win.source == "Source: HR, June. Beside it, not because of it."
    assert win.told == "Told by a mentee, confirmed by their mentor"


def test_a_measure_of_nine_people_or_of_one_day_stands_beside_nothing(pair):
    program = pair.cohort.program
    measured(program, people=9)
    assert actions.comparable(program) == {}
    program.measures.all().delete()
    measured(program, days=(0,))
    assert actions.comparable(program) == {}
    row = PublishedStory(
        id=pair.pk,
        program_id=program.pk,
        expires_on=program.today(),
        words=SAID,
        kind="win",
        side="mentee",
        audience="steering",
        measure="Time alone",
        source="HR",
        **{
            f"{end}_{name}": value
            for end in ("before", "now")
            for name, value in (("value", 1), ("people", 9), ("on", program.today()))
        },
    )
    with pytest.raises(Error, match="ten_people_stand_behind_a_measure"):
        row.save(using="publisher", force_insert=True)


def test_nobody_changes_a_published_story(pair, coordinator):
    published(pair, coordinator)
    for role in ("publisher", "steer", "default"):
        with (
            pytest.raises(Error, match="permission denied"),
            transaction.atomic(using=role),
            connections[role].cursor() as cursor,
        ):
            cursor.execute("update published.story set words = 'Better'")


def test_coordinators_publish_what_they_are_offered_and_change_nothing(
    pair, coordinator, client
):
    drafted = make.a_story(pair, by=pair.mentor.user, text="Not yet.")
    story = offered(pair)
    client.force_login(coordinator)
    page = client.get(reverse("insights:stories", args=[pair.cohort.program_id]))
    assert SAID in page.content.decode()
    assert "Not yet." not in page.content.decode()
    assert client.get(address(drafted)).status_code == 404
    sent = client.post(address(story), {"publish": "1", "text": "Better words."})
    assert sent.status_code == 302
    assert PublishedStory.objects.using("steer").get().words == SAID
    said = [str(entry.changes) for entry in AuditEntry.objects.all()]
    assert said
    assert not [one for one in said if "April" in one]


def test_a_measure_needs_its_source(pair, coordinator, client):
    measure = measured(pair.cohort.program)
    story = offered(pair, kind="win")
    client.force_login(coordinator)
    page = client.post(address(story), {"publish": "1", "measure": str(measure.pk)})
    assert page.status_code == 422
    assert "Say where its figures come from" in page.content.decode()


def test_a_coordinator_in_the_pair_does_not_publish_it(pair, client):
    make.RoleFactory(program=pair.cohort.program, user=pair.mentor.user)
    story = offered(pair)
    client.force_login(pair.mentor.user)
    assert client.post(address(story), {"publish": "1"}).status_code == 403


def test_the_report_takes_as_many_queries_for_three_stories_as_for_one(
    pair, coordinator, django_assert_num_queries
):
    published(pair, coordinator)
    with django_assert_num_queries(1, connection=connections["steer"]):
        assert len(stories_of(pair.cohort.program)["stories"]) == 1
    for _again in range(2):
        published(pair, coordinator)
    with django_assert_num_queries(1, connection=connections["steer"]):
        assert len(stories_of(pair.cohort.program)["stories"]) == 3


def address(story) -> str:
    return reverse("insights:publishing", args=[story.pk])
