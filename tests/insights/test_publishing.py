"""A checked period is looked at, published or withheld, and told alike everywhere."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentorship.insights import actions, paper
from mentorship.insights.actions import publishing
from mentorship.insights.disclosure import Release
from mentorship.insights.models import (
    DraftFigure,
    Period,
    PublicationRule,
    PublishedFigure,
    PublishedPeriod,
)
from mentorship.insights.report import (
    Row,
    drafted_rows,
    how_many_met,
    published_periods,
    rows_of,
    tables_in,
)
from mentorship.outbox.actions import sweep
from mentorship.outbox.models import Notice
from mentorship.ui.pdf import Paper
from tests import factories as make
from tests.insights.answers import everybody_answers, grow, helped, say
from tests.insights.dump import dump
from tests.insights.scene import AFTER, BEFORE, START, a_spring, meet, settle_all

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
PUBLISHED = ("published.period", "published.figure")
NEXT_NIGHT = AFTER + timedelta(days=1)


@pytest.fixture
def scene():
    scene = a_spring(12, name="Rising Leads")
    actions.open_periods(BEFORE)
    for number, pair in enumerate(scene.pairs[:11]):
        meet(pair, *range(number % 3, 84, 14), state="written")
    everybody_answers(scene)
    return scene


@pytest.fixture
def coordinator(scene, client):
    client.force_login(make.RoleFactory(program=scene.program).user)
    return client


def checked() -> Period:
    actions.close_periods(AFTER)
    actions.sweep_periods(AFTER)
    return Period.objects.get(state="audited")


def address(name, thing):
    return reverse(f"insights:{name}", args=[thing.pk])


def told(answer) -> str:
    """What stands in the report itself, without its buttons."""
    page = answer.content.decode()
    (article,) = re.findall(r"<article>.*</article>", page, re.DOTALL)
    article = re.sub(
        r'<div class="row gap-2 no-print">.*?</div>', "", article, flags=re.S
    )
    return re.sub(r"\s+", " ", article)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_preview_is_byte_for_byte_what_is_published(scene, coordinator):
    period = checked()
    actions.narrate(period, "Most pairs meet.", by=make.UserFactory())
    drafts = list(DraftFigure.objects.values_list(*publishing.COPIED))
    preview = told(coordinator.get(address("preview", period)))
    assert coordinator.post(address("period", period), {"act": "publish"}).status_code
    figures = PublishedFigure.objects.using("steer").order_by("position")
    assert list(figures.values_list(*publishing.COPIED)) == drafts
    assert told(coordinator.get(address("report", scene.program))) == preview
    assert "Most pairs meet." in preview
    assert not DraftFigure.objects.exists()


def test_until_then_the_steering_group_sees_nothing_of_it(scene, client):
    period = checked()
    client.force_login(make.RoleFactory(program=scene.program, kind="steering").user)
    assert (
        "No figures yet"
        in client.get(address("report", scene.program)).content.decode()
    )
    assert client.get(address("preview", period)).status_code == 403
    assert not PublishedPeriod.objects.using("steer").exists()


def seen(client, period) -> str:
    """The words on a period's page."""
    return words_of(client.get(address("period", period)).content.decode())


def test_an_open_period_shows_its_groups_and_not_one_figure(scene, coordinator):
    period = Period.objects.get()
    before = seen(coordinator, period)
    assert "a range" in before
    for pair in scene.pairs:
        meet(pair, 5, 6, 7, state="written")
        say(pair.mentee, 1)
    assert (
        words_of(coordinator.get(address("period", period)).content.decode()) == before
    )
    assert coordinator.get(address("preview", period)).status_code == 404


@pytest.fixture
def paper_words(monkeypatch):
    """Everything that is said on paper."""
    said = []
    say_it = Paper.say

    def listen(self, words, *args, **more):
        said.append(str(words))
        return say_it(self, words, *args, **more)

    monkeypatch.setattr(Paper, "say", listen)
    return said


def test_page_chart_export_paper_and_mail_say_the_same(
    scene, coordinator, paper_words, settings
):
    steering = make.RoleFactory(program=scene.program, kind="steering").user
    settle_all(AFTER)
    (shown,) = published_periods(scene.program)
    rows = rows_of(shown)
    page = coordinator.get(address("report", scene.program))
    text = words_of(page.content.decode())
    lines = coordinator.get(address("report_csv", scene.program)).content.decode()
    exported = list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"))))[1:]
    assert coordinator.get(address("report_pdf", scene.program)).status_code == 200
    on_paper = " ".join(paper_words)
    sweep(NEXT_NIGHT + timedelta(hours=12))
    (digest,) = [m for m in mail.outbox if m.to == [steering.email]]

    assert [line[:5] for line in exported] == [
        [row.label, row.about, row.part, row.words, row.group] for row in rows
    ]
    for row in rows:
        assert row.words in text
        assert row.words in on_paper
        assert row.group in on_paper
    for row in [one for one in rows if one.is_whole and not one.about]:
        assert f"{row.label}: {row.words}" in on_paper
        assert f"{row.label}: {row.words}" in digest.body
        assert row.words in words_of(digest.alternatives[0].content)
    weeks = page.context["weeks"]["rows"]
    assert [words for _label, words in weeks] == [row.words for row in rows if row.week]
    bars = {bar["label"]: bar["words"] for bar in page.context["bars"]["bars"]}
    whole = {row.label: row.words for row in rows if row.is_whole}
    assert bars.items() <= whole.items()
    assert len(bars) == 6


def test_what_is_not_shown_has_the_same_words_everywhere(scene, coordinator):
    settle_all(AFTER)
    rows = rows_of(published_periods(scene.program)[0])
    hidden = [row for row in rows if not row.shown]
    assert hidden
    assert {(row.words, row.group) for row in hidden} == {("Not shown: too few", "")}
    assert all(row.cells[5:] == [None] * 4 for row in hidden)


def test_the_night_after_publishes_what_nobody_has(scene):
    period = checked()
    assert actions.publish_waiting(period.publishes_at - timedelta(seconds=1)) == 0
    assert actions.publish_waiting(period.publishes_at) == 1
    assert Period.objects.get(pk=period.pk).state == "published"


def test_withheld_is_for_good_and_leaves_no_draft(scene, coordinator):
    period = checked()
    coordinator.post(address("period", period), {"act": "withhold"})
    coordinator.post(address("period", period), {"act": "publish"})
    assert actions.publish_waiting(NEXT_NIGHT) == 0
    period.refresh_from_db()
    assert (period.state, period.withheld_because) == ("withheld", "coordinator")
    assert not DraftFigure.objects.exists()
    assert dump(*PUBLISHED) == {table: [] for table in PUBLISHED}
    assert "A coordinator withheld it" in seen(coordinator, period)


def test_what_the_audit_withholds_is_told_to_the_coordinator(scene, monkeypatch):
    nothing = Release((), dropped=(("met", "all"),), withheld=True)
    monkeypatch.setattr(publishing, "release", lambda *_: nothing)
    ingrid = make.RoleFactory(program=scene.program).user
    steering = make.RoleFactory(program=scene.program, kind="steering").user
    assert settle_all(AFTER) == 0
    period = Period.objects.get(state="withheld")
    assert period.dropped == [["met", "all"]]
    sweep(NEXT_NIGHT + timedelta(hours=12))
    (letter,) = [one for one in mail.outbox if "withheld" in one.subject]
    assert letter.to == [ingrid.email]
    assert "somebody could have been worked out" in letter.body
    assert not [one for one in mail.outbox if one.to == [steering.email]]


def test_a_figure_that_says_too_much_withholds_the_period(scene, monkeypatch):
    """A slip in what makes the rows is seen by what looks at them again."""
    release = publishing.release

    def slip(*asked):
        made = release(*asked)
        exact = replace(made.rows[0], value=(11, 11))
        return replace(made, rows=(exact, *made.rows[1:]))

    monkeypatch.setattr(publishing, "release", slip)
    assert settle_all(AFTER) == 0
    period = Period.objects.get(state="withheld")
    assert period.withheld_because == "failed"
    assert not DraftFigure.objects.exists()


def test_everybody_is_told_once_however_often_it_is_swept(scene):
    make.RoleFactory(program=scene.program)
    make.RoleFactory(program=scene.program, kind="steering")
    make.RoleFactory(program=scene.program, kind="sponsor")
    settle_all(AFTER)
    for _again in range(3):
        actions.sweep_periods(NEXT_NIGHT)
    about = Notice.objects.filter(about_kind="insights.period")
    assert sorted(about.values_list("template", flat=True)) == [
        "insights/audited",
        "insights/digest",
        "insights/digest",
    ]


def test_word_of_a_period_is_not_lost_to_a_week_full_of_reminders(scene):
    role = make.RoleFactory(program=scene.program)
    role.user.reminders_a_week = 0
    role.user.save()
    checked()
    sweep(NEXT_NIGHT)
    (letter,) = mail.outbox
    assert letter.to == [role.user.email]
    assert "<" not in letter.body, "a mail in text has no markup"


def test_no_published_byte_moves_whoever_joins_leaves_moves_answers_or_is_erased(scene):
    settle_all(AFTER)
    before = dump(*PUBLISHED)
    joined = make.PairFactory(cohort=scene.cohort, started_on=START)
    late, moved, leaver, erased = scene.pairs[7:11]
    meet(late, 4, 21, state="written")
    say(late.mentor, 5, at=AFTER)
    helped(late.mentor, 5, at=AFTER)
    grow(joined.mentee, 1, 5, at=AFTER)
    moved.mentee.function, moved.mentee.site = "Legal", "Nairobi"
    moved.mentee.save()
    leaver.sessions.all().delete()
    leaver.delete()
    erased.mentee.user, erased.mentee.erased_at = None, AFTER
    erased.mentee.save()
    actions.sweep_periods(NEXT_NIGHT)
    actions.publish_waiting(NEXT_NIGHT)
    assert dump(*PUBLISHED) == before


def test_a_move_does_not_change_an_open_roster_and_regions_count_from_the_next(scene):
    period = Period.objects.get()
    place = scene.pairs[0].mentee
    place.site = "Lisbon"
    place.save()
    actions.group_sites(scene.program, {"Lisbon": "South"}, by=make.UserFactory())
    assert not period.frozen_places.filter(region__in=["South", "Lisbon"]).exists()
    actions.close_periods(AFTER)
    following = Period.objects.open().get()
    assert following.frozen_places.get(participant=place).region == "South"
    assert following.frozen_places.filter(cohort_name=scene.cohort.name).count() == 24


def test_figures_over_the_whole_time_come_when_every_cohort_is_over(scene):
    def names():
        figures = PublishedFigure.objects.using("steer").filter(breakdown="all")
        return set(figures.values_list("metric", flat=True))

    settle_all(AFTER)
    assert not {"completed", "reached_an_outcome"} & names()
    scene.cohort.stage = "closing"
    scene.cohort.save()
    by = make.UserFactory()
    for pair in scene.pairs:
        pair.state, pair.ending, pair.ended_by = "ended", "completed", by
        pair.ended_at = AFTER + timedelta(days=40)
        pair.save()
    settle_all(AFTER + timedelta(days=95))
    assert {"completed", "reached_an_outcome"} <= names()


def test_results_stand_beside_the_targets_and_come_from_published_rows(
    scene, coordinator
):
    core = make.CoreOutcomeFactory(
        charter=scene.program.in_force, slug="speaks-up", target="3 of 4 mentees"
    )
    for pair in scene.pairs[:4]:
        make.OutcomeFactory(
            pair=pair, core_outcome=core, state="reached", reached_on=START
        )
    settle_all(AFTER)
    text = words_of(coordinator.get(address("report", scene.program)).content.decode())
    assert "3 of 4 mentees 3 to 5 of 11 to 13 pairs" in text


@pytest.mark.parametrize("name", ["periods", "report"])
def test_three_periods_take_as_many_queries_as_one(scene, coordinator, name):
    def queries():
        coordinator.get(address(name, scene.program))
        with CaptureQueriesContext(connections["default"]) as asked:
            coordinator.get(address(name, scene.program))
        return len(asked)

    settle_all(AFTER)
    one = queries()
    settle_all(AFTER + timedelta(days=190))
    assert Period.objects.filter(state="published").count() == 3
    assert queries() == one


# --------------------------------------------------------------------------- rules
def a_rule(program, number, **more):
    return PublicationRule.objects.create(
        program=program, number=number, by=make.UserFactory(), **more
    )


@pytest.mark.parametrize("lower", [{"minimum": 6}, {"minimum_answers": 9}])
def test_the_database_refuses_a_lower_minimum(lower):
    program = make.ProgramFactory()
    a_rule(program, 1, minimum=7, minimum_answers=10)
    raised = {"minimum": 7, "minimum_answers": 10} | lower
    with pytest.raises(IntegrityError, match="never lowered"), transaction.atomic():
        a_rule(program, 2, **raised)


@pytest.mark.parametrize(
    "breakdowns", [["cohort", "all"], ["all", "cohort, role, region"], []]
)
def test_the_database_refuses_breakdowns_that_nobody_declared(breakdowns):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_rule(make.ProgramFactory(), 1, breakdowns=breakdowns)


def test_looking_at_periods_and_rules_makes_no_rule(client):
    program = make.ProgramFactory()
    client.force_login(make.RoleFactory(program=program).user)
    for name in ("periods", "rule", "regions"):
        page = client.get(reverse(f"insights:{name}", args=[program.pk]))
        assert page.status_code == 200
    assert not PublicationRule.objects.exists()


def test_a_rule_is_raised_on_its_page_and_never_lowered(scene, coordinator):
    page = address("rule", scene.program)
    sent = {"minimum": 7, "minimum_answers": 8, "months": 3, "breakdowns": ["region"]}
    assert coordinator.post(page, sent).status_code == 302
    rule = scene.program.publication_rules.first()
    assert (rule.number, rule.minimum, rule.breakdowns) == (2, 7, ["all", "region"])
    assert Period.objects.get().rule.number == 1
    answer = coordinator.post(page, sent | {"minimum": 6})
    assert answer.status_code == 422
    assert "never lowered" in answer.content.decode()
    assert scene.program.publication_rules.count() == 2


def test_only_declared_breakdowns_are_told(scene):
    a_rule(scene.program, 2, breakdowns=["all", "role"])
    settle_all(AFTER)
    settle_all(AFTER + timedelta(days=95))
    second = published_periods(scene.program)[0]
    found = {row.breakdown for row in rows_of(second)}
    assert found <= {"all", "role"}


# ------------------------------------------------------------------ closing by hand
def test_a_period_is_closed_by_hand_after_a_month_with_the_day_before(scene):
    period, by = Period.objects.get(), make.UserFactory()
    with pytest.raises(actions.TooEarly):
        actions.close_period(period, by=by, at=BEFORE + timedelta(days=29))
    actions.close_period(period, by=by, at=BEFORE + timedelta(days=40))
    period.refresh_from_db()
    assert period.ends_on == START + timedelta(days=39)
    actions.open_periods(BEFORE + timedelta(days=40))
    assert Period.objects.open().get().starts_on == START + timedelta(days=40)


def test_the_words_of_a_published_report_stand(scene):
    period = checked()
    actions.publish(period, by=make.UserFactory(), at=AFTER)
    with pytest.raises(actions.PeriodHasMovedOn):
        actions.narrate(period, "Better said.", by=make.UserFactory())


def test_paper_holds_every_row_once(scene, paper_words):
    settle_all(AFTER)
    (shown,) = published_periods(scene.program)
    rows = rows_of(shown)
    beside = ("sentences", "themes", "targets", "wins", "stories")
    picture = {name: [] for name in beside}
    made = paper.report_paper(scene.program, shown, rows, picture, "en")
    assert made.finished().startswith(b"%PDF")
    told_rows = [row for row in rows if not row.about]
    assert sum(": " in words for words in paper_words) >= len(told_rows)


def test_who_looks_again_after_publishing_finds_the_report(scene, coordinator):
    period = checked()
    coordinator.post(address("period", period), {"act": "publish"})
    late = coordinator.get(address("preview", period))
    report = address("report", scene.program)
    assert (late.status_code, late.url) == (302, f"{report}?period={period.pk}")


def test_every_cell_of_a_group_says_which_figure_it_is(scene, coordinator):
    """On a phone, where the head of the table is not seen."""
    table = tables_in(drafted_rows(checked()))[0]
    for _part, cells in table.lines:
        assert [label for label, _row in cells] == table.columns


def test_the_first_sentence_leaves_out_what_is_not_shown():
    met = Row(figure("met", low=20, high=22, size_low=20, size_high=22))
    hidden = Row(figure("kept_rhythm", low=None, high=None))
    kept = Row(figure("kept_rhythm", low=18, high=19, size_low=20, size_high=22))
    assert how_many_met(met, hidden) == (
        "Of 20 to 22 pairs, 20 or more met at least once."
    )
    assert "18 to 19 as often as planned" in how_many_met(met, kept)


def figure(metric, **ends):
    return PublishedFigure(metric=metric, breakdown="all", **ends)
