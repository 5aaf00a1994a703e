"""Whoever forgets a filter still shows each reader what is theirs, and no more."""

import pytest
from django.db import DatabaseError, transaction

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User
from tests import factories as make
from tests.private import private_models, write_everything

pytestmark = pytest.mark.django_db
WORD = "kanarienvogel"
STAFF = ("coordinator", "facilitator", "steering", "sponsor")
# Who reads a row that the mentee wrote, by the mark of its table.
READERS = {
    "story": {"mentee"},  # a draft: nobody but its teller
    "author": {"mentee"},
    "pair": {"mentee", "mentor"},
    "concern": {"mentee", "owner"},
    "facilitators": {"mentee", "facilitator"},
}


@pytest.fixture
def people():
    """Everybody around a pair; its mentee has written into every private table."""
    pair = make.PairFactory()
    other, program = make.PairFactory(cohort=pair.cohort), pair.cohort.program
    people = {
        "mentee": pair.mentee.user,
        "mentor": pair.mentor.user,
        "other_mentor": other.mentor.user,
        "other_mentee": other.mentee.user,
        "administrator": User.objects.create_superuser("admin@kestrel.example"),
        "owner": make.UserFactory(),
        **{kind: make.RoleFactory(program=program, kind=kind).user for kind in STAFF},
        "other_coordinator": make.RoleFactory().user,
    }
    people["rows"] = write_everything(pair, pair.mentee.user, WORD, people["owner"])
    return people


def test_all_rows_of_a_table_are_those_of_its_readers(people):
    rows = people.pop("rows")
    for model in private_models():
        for name, user in people.items():
            with acting_as(user):
                found = list(model.objects.all())
            expected = name in READERS[model.confidential]
            assert found == ([rows[model]] if expected else []), (model, name)


def test_outside_of_the_door_every_private_table_is_empty(people):
    assert not [model for model in private_models() if model.objects.exists()]


def test_nobody_changes_or_deletes_what_they_do_not_read(people):
    rows = people.pop("rows")
    for model in private_models():
        for name in people.keys() - READERS[model.confidential]:
            with acting_as(people[name]):
                mine = model.objects.filter(pk=rows[model].pk)
                assert mine._raw_delete(mine.db) == 0, (model, name)
    with acting_as(people["mentee"]):
        assert all(model.objects.exists() for model in private_models())


def test_nobody_writes_in_anothers_name(people):
    """Every row again under a new key, by each who may not read it: refused."""
    rows = people.pop("rows")
    for model, row in rows.items():
        for name in people.keys() - READERS[model.confidential]:
            with acting_as(people[name]), pytest.raises(DatabaseError) as refused:
                copy_of(row)
            assert "row-level security" in str(refused.value), (model, name)


def copy_of(row):
    with transaction.atomic():
        row._state.adding = True
        row.save(force_insert=True)


@pytest.fixture
def careless(settings):
    settings.ROOT_URLCONF = "tests.confidentiality.careless"


def test_a_careless_view_shows_each_reader_their_own(client, people, careless):
    people.pop("rows")
    for name, user in people.items():
        client.force_login(user)
        shown = client.get("/everything/").content.decode()
        expected = {
            model.__name__
            for model in private_models()
            if name in READERS[model.confidential]
        }
        assert {line.split()[0] for line in shown.splitlines()} == expected, name
        assert (WORD in shown) is bool(expected), name


def test_a_view_without_the_door_shows_nothing(client, people, careless):
    people.pop("rows")
    for user in people.values():
        client.force_login(user)
        assert client.get("/without-the-door/").content == b""
