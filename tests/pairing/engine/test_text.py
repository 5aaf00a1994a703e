"""Goals in people's own words count by the words they share."""

import math
import re
from collections import Counter
from dataclasses import replace

import pytest

from pairing.engine import Problem, Weights, explain, solve
from tests.pairing.engine.people import person

OURS = [
    "I want to lead a team and speak in public",
    "Grow into data science, statistics and data",
    "",
]
THEIRS = ["Public speaking and leading a team", "Data pipelines; statistics", "Sailing"]
TEXT_ONLY = Weights.from_dict({"goal_text": 1})


def cosine(ours, theirs, texts):
    """TF-IDF by the book, one pair at a time; words in over half of texts left out."""
    bags = [Counter(re.findall(r"[a-z]{3,}", text.lower())) for text in texts]
    spread = Counter(word for bag in bags for word in bag)
    said = sum(map(bool, texts))
    rarity = {
        word: math.log((1 + len(texts)) / (1 + number)) + 1
        for word, number in spread.items()
        if number <= max(2, said / 2)
    }

    def vector(text):
        bag = Counter(re.findall(r"[a-z]{3,}", text.lower()))
        return {w: n * rarity[w] for w, n in bag.items() if w in rarity}

    one, other = vector(ours), vector(theirs)
    length = math.dist(one.values(), [0] * len(one)) * math.dist(
        other.values(), [0] * len(other)
    )
    return sum(one[w] * other.get(w, 0) for w in one) / length if length else 0


def people(weights):
    return Problem(
        tuple(person(f"e{n}", goal_text=text) for n, text in enumerate(OURS)),
        tuple(person(f"o{n}", goal_text=text) for n, text in enumerate(THEIRS)),
        weights=weights,
    )


def told(problem, mentee, mentor):
    return {f.name: f for f in explain(problem, mentee, mentor)}["goal_text"]


def test_likeness_is_the_exact_cosine():
    for i, ours in enumerate(OURS):
        for j, theirs in enumerate(THEIRS):
            found = told(people(TEXT_ONLY), f"e{i}", f"o{j}")
            expected = cosine(ours, theirs, OURS + THEIRS)
            assert found.value == pytest.approx(expected, abs=1e-6)


def test_the_evidence_is_the_shared_words():
    found = told(people(TEXT_ONLY), "e1", "o1")
    assert found.evidence == {"shared": ["data", "statistics"]}
    assert told(people(TEXT_ONLY), "e2", "o1").evidence == {}


def test_words_decide_nothing_until_they_are_given_weight():
    quiet = people(Weights())
    silent = replace(
        quiet, mentees=tuple(replace(p, goal_text="") for p in quiet.mentees)
    )
    assert solve(quiet).mentor_of == solve(silent).mentor_of
    assert told(quiet, "e1", "o1").evidence == {}
    assert solve(people(TEXT_ONLY)).mentor_of["e1"] == "o1"
