"""A prepared statement is built once and still finds what is whose."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.accounts.prepared import ValueWouldStay, fetch, prepared
from pairing.models import NotebookEntry, Pair, Session
from tests import factories as make

pytestmark = pytest.mark.django_db


def a_page(body):
    author = make.UserFactory()
    with acting_as(author):
        NotebookEntry.objects.create(author=author, body=body)
    return author


def test_it_is_built_once_and_finds_what_is_whose():
    built = []

    @prepared
    def pairs_of(user):
        built.append(user)
        return Pair.objects.of(user).with_people()

    first, second = make.PairFactory(), make.PairFactory()
    assert pairs_of(first.mentor.user) == [first]
    assert pairs_of(second.mentee.user) == [second]
    assert pairs_of(make.UserFactory()) == []
    assert len(built) == 1


def test_rows_come_with_their_relations_and_annotations(django_assert_num_queries):
    @prepared
    def pairs_of(user, now):
        return Pair.objects.of(user).with_people().with_rhythm(now)

    pair = make.PairFactory()
    make.SessionFactory(pair=pair, state="held", held_on=pair.started_on)
    with django_assert_num_queries(1):
        found = pairs_of(pair.mentor.user, timezone.now())[0]
        assert (found.mentee.user.name, found.held) == (pair.mentee.user.name, 1)


def fields_of(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_rows_are_as_django_makes_them(django_assert_num_queries):
    def pairs(pk):
        found = Pair.objects.filter(pk=pk).defer("kind")
        return found.select_related("mentor__user", "proposal", "ended_by")

    pair = make.PairFactory()
    ours, djangos = prepared(pairs)(pair.pk)[0], pairs(pair.pk).get()
    with django_assert_num_queries(0):
        assert fields_of(ours) == fields_of(djangos)
        assert fields_of(ours.mentor) == fields_of(djangos.mentor)
        assert fields_of(ours.mentor.user) == fields_of(djangos.mentor.user)
        assert (ours.ended_by, ours.proposal) == (None, djangos.proposal)
        assert (ours._state.db, ours._state.adding) == ("default", False)
    assert ours.get_deferred_fields() == {"kind"}
    assert ours.kind == pair.kind


def test_a_list_may_have_any_length():
    @prepared
    def these(keys):
        return Pair.objects.filter(pk__in=keys)

    pairs = make.PairFactory.create_batch(3)
    for n in range(4):
        assert {*these([pair.pk for pair in pairs[:n]])} == {*pairs[:n]}


@pytest.mark.parametrize(
    "build",
    [
        lambda now: Session.objects.filter(starts_at__gt=now - timedelta(days=1)),
        lambda now: Session.objects.filter(
            starts_at__gt=now, logged_at__lt=timezone.now()
        ),
        lambda now: Session.objects.filter(starts_at__gt=now, starts_at__date=now),
        lambda now: Session.objects.all(),
    ],
    ids=["computed", "from the clock", "in somebody's zone", "left out"],
)
def test_a_value_of_the_first_call_is_refused(build):
    with pytest.raises(ValueWouldStay):
        prepared(build)(timezone.now())


def test_a_kept_plan_shows_each_person_their_own_words_only():
    """Postgres settles on one plan for all after five runs."""

    @prepared
    def pages(user):
        return NotebookEntry.objects.filter(author=user)

    first, second = a_page("mine"), a_page("yours")
    for _again in range(8):
        with acting_as(first):
            assert [page.body for page in pages(first)] == ["mine"]
            assert pages(second) == []
        with acting_as(second):
            assert [page.body for page in pages(second)] == ["yours"]
        assert pages(first) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "select generic_plans from pg_prepared_statements "
            "where statement like '%pairing_notebookentry%'"
        )
        assert max(plans for (plans,) in cursor.fetchall()) > 0


def test_what_was_fetched_is_of_its_own_parent(django_assert_num_queries):
    @prepared
    def sessions_of(pairs):
        return Session.objects.filter(pair__in=pairs)

    pairs = make.PairFactory.create_batch(2)
    mine, theirs = (make.SessionFactory(pair=pair) for pair in pairs)
    with django_assert_num_queries(1):
        fetch(pairs, "sessions", sessions_of, by="pair")
        fetch(pairs, "sessions", sessions_of, by="pair")
        assert [list(pair.sessions.all()) for pair in pairs] == [[mine], [theirs]]
        assert pairs[0].sessions.all()[0].pair is pairs[0]
    assert not pairs[0].sessions.filter(pk=theirs.pk).exists()
