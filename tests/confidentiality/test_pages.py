"""Every page that answers, opened by everyone: private words meet their readers."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.private import write_everything
from tests.test_access_matrix import ROWS, address
from tests.world import ROLES, a_world

pytestmark = pytest.mark.django_db(databases=["default", "steer"])
CANARY = "kanarienvogel"
OF_THE_PAIR = {"mentor", "mentee"}
# The same word where only its writer reads it, or the owners of a concern.
OWN = "eigenkanarie"


# A reason for a no is read by facilitators too.
FACILITATORS_READ = {"facilitator": {"pairing:decline_reasons"}}


@pytest.fixture
def world():
    """Two programs, in one of which a mentee has written into every private table:
    CANARY where the pair reads it, OWN where only the mentee does."""
    world = a_world()
    pair, owner = world.own.pair, make.UserFactory()
    write_everything(pair, pair.mentee.user, CANARY, owner, own=OWN)
    return world


@pytest.mark.parametrize("role", ROLES)
def test_every_page_shows_private_words_to_their_readers_alone(world, role):
    """The matrix: every address that answers, by everyone; only the two of the pair
    ever meet the pair's words, and only their writer the writer's own."""
    client = Client()
    if world.people[role]:
        client.force_login(world.people[role])
    told = {CANARY: set(), OWN: set()}
    for row in ROWS:
        answer = client.get(address(row, world.own))
        for word, pages in told.items():
            if word.encode() in answer.content:
                pages.add(row.name)
    if role not in OF_THE_PAIR:
        assert told[CANARY] == set()
    if role != "mentee":
        assert told[OWN] <= FACILITATORS_READ.get(role, set())


def test_the_pair_does_read_them_somewhere(world):
    """So that the matrix above is not empty of words."""
    for role in OF_THE_PAIR:
        client = Client()
        client.force_login(world.people[role])
        page = client.get(reverse("pairing:workspace", args=[world.own.pair.pk]))
        assert CANARY in page.content.decode()
    client.force_login(world.people["mentee"])
    assert OWN in client.get(reverse("pairing:notebook")).content.decode()
