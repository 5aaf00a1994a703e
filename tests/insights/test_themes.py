"""What ten pairs or more learned is told in a coordinator's words, or not at all."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, connections, transaction
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from mentorship.insights import actions
from mentorship.insights.models import Period, PublishedTheme, Theme, ThemeSource
from mentorship.insights.themes import borrowed, themes_of
from mentorship.outbox.actions import sweep
from mentorship.ui.pdf import Paper
from milestones.actions import share_lesson, withdraw_lesson
from milestones.models import SharedLesson
from tests import factories as make
from tests.insights.scene import AFTER, BEFORE, a_spring
from tests.races import at_once

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
NEXT_NIGHT = AFTER + timedelta(days=1)
THEME = "People say their point sooner, and find that nobody minds."
LESSON = "Say your point early in a meeting before the gap closes, number"


@pytest.fixture
def scene():
    scene = a_spring(12, name="Rising Leads")
    actions.open_periods(BEFORE)
    return scene


@pytest.fixture
def coordinator(scene, client):
    user = make.RoleFactory(program=scene.program).user
    client.force_login(user)
    return user


def shared(pair, text=LESSON, side="mentee") -> SharedLesson:
    author = getattr(pair, side)
    lesson = make.MilestoneFactory(pair=pair).lessons.create(author=author)
    values = {"text": text, "themes": ["speaking"]}
    return share_lesson(lesson, by=author.user, at=timezone.now(), **values)


def a_theme(lessons, by, text=THEME, period=None) -> Theme:
    theme = Theme(period=period or Period.objects.get())
    return actions.write_theme(theme, by=by, text=text, lessons=lessons)


def publish_all() -> Period:
    actions.close_periods(AFTER)
    actions.sweep_periods(AFTER)
    actions.publish_waiting(NEXT_NIGHT)
    actions.tell_everyone(NEXT_NIGHT)
    return Period.objects.earliest("starts_on")


def told() -> list[str]:
    return [theme.text for theme in PublishedTheme.objects.using("steer")]


def address(name, thing) -> str:
    return reverse(f"insights:{name}", args=[thing.pk])


def test_ten_lessons_of_ten_pairs_make_a_theme_that_is_told_everywhere(
    scene, coordinator, client, monkeypatch
):
    a_theme([shared(pair) for pair in scene.pairs[:10]], coordinator)
    make.RoleFactory(program=scene.program, kind="steering")
    publish_all()
    assert told() == [THEME]
    assert Theme.objects.get().is_told
    on_paper: list = []
    monkeypatch.setattr(
        Paper,
        "printable",
        lambda self, words, family, real=Paper.printable: (
            on_paper.append(str(words)) or real(self, words, family)
        ),
    )
    for name in ("report", "report_csv"):
        page = client.get(address(name, scene.program)).content.decode()
        assert THEME in page
        assert "at least 10 pairs" in page
    client.get(address("report_pdf", scene.program))
    assert THEME in on_paper
    sweep(now=NEXT_NIGHT + timedelta(hours=12))
    (letter,) = [one for one in mail.outbox if "New figures" in one.subject]
    assert THEME in letter.body
    assert THEME in str(letter.alternatives[0][0])


def nine_pairs(pairs):
    return [shared(pair) for pair in pairs[:9]]


def ten_of_nine_pairs(pairs):
    return [*nine_pairs(pairs), shared(pairs[0], side="mentor")]


def one_is_taken_back(pairs):
    lessons = [shared(pair) for pair in pairs[:10]]
    yield lessons
    withdraw_lesson(lessons[3].lesson, by=lessons[3].lesson.author.user)


def one_says_something_else(pairs):
    lessons = [shared(pair) for pair in pairs[:10]]
    yield lessons
    values = {"at": timezone.now(), "text": "Wait.", "themes": []}
    share_lesson(lessons[3].lesson, by=lessons[3].lesson.author.user, **values)


def two_pairs_of_one_mentor(pairs):
    other = make.PairFactory(cohort=pairs[0].cohort, mentor=pairs[0].mentor)
    mentors = [shared(pair, side="mentor") for pair in (pairs[0], other)]
    return [*mentors, *[shared(pair) for pair in pairs[1:9]]]


def ten_of_another_program(pairs):
    return [shared(make.PairFactory()) for _each in range(10)]


@pytest.mark.parametrize(
    "too_few",
    [
        nine_pairs,
        ten_of_nine_pairs,
        one_is_taken_back,
        one_says_something_else,
        two_pairs_of_one_mentor,
        ten_of_another_program,
    ],
)
def test_fewer_leave_a_draft_and_the_coordinator_is_told(scene, coordinator, too_few):
    found = too_few(scene.pairs)
    if isinstance(found, list):
        a_theme(found, coordinator)
    else:
        a_theme(next(found), coordinator)
        next(found, None)
    publish_all()
    assert told() == []
    assert not Theme.objects.get().is_told
    sweep(now=NEXT_NIGHT + timedelta(hours=12))
    (letter,) = [one for one in mail.outbox if "is still a draft" in one.subject]
    assert letter.to == [coordinator.email]
    assert "Fewer than 10 pairs" in letter.body
    assert THEME not in letter.body


def test_a_rule_that_asks_for_more_asks_it_of_themes_too(scene, coordinator):
    rule = Period.objects.get().rule
    rule.pk, rule.number, rule.minimum_answers = None, 2, 12
    rule._state.adding = True
    rule.save()
    Period.objects.update(rule=rule)
    a_theme([shared(pair) for pair in scene.pairs[:11]], coordinator, "Eleven.")
    a_theme([shared(pair) for pair in scene.pairs], coordinator, "Twelve.")
    period = publish_all()
    published = scene.program.periods.get(pk=period.pk)
    assert told() == ["Twelve."]
    published.minimum, published.minimum_answers = 5, 12
    assert [one.fewest for one in themes_of(published)] == [12]


def test_what_is_told_says_nothing_of_its_sources_its_writer_or_its_day(
    scene, coordinator
):
    lessons = [shared(pair) for pair in scene.pairs[:10]]
    texts = [f"Thought {number}." for number in range(24)]
    themes = [a_theme(lessons, coordinator, text) for text in texts]
    period = publish_all()
    with connections["steer"].cursor() as cursor:
        cursor.execute("select * from published.theme")
        columns = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    assert columns == ["id", "period_id", "text"]
    assert {row[1] for row in rows} == {period.pk}
    assert not {row[0] for row in rows} & {theme.pk for theme in themes}
    # In the order of the table and of the ids, one in 24! of being this one.
    assert [row[2] for row in rows] != texts
    assert told() != texts
    assert sorted(told()) == sorted(texts)


@pytest.mark.parametrize("alias", ["publisher", "steer", "default"])
def test_no_role_puts_a_theme_there_or_changes_one(scene, coordinator, alias):
    a_theme([shared(pair) for pair in scene.pairs[:10]], coordinator)
    period = publish_all()
    for statement in (
        "update published.theme set text = 'Better'",
        "delete from published.theme",
        f"insert into published.theme values (gen_random_uuid(), '{period.pk}', 'x')",
    ):
        with (
            pytest.raises(Error, match="permission denied"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_only_the_publisher_releases_and_only_with_the_period(scene, coordinator):
    a_theme([shared(pair) for pair in scene.pairs[:10]], coordinator)
    period = Period.objects.get()
    release = "select release_themes(%s)"
    with (
        pytest.raises(Error, match="permission denied"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(release, [period.pk])
    with connections["publisher"].cursor() as cursor:
        cursor.execute(release, [period.pk])
    assert told() == []


def test_a_withheld_period_tells_no_theme_and_the_next_one_may(
    scene, coordinator, client
):
    lessons = [shared(pair) for pair in scene.pairs[:10]]
    theme = a_theme(lessons, coordinator)
    actions.close_periods(AFTER)
    actions.sweep_periods(AFTER)
    period = Period.objects.get(state="audited")
    assert THEME in client.get(address("preview", period)).content.decode()
    actions.open_periods(AFTER)
    later = Period.objects.open().get()
    assert THEME not in client.get(address("period", later)).content.decode()
    actions.withhold(period, by=coordinator, at=AFTER)
    assert told() == []
    page = client.get(address("period", later)).content.decode()
    assert "An earlier period was told without it" in page
    sent = {"text": THEME, "lessons": [str(one.pk) for one in lessons]}
    assert client.post(address("theme", theme), sent).status_code == 302
    theme.refresh_from_db()
    assert theme.period_id == later.pk


def test_words_of_a_lesson_are_refused_beside_the_field_and_all_is_kept(
    scene, coordinator, client
):
    lessons = [shared(pair) for pair in scene.pairs[:2]]
    shared(scene.pairs[2], "Ask three questions before you give one answer.")
    url = address("theme_new", Period.objects.get())
    text = "Many ask Three  questions, before you give anything."
    chosen = [str(one.pk) for one in lessons]
    answer = client.post(url, {"text": text, "lessons": chosen})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“ask Three  questions, before you give” stands in one of" in page
    assert text in page
    assert page.count("checked") == 2
    assert not Theme.objects.exists()
    assert client.post(url, {"text": THEME, "lessons": chosen}).status_code == 302
    said = [str(entry.changes) for entry in AuditEntry.objects.all()]
    assert not [one for one in said if "sooner" in one]


@pytest.mark.parametrize(
    ("text", "lesson", "words"),
    [
        ("One two three four five six.", "one, two three FOUR five six seven", True),
        ("One two three four five.", "one two three four five six", False),
        ("So: keep it small!", "Keep it small.", True),
        ("Keep going.", "Keep going", False),
        ("Straße und Weg und Ziel und mehr", "STRASSE und Weg und Ziel und", True),
        ("", "one two three", False),
    ],
)
def test_six_words_in_a_row_are_borrowed_and_a_short_lesson_as_a_whole(
    text, lesson, words
):
    assert bool(borrowed(text, ["Nothing alike.", lesson])) is words


def test_sources_are_forgotten_with_the_roster(scene, coordinator):
    a_theme([shared(pair) for pair in scene.pairs[:10]], coordinator)
    publish_all()
    actions.forget_rosters(AFTER + timedelta(days=89))
    assert ThemeSource.objects.count() == 10
    actions.forget_rosters(AFTER + timedelta(days=91))
    assert not ThemeSource.objects.exists()
    assert told() == [THEME]


def test_writing_and_publishing_at_once_tell_one_whole_theme_or_a_draft(
    scene, coordinator
):
    lessons = [shared(pair) for pair in scene.pairs[:10]]
    actions.close_periods(AFTER)
    actions.sweep_periods(AFTER)
    period = Period.objects.get(state="audited")
    at_once(
        lambda: a_theme(lessons, coordinator, period=period),
        lambda: actions.publish_waiting(NEXT_NIGHT),
    )
    assert Period.objects.get(pk=period.pk).state == "published"
    assert told() == [one.text for one in Theme.objects.filter(is_told=True)]
    assert not Theme.objects.drafts().exists()


def test_lists_take_as_many_queries_for_three_themes_as_for_one(
    scene, coordinator, client, django_assert_num_queries
):
    period = Period.objects.get()
    lessons = [shared(pair) for pair in scene.pairs[:2]]
    a_theme(lessons[:1], coordinator)
    client.get(address("period", period))
    with django_assert_num_queries(9):
        client.get(address("period", period))
    for _again in range(2):
        a_theme(lessons, coordinator)
    with django_assert_num_queries(9):
        client.get(address("period", period))
