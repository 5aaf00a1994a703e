"""What somebody's own words name as a good mentor."""

import pytest

from mentorship.participants.models.profile import IDEALS
from mentorship.participants.roster.columns import guess
from mentorship.participants.roster.ideals import NAMED_BY, ideals_in
from mentorship.participants.roster.state import state_of


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Listens, and asks good questions.", ["listens", "asks"]),
        ("Somebody honest who challenges me", ["is-frank", "challenges"]),
        ("Opens doors. An example. Encourages. Explains.",
         ["opens-doors", "lives-it", "encourages"]),
        ("Hört zu und ist ein Vorbild", ["listens", "lives-it"]),
        ("Teaches me her tricks", ["teaches"]),
        ("Has time", []),
        ("Brings masks", []),
        ("", []),
    ],
)  # fmt: skip
def test_words_name_ideals_in_their_order(text, named):
    assert ideals_in(text) == named


def test_every_ideal_of_a_profile_can_be_named():
    assert NAMED_BY.keys() == IDEALS.keys()


@pytest.mark.parametrize(
    "header", ["Good mentor", "What makes a good mentor?", "Ein guter Mentor ist …"]
)
def test_the_question_is_known_by_its_header(header):
    assert guess([header])[0].field == "good_mentor"


def test_a_row_keeps_the_words_and_what_they_name():
    row = {"role": "mentee", "good_mentor": "Listens first"}
    state = state_of(row, skill_slug=str, zone="UTC")
    assert state["good_mentor"] == "Listens first"
    assert state["mentor_ideals"] == ["listens"]
    assert (
        state_of({**row, "good_mentor": None}, skill_slug=str, zone="UTC")[
            "mentor_ideals"
        ]
        == []
    )


def test_a_list_without_the_question_leaves_ideals_alone():
    state = state_of({"role": "mentee"}, skill_slug=str, zone="UTC")
    assert "mentor_ideals" not in state
