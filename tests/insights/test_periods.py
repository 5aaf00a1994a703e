"""A period is frozen when it opens, told once when it ends, and never again."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from mentorship.insights import actions
from mentorship.insights.actions import publishing
from mentorship.insights.actions.opening import months_later
from mentorship.insights.metrics import of_period
from mentorship.insights.models import (
    DraftFigure,
    FrozenPlace,
    Period,
    PublicationRule,
    PublishedFigure,
    PublishedPeriod,
)
from tests import factories as make
from tests.insights.dump import dump
from tests.insights.scene import AFTER, BEFORE, END, START, a_spring, meet, settle_all
from tests.races import at_once

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
PUBLISHED = ("published.period", "published.figure")
FACTS = tuple(of_period.COUNTS)


def told(program=None):
    """{metric: (low, high)} of what steering may read about everybody."""
    figures = PublishedFigure.objects.using("steer").filter(breakdown="all")
    return {
        figure.metric: (figure.low, figure.high)
        for figure in figures
        if not figure.metric.startswith("met_in_week")
    }


def published(pairs=12, **scene):
    scene = a_spring(pairs, **scene)
    actions.open_periods(BEFORE)
    return scene


def test_a_period_lasts_a_quarter_from_the_first_day_with_pairs():
    scene = published()
    period = Period.objects.get()
    assert (period.starts_on, period.ends_on) == (START, END)
    assert period.rule.minimum == 5
    assert period.rule.by.email.startswith("the-program-itself")
    assert FrozenPlace.objects.filter(period=period).count() == 2 * len(scene.pairs)


def test_opening_again_opens_nothing():
    published()
    assert actions.open_periods(BEFORE) == 0
    assert Period.objects.count() == 1


def test_no_period_opens_before_pairs_are_under_way():
    scene = a_spring()
    scene.cohort.stage = "pairing"
    scene.cohort.save()
    assert actions.open_periods(BEFORE) == 0


def test_a_period_is_told_in_ranges_of_pairs():
    scene = published(12)
    for pair in scene.pairs[:11]:
        meet(pair, *range(0, 84, 14), state="written")
    for pair in scene.pairs[:4]:
        make.MilestoneFactory(
            pair=pair, due_on=START, state="tried", done_on=START + timedelta(days=3)
        )
    make.MilestoneFactory(pair=scene.pairs[0], due_on=END)
    assert settle_all(AFTER) == 1
    facts = {name: range_ for name, range_ in told().items() if name in FACTS}
    assert facts == {
        "met": (10, 13),
        "kept_rhythm": (10, 13),
        "reached_something": (3, 5),
        "reached_all_due": (3, 5),
        "reflected": (10, 13),
        "both_reflected": (0, 2),
        "both_gained": (0, 2),
        "aligned": (0, 2),
    }
    assert told()["sessions_per_pair"] == (5.5, 5.5)
    assert told()["had_a_say"] == (None, None)
    counted = PublishedFigure.objects.using("steer").filter(metric__in=FACTS)
    sizes = counted.filter(breakdown="all").values_list("size_low", "size_high")
    assert set(sizes) == {(11, 13)}
    assert Period.objects.filter(state="published").count() == 1


def test_weeks_are_whole_and_count_pairs_not_sessions():
    scene = published(12)
    for pair in scene.pairs[:4]:
        meet(pair, 7, 8, 13)
    settle_all(AFTER)
    weeks = PublishedFigure.objects.using("steer").filter(
        metric__startswith="met_in_week"
    )
    rows = list(weeks.order_by("position").values_list("metric", "low", "high"))
    assert len(rows) == 13
    assert rows[0] == ("met_in_week:2026-03-30", 0, 2)
    assert rows[1] == ("met_in_week:2026-04-06", 3, 5)


def test_both_sides_looking_back_is_told_apart():
    scene = published(6)
    for pair in scene.pairs:
        (session,) = meet(pair, 5, state="written")
        make.ReflectionFactory(
            session=session,
            author=pair.mentor,
            state="written",
            answered_at=timezone.now(),
        )
    settle_all(AFTER)
    assert told()["both_reflected"] == told()["reflected"] == (4, 7)


@pytest.mark.parametrize("active", [0, 4])
def test_fewer_than_five_pairs_tell_nothing_whatever_they_did(active):
    scene = published(4)
    for pair in scene.pairs[:active]:
        meet(pair, 3, 17, state="written")
    settle_all(AFTER)
    assert PublishedPeriod.objects.using("steer").count() == 1
    assert set(told().values()) == {(None, None)}
    assert len(told()) == 23


def test_which_rows_there_are_does_not_depend_on_what_people_did():
    idle, busy = published(9), a_spring(9)
    actions.open_periods(BEFORE)
    for pair in busy.pairs:
        meet(pair, *range(0, 90, 3), state="written")
    settle_all(AFTER)
    rows = {
        program: {
            (figure.metric, figure.part, figure.low is None)
            for figure in PublishedFigure.objects.using("steer").filter(
                period__program_id=program
            )
        }
        for program in (idle.program.pk, busy.program.pk)
    }
    assert rows[idle.program.pk] == rows[busy.program.pk]


def test_a_group_counts_as_its_fewest_of_people_and_pairs():
    """Six pairs of four people who mentor each other are four to an insider."""
    scene = published(0)
    people = make.UserFactory.create_batch(4)
    for number, (one, other) in enumerate(
        [(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3)]
    ):
        cohort = make.CohortFactory(
            program=scene.program, pilot_on=START, name=f"Round {number}"
        )
        make.PairFactory(
            cohort=cohort,
            mentor=make.MentorFactory(cohort=cohort, user=people[one]),
            mentee=make.ParticipantFactory(cohort=cohort, user=people[other]),
            started_on=START,
        )
    actions.open_periods(BEFORE)
    settle_all(AFTER)
    assert set(told().values()) == {(None, None)}


def test_means_need_eight():
    scene = published(7)
    for pair in scene.pairs:
        meet(pair, 1, 15)
    settle_all(AFTER)
    assert told()["sessions_per_pair"] == (None, None)
    assert told()["met"] == (5, 7)


def test_it_is_told_only_after_its_last_day_in_the_programs_own_zone():
    published(5, zone="Pacific/Honolulu")
    period = Period.objects.get()
    last = datetime.combine(period.ends_on, datetime.max.time(), period.program.tz)
    assert settle_all(last) == 0
    assert settle_all(last + timedelta(seconds=1)) == 1


def test_the_next_period_follows_without_a_gap():
    scene = published()
    settle_all(AFTER)
    newest = Period.objects.open().get()
    assert newest.starts_on == END + timedelta(days=1)
    assert newest.frozen_places.count() == 2 * len(scene.pairs)


def test_an_outage_of_a_year_is_made_up_for_period_by_period():
    published()
    a_year_on = AFTER + timedelta(days=365)
    assert settle_all(a_year_on) == 5
    days = list(
        PublishedPeriod.objects.using("steer")
        .order_by("starts_on")
        .values_list("starts_on", "ends_on")
    )
    assert all(
        later[0] - earlier[1] == timedelta(days=1) for earlier, later in pairwise(days)
    )


def test_publishing_again_changes_no_byte():
    scene = published()
    meet(scene.pairs[0], 3)
    settle_all(AFTER)
    before = dump(*PUBLISHED)
    period = Period.objects.get(state="published")
    assert actions.work_out(period.pk, AFTER) is False
    with pytest.raises(actions.PeriodHasMovedOn):
        actions.publish(period, by=make.UserFactory(), at=AFTER)
    assert settle_all(AFTER) == 0
    assert dump(*PUBLISHED) == before


def test_a_joiner_a_leaver_and_a_late_answer_change_no_published_byte():
    scene = published()
    for pair in scene.pairs[:6]:
        meet(pair, 3, 20)
    settle_all(AFTER)
    before = dump(*PUBLISHED)
    meet(scene.pairs[7], 4, 21, state="written")
    make.PairFactory(cohort=scene.cohort, started_on=START)
    leaver = scene.pairs[0]
    leaver.sessions.all().delete()
    leaver.delete()
    settle_all(AFTER + timedelta(days=1))
    assert dump(*PUBLISHED) == before


def test_joiners_count_from_the_next_period_and_leavers_stay_in_the_open_one():
    scene = published(6)
    joiners = make.PairFactory.create_batch(
        6, cohort=scene.cohort, started_on=START + timedelta(days=1)
    )
    for pair in (*scene.pairs, *joiners):
        meet(pair, 10)
    scene.pairs[0].state, scene.pairs[0].ending = "ended", "left"
    scene.pairs[0].ended_at = BEFORE + timedelta(days=30)
    scene.pairs[0].ended_by = make.UserFactory()
    scene.pairs[0].save()
    settle_all(AFTER)
    figure = PublishedFigure.objects.using("steer").get(metric="met")
    assert (figure.size_low, figure.size_high, figure.low) == (5, 7, 4)
    assert Period.objects.open().get().frozen_places.count() == 2 * 11


def test_a_raised_minimum_counts_for_periods_not_yet_opened():
    scene = published(6)
    PublicationRule.objects.create(
        program=scene.program, number=2, minimum=7, by=make.UserFactory()
    )
    settle_all(AFTER)
    assert told()["met"] == (0, 2)
    settle_all(AFTER + timedelta(days=95))
    newest = PublishedFigure.objects.using("steer").filter(
        period__minimum=7, metric="met"
    )
    assert newest.get().low is None


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_goes_on(monkeypatch):
    published()
    actions.close_periods(AFTER)
    period = Period.objects.get(state="closed")
    with monkeypatch.context() as broken:
        broken.setattr(
            publishing, "drafts", lambda *_: [DraftFigure(period=period)] * 2
        )
        actions.sweep_periods(AFTER)
    assert Period.objects.get(pk=period.pk).state == "closed"
    assert not DraftFigure.objects.exists()
    assert actions.sweep_periods(AFTER) == 1
    assert Period.objects.get(pk=period.pk).state == "audited"


def test_half_a_publication_leaves_nothing_behind(monkeypatch):
    published()
    actions.close_periods(AFTER)
    actions.sweep_periods(AFTER)
    drafts = dump("insights_draftfigure")
    with monkeypatch.context() as broken:
        broken.setattr(PublishedFigure.objects, "using", lambda _alias: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.publish_waiting(AFTER + timedelta(days=1))
    assert dump(*PUBLISHED) == {table: [] for table in PUBLISHED}
    assert dump("insights_draftfigure") == drafts
    assert actions.publish_waiting(AFTER + timedelta(days=1)) == 1


def test_rosters_are_forgotten_90_days_after_their_period_closed():
    published()
    settle_all(AFTER)
    closed = Period.objects.get(state="published")
    assert actions.forget_rosters(AFTER + timedelta(days=89)) == 0
    assert actions.forget_rosters(AFTER + timedelta(days=91)) == 24
    assert not closed.frozen_places.exists()
    assert Period.objects.open().get().frozen_places.exists()


@pytest.mark.parametrize("alias", ["publisher", "steer", "default"])
def test_nobody_may_change_what_was_published(alias):
    published()
    settle_all(AFTER)
    for statement in (
        "update published.figure set low = 0",
        "delete from published.figure",
        "truncate published.period cascade",
    ):
        with (
            pytest.raises(DatabaseError, match="denied"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 30), 3, date(2026, 6, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day, months, later):
    assert months_later(day, months) == later


def test_of_four_workers_on_one_period_one_works_it_out_and_one_publishes():
    published()
    actions.close_periods(AFTER)
    period = Period.objects.get(state="closed")
    assert sorted(each_of_four(lambda: actions.work_out(period.pk, AFTER))) == [
        False,
        False,
        False,
        True,
    ]
    drafted = DraftFigure.objects.count()
    tomorrow = AFTER + timedelta(days=1)
    assert sorted(each_of_four(lambda: actions.publish_waiting(tomorrow))) == [
        0,
        0,
        0,
        1,
    ]
    assert PublishedPeriod.objects.using("steer").count() == 1
    assert PublishedFigure.objects.using("steer").count() == drafted


def test_of_a_hand_and_the_night_that_close_at_once_one_does():
    scene = published()
    period, by = Period.objects.get(), make.RoleFactory(program=scene.program).user
    hand, *nights = at_once(
        closing_all(lambda: actions.close_period(period, by=by, at=AFTER)),
        closing_all(lambda: actions.close_periods(AFTER)),
        closing_all(lambda: actions.close_periods(AFTER)),
    )
    by_hand = not isinstance(hand, actions.PeriodHasMovedOn)
    assert by_hand + sum(nights) == 1
    assert Period.objects.get(pk=period.pk).closed_at == AFTER
    assert Period.objects.open().count() <= 1


def closing_all(act):
    """The act of a thread that also used the publisher's connection."""

    def run():
        try:
            return act()
        finally:
            connections.close_all()

    return run


def each_of_four(act) -> list:
    return at_once(*[closing_all(act)] * 4)


def test_of_two_nights_that_open_a_period_at_once_one_does():
    scene = a_spring()
    opened = each_of_four(lambda: actions.open_period(scene.program, BEFORE))
    assert [bool(one) for one in opened].count(True) == 1
    assert Period.objects.count() == 1
