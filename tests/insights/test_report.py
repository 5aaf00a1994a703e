"""The steering group's page: published rows, the same in the export, nothing else."""

import csv
import io
import re

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from mentorship.insights import actions
from mentorship.insights.models import PublishedFigure, PublishedPeriod
from tests.factories import CoreOutcomeFactory, RoleFactory, UserFactory
from tests.insights.scene import AFTER, BEFORE, a_spring, meet, settle_all

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)


@pytest.fixture
def scene():
    scene = a_spring(12, name="Rising Leads")
    CoreOutcomeFactory(charter=scene.program.in_force, statement="Speaks up early")
    actions.open_periods(BEFORE)
    return scene


@pytest.fixture
def steering(scene, client):
    client.force_login(RoleFactory(program=scene.program, kind="steering").user)
    return client


def page_of(scene):
    return reverse("insights:report", args=[scene.program.pk])


def csv_of(scene):
    return reverse("insights:report_csv", args=[scene.program.pk])


def publish(scene):
    for pair in scene.pairs[:11]:
        meet(pair, *range(0, 84, 14), state="written")
    settle_all(AFTER)
    return PublishedPeriod.objects.using("steer").get()


def text_of(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


def test_before_the_first_period_there_are_targets_and_an_honest_word(scene, steering):
    page = text_of(steering.get(page_of(scene)))
    assert "No figures yet" in page
    assert "29 June" in page
    assert "Speaks up early" in page
    assert "Met at least once" not in page
    assert len(steering.get(csv_of(scene)).content.decode().splitlines()) == 1


def test_figures_are_told_in_ranges_with_how_many_stand_behind(scene, steering):
    publish(scene)
    page = text_of(steering.get(page_of(scene)))
    assert "10 or more of 11 to 13 pairs" in page
    assert "2 or fewer" in page
    assert "5.5 Planned: about 6" in page
    assert "No names, no single answers, and no figure about fewer than 5 pairs" in page
    assert "Publication rules version 1" in page


def test_under_five_pairs_there_are_targets_and_words_only(client):
    scene = a_spring(4)
    CoreOutcomeFactory(charter=scene.program.in_force, statement="Speaks up early")
    actions.open_periods(BEFORE)
    for pair in scene.pairs:
        meet(pair, 3)
    settle_all(AFTER)
    client.force_login(RoleFactory(program=scene.program, kind="sponsor").user)
    page = text_of(client.get(page_of(scene)))
    assert "Too few pairs were under way" in page
    assert "Speaks up early" in page
    assert page.count("Not shown: too few") == 12
    assert not re.search(r"\d or (more|fewer)|\d to \d+ (pairs|people)", page)


def test_the_export_holds_exactly_the_published_rows(scene, steering):
    publish(scene)
    answer = steering.get(csv_of(scene))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    figures = PublishedFigure.objects.using("steer").order_by("position")
    assert len(lines) == 1 + figures.count()
    for line, figure in zip(lines[1:], figures, strict=True):
        numbers = [float(cell) if cell else None for cell in line[5:]]
        assert numbers == [figure.low, figure.high, figure.size_low, figure.size_high]


def test_page_and_export_say_the_same_words(scene, steering):
    publish(scene)
    page = steering.get(page_of(scene))
    lines = list(csv.reader(io.StringIO(steering.get(csv_of(scene)).content.decode())))
    for line in lines[1:]:
        if line[2] == "Whole program":
            assert line[3] in text_of(page)


def test_one_chooses_among_published_periods(scene, steering):
    publish(scene)
    settle_all(AFTER.replace(month=10))
    newest, oldest = PublishedPeriod.objects.using("steer").order_by("-starts_on")
    assert steering.get(page_of(scene)).context["period"] == newest
    address = f"{page_of(scene)}?period={oldest.pk}"
    assert steering.get(address).context["period"] == oldest


@pytest.mark.parametrize("asked", ["nonsense", "0b0e7b1c-0000-4000-8000-000000000000"])
def test_a_period_that_is_not_published_is_not_found(scene, steering, asked):
    publish(scene)
    assert steering.get(f"{page_of(scene)}?period={asked}").status_code == 404
    assert steering.get(f"{csv_of(scene)}?period={asked}").status_code == 404


def test_another_programs_period_is_not_found(scene, steering):
    other = a_spring(6)
    actions.open_periods(BEFORE)
    settle_all(AFTER)
    foreign = PublishedPeriod.objects.using("steer").get(program_id=other.program.pk)
    assert steering.get(f"{page_of(scene)}?period={foreign.pk}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "status"),
    [("steering", 200), ("sponsor", 200), ("coordinator", 200), ("facilitator", 403)],
)
def test_who_may_read(scene, client, kind, status):
    client.force_login(RoleFactory(program=scene.program, kind=kind).user)
    assert client.get(page_of(scene)).status_code == status


def test_a_stranger_and_a_participant_find_nothing(scene, client):
    for user in (UserFactory(), scene.pairs[0].mentor.user):
        client.force_login(user)
        assert client.get(page_of(scene)).status_code == 404
        assert client.get(csv_of(scene)).status_code == 404


def test_the_page_needs_few_queries_and_figures_come_through_steer_once(
    scene, steering, django_assert_num_queries
):
    publish(scene)
    with django_assert_num_queries(4, using="steer"):
        first = steering.get(page_of(scene))
    with (
        django_assert_num_queries(7),
        django_assert_num_queries(2, using="steer"),
    ):
        second = steering.get(page_of(scene))
    assert text_of(second) == text_of(first)


def test_figures_drawn_once_stand_beside_the_charter_of_today(scene, steering):
    publish(scene)
    assert "Planned: about 6" in text_of(steering.get(page_of(scene)))
    scene.program.versions.update(rhythm_days=7)
    CoreOutcomeFactory(charter=scene.program.in_force, statement="Asks for help")
    page = text_of(steering.get(page_of(scene)))
    assert "Planned: about 13" in page
    assert "Asks for help" in page


def test_days_of_another_year_are_named_with_it(scene, steering, monkeypatch):
    publish(scene)
    today = timezone.localdate()
    for year in (2026, 2027):
        monkeypatch.setattr(timezone, "localdate", lambda y=year: today.replace(year=y))
        weeks = steering.get(page_of(scene)).context["weeks"]["rows"]
        assert weeks[0][0] == ("30 March" if year == 2026 else "30 March 2026")


def test_no_name_reaches_the_page(scene, steering):
    publish(scene)
    page = steering.get(page_of(scene)).content.decode()
    for pair in scene.pairs:
        for place in pair.members:
            assert place.user.given_name not in page
            assert str(place.pk) not in page


def test_web_itself_cannot_read_what_is_published(scene):
    publish(scene)
    with (
        pytest.raises(Exception, match="permission denied for schema published"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute("select * from published.figure")
