"""Private words lie encrypted, bound to their place, under a key of their holder."""

import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from feedback.models import ReflectionWords
from mentorship.accounts import sealing
from mentorship.accounts.acting import acting_as
from mentorship.accounts.fields import is_written
from mentorship.accounts.models import SealKey
from milestones.models import ActionItem, ActionWords
from pairing.models import SessionWords
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS = "I keep waiting until I am sure."


def a_thought(thought=WORDS):
    reflection = make.ReflectionFactory()
    author = reflection.author.user
    with acting_as(author):
        words = ReflectionWords.objects.create(
            reflection=reflection, author=author, thought=thought
        )
    return author, words


def raw(author, column="thought", table="feedback_reflectionwords"):
    with acting_as(author), connection.cursor() as cursor:
        cursor.execute(f"select {column} from {table}")
        return [bytes(value) for (value,) in cursor.fetchall()]


def test_the_database_holds_no_word_of_it():
    author, _words = a_thought()
    (stored,) = raw(author)
    assert WORDS.encode() not in stored
    assert len(stored) == 1 + 12 + len(WORDS) + 16


def test_the_same_words_are_never_stored_alike():
    first, _words = a_thought()
    second, _words = a_thought()
    assert raw(first) != raw(second)


def test_the_row_opens_them_again():
    author, _words = a_thought()
    with acting_as(author):
        assert ReflectionWords.objects.get().thought == WORDS


def test_nothing_stays_nothing():
    author, _words = a_thought("")
    assert raw(author) == [b""]
    with acting_as(author):
        assert ReflectionWords.objects.get().thought == ""
    assert not SealKey.objects.exists()


def test_that_something_is_written_is_seen_without_a_key(django_assert_num_queries):
    for thought, is_there in ((WORDS, True), ("", False)):
        author, words = a_thought(thought)
        with acting_as(author):
            words.refresh_from_db()
            kept = ReflectionWords.objects.get()
            with django_assert_num_queries(0):
                assert is_written(words, "thought") is is_there
                assert is_written(kept, "thought") is is_there
        assert is_written(ReflectionWords(thought=thought), "thought") is is_there


def test_lists_and_dicts_come_back_as_they_were():
    session = make.SessionFactory()
    with acting_as(session.pair.mentee.user):
        SessionWords.objects.create(
            session=session, pair=session.pair, topics=["é", "b"]
        )
        assert SessionWords.objects.get().topics == ["é", "b"]
        assert SessionWords.objects.get().place == ""


def test_two_rows_of_a_pair_share_one_key_asked_once(django_assert_num_queries):
    pair = make.PairFactory()
    items = [
        ActionItem.objects.create(pair=pair, owner=pair.mentee, for_side="mentee")
        for _ in range(3)
    ]
    with acting_as(pair.mentee.user):
        for item in items:
            ActionWords.objects.create(item=item, pair=pair, text="Ask Rosa")
    assert [key.pk for key in SealKey.objects.all()] == [pair.pk]
    with acting_as(pair.mentor.user):
        words = list(ActionWords.objects.all())
        with django_assert_num_queries(1):
            assert {one.text for one in words} == {"Ask Rosa"}


def test_many_keys_open_with_one_query(django_assert_num_queries):
    thoughts = [a_thought() for _ in range(3)]
    with acting_as(thoughts[0][0]), django_assert_num_queries(1):
        sealing.open_keys(author.pk for author, _words in thoughts)
        for author, _words in thoughts:
            assert sealing.key_of(author.pk) is not None


def test_words_moved_to_another_row_do_not_open():
    author, words = a_thought()
    other = make.ReflectionFactory(author=words.reflection.author)
    with acting_as(author):
        moved = ReflectionWords.objects.create(reflection=other, author=author)
        with connection.cursor() as cursor:
            cursor.execute(
                "update feedback_reflectionwords set thought = %s"
                " where reflection_id = %s",
                [raw(author)[0], moved.pk],
            )
        with pytest.raises(InvalidTag):
            ReflectionWords.objects.get(pk=moved.pk).thought  # noqa: B018


def test_changed_words_do_not_open():
    author, words = a_thought()
    (stored,) = raw(author)
    changed = stored[:-1] + bytes([stored[-1] ^ 1])
    place = words._meta.get_field("thought").place_of(words)
    with pytest.raises(InvalidTag):
        sealing.unseal(changed, holder=author.pk, place=place)


def test_a_forgotten_key_leaves_nothing_to_read():
    author, _words = a_thought()
    SealKey.objects.filter(pk=author.pk).delete()
    with acting_as(author):
        assert ReflectionWords.objects.get().thought == ""


def test_they_are_not_searched_or_changed_without_their_row():
    author, _words = a_thought()
    for attempt in (
        lambda: ReflectionWords.objects.filter(thought=WORDS).exists(),
        lambda: ReflectionWords.objects.update(thought="other words"),
    ):
        with pytest.raises(TypeError, match="sealed"), acting_as(author):
            attempt()


def test_a_value_without_its_row_shows_nothing():
    author, _words = a_thought()
    with acting_as(author):
        (value,) = ReflectionWords.objects.values_list("thought", flat=True)
    assert f"{value}" == "sealed"
    assert WORDS not in repr(value)


def test_a_new_master_key_takes_over(settings):
    author, _words = a_thought()
    settings.SEALING_KEYS = [*settings.SEALING_KEYS, "2:" + "0f" * 32]
    call_command("rewrap_keys")
    assert SealKey.objects.get().master == 2
    settings.SEALING_KEYS = settings.SEALING_KEYS[1:]
    with acting_as(author):
        assert ReflectionWords.objects.get().thought == WORDS
    assert sealing.rewrap_all() == 0


def test_a_master_key_that_is_gone_is_said(settings):
    author, _words = a_thought()
    settings.SEALING_KEYS = ["2:" + "0f" * 32]
    with acting_as(author), pytest.raises(ImproperlyConfigured, match="number 1"):
        ReflectionWords.objects.get().thought  # noqa: B018


def test_two_at_once_make_one_key():
    holder = uuid.uuid4()
    first = SealKey.objects.made_for(holder, *sealing.wrap(b"a" * 32, holder))
    second = SealKey.objects.made_for(holder, *sealing.wrap(b"b" * 32, holder))
    assert bytes(first.wrapped) == bytes(second.wrapped)
