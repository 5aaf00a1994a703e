"""A suggestion helps a little or does not hurt; the weights in use are mostly right."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from pairing.engine import learning
from pairing.engine.learning import ClosedPairs, NothingLearned, suggest

NAMES = (
    "skills",
    "goals",
    "interests",
    "working_style",
    "learning_preference",
    "cross_function",
    "rotation",
    "availability",
    "languages",
    "wishes",
)
USED = np.array([0.28, 0.10, 0.08, 0.14, 0.06, 0.06, 0.04, 0.08, 0.04, 0.12])
# As the weights in use, but that ways of learning and turns are truly worth nothing.
TRUE = np.array([0.32, 0.12, 0.06, 0.24, 0, 0.04, 0, 0.10, 0.04, 0.08])
TRUE, USED = TRUE / TRUE.sum(), USED / USED.sum()
IN_USE = dict(zip(NAMES, USED, strict=True))
SLOPE = 10  # logits between the worst and the best pair there could be
TOLERANCE = 0.012  # of a plan's worth; the best weights would add .02 or so


def values_of(dice, people):
    """Every pair's factors in a program of as many mentees and mentors."""
    size = (people, people)
    values = dice.beta(2, 2, (*size, len(NAMES)))
    values[..., 4] = dice.random(size) < 0.3
    values[..., 5] = dice.random(size) < 0.7
    values[..., 6] = 1 / (1 + dice.integers(0, 4, people))
    wished = dice.random(size) < 0.1
    values[..., 9] = np.where(wished, dice.integers(1, 6, size) / 5, 0)
    return values


def paired(values, weights):
    return linear_sum_assignment(-(values @ weights))


def closed_pairs(dice, pairs) -> ClosedPairs:
    """Programs paired by the weights in use, and how their pairs went: mentors and
    whoever judges them differ by themselves, and every mentor has two pairs."""
    values, mentors, raters = [], [], []
    for program in range(-(-pairs // 20)):
        found = values_of(dice, 20)
        rows, columns = paired(found, USED)
        values += list(found[rows, columns])
        mentors += [f"{program // 2}/{column}" for column in columns]
        raters += [str(program % 3)] * 20
    values, mentors, raters = np.array(values[:pairs]), mentors[:pairs], raters[:pairs]
    of_mentor = {name: dice.normal(0, 0.5) for name in sorted(set(mentors))}
    of_rater = {name: dice.normal(0, 0.5) for name in sorted(set(raters))}
    lean = [of_mentor[m] + of_rater[r] for m, r in zip(mentors, raters, strict=True)]
    logit = SLOPE * (values @ TRUE - 0.62) + np.array(lean)
    good = (dice.random(pairs) < 1 / (1 + np.exp(-logit))).astype(int)
    return ClosedPairs(NAMES, values, good, mentors, raters)


def worth(values, weights) -> float:
    """How good a plan chosen by these weights truly is, per pair."""
    rows, columns = paired(values, weights)
    return float((values[rows, columns] @ TRUE).mean())


def plain(closed) -> np.ndarray:
    """The weights of a regression that knows nothing beforehand."""
    model = learning._Model.of(closed, IN_USE)
    return model.fit(1e-6)[: len(NAMES)]


def suggested(closed) -> np.ndarray:
    shares = suggest(closed, IN_USE).shares
    return np.array([shares[name].suggested for name in NAMES])


def trial(pairs, seed):
    """What a new program gains over the weights in use: suggested, and plain."""
    dice = np.random.default_rng(1000 * seed + pairs)
    closed, new = closed_pairs(dice, pairs), values_of(dice, 100)
    before = worth(new, USED)
    return (
        worth(new, suggested(closed)) - before,
        worth(new, plain(closed)) - before,
    )


@pytest.mark.parametrize("pairs", [40, 80, 150, 300])
def test_a_suggestion_does_not_hurt_where_the_weights_in_use_are_mostly_right(pairs):
    gains = [trial(pairs, seed)[0] for seed in range(6)]
    assert min(gains) > -TOLERANCE
    assert np.mean(gains) > 0


def test_a_regression_without_a_prior_does_worse_at_forty_pairs():
    gains = [trial(40, seed) for seed in range(6)]
    ours, without = np.mean(gains, axis=0)
    assert without < ours
    assert without < -TOLERANCE


def test_fewer_pairs_move_the_weights_less():
    def moved(pairs):
        dice = [np.random.default_rng(seed) for seed in range(4)]
        return np.mean(
            [abs(suggested(closed_pairs(d, pairs)) - USED).sum() for d in dice]
        )

    assert moved(40) < 0.15
    assert moved(40) < moved(150) < moved(1000)


def test_what_is_worth_nothing_is_learned_to_be_worth_less():
    closed = closed_pairs(np.random.default_rng(3), 1200)
    shares = suggest(closed, IN_USE).shares
    for name in ("learning_preference", "rotation"):
        assert shares[name].suggested < shares[name].now / 2


def test_rough_intervals_hold_the_truth_about_nine_times_in_ten():
    held = []
    for seed in range(12):
        closed = closed_pairs(np.random.default_rng(seed), 120)
        shares = suggest(closed, IN_USE).shares
        held += [
            shares[name].low - 1e-9 <= truth <= shares[name].high + 1e-9
            for name, truth in zip(NAMES, TRUE, strict=True)
        ]
    assert 0.7 < np.mean(held) < 0.97


def test_mentors_whose_pairs_go_alike_widen_the_intervals():
    closed = closed_pairs(np.random.default_rng(5), 60)
    twice = {
        "values": np.repeat(closed.values, 4, axis=0),
        "good": np.repeat(closed.good, 4),
    }
    apart = ClosedPairs(NAMES, mentors=[str(n) for n in range(240)], **twice)
    together = ClosedPairs(NAMES, mentors=[str(n // 4) for n in range(240)], **twice)
    width = [
        sum(share.high - share.low for share in suggest(closed, IN_USE).shares.values())
        for closed in (apart, together)
    ]
    assert width[1] > 1.2 * width[0]


def test_a_strict_judge_is_not_mistaken_for_a_factor():
    """One judge finds nearly nothing good and met pairs that share few interests."""
    dice = np.random.default_rng(8)
    values = dice.random((200, len(NAMES)))
    raters = ["strict" if row < 100 else "kind" for row in range(200)]
    values[:100, 2] *= 0.5
    good = (dice.random(200) < np.where(np.arange(200) < 100, 0.15, 0.85)).astype(int)
    mentors = [str(row) for row in range(200)]
    fair = suggest(ClosedPairs(NAMES, values, good, mentors, raters), IN_USE)
    fooled = suggest(ClosedPairs(NAMES, values, good, mentors), IN_USE)
    assert fooled.shares["interests"].suggested > 1.5 * USED[2]
    assert fair.shares["interests"].suggested < fooled.shares["interests"].suggested


def test_nothing_is_suggested_under_forty_pairs():
    closed = closed_pairs(np.random.default_rng(1), 39)
    assert suggest(closed, IN_USE) == NothingLearned("too few", 39)


@pytest.mark.parametrize("outcome", [0, 1])
def test_nothing_is_suggested_where_all_went_alike(outcome):
    closed = closed_pairs(np.random.default_rng(1), 60)
    alike = ClosedPairs(NAMES, closed.values, np.full(60, outcome), closed.mentors)
    assert suggest(alike, IN_USE) == NothingLearned("all alike", 60)


def test_shares_sum_to_one_and_none_is_negative():
    shares = suggest(closed_pairs(np.random.default_rng(2), 90), IN_USE).shares
    assert sum(share.suggested for share in shares.values()) == pytest.approx(1)
    for share in shares.values():
        assert 0 <= share.low <= share.suggested <= share.high <= 1


def test_a_factor_that_is_off_stays_off_and_one_alike_everywhere_is_not_learned():
    closed = closed_pairs(np.random.default_rng(2), 90)
    closed.values[:, 1] = 0.5
    shares = suggest(closed, IN_USE | {"wishes": 0.0}).shares
    assert (shares["wishes"].suggested, shares["wishes"].learned) == (0, False)
    assert not shares["goals"].learned
    assert shares["goals"].suggested == shares["goals"].now
    assert shares["skills"].learned


def test_the_same_pairs_in_any_order_say_the_same():
    closed = closed_pairs(np.random.default_rng(4), 320)
    order = np.random.default_rng(0).permutation(320)
    shuffled = ClosedPairs(
        NAMES,
        closed.values[order],
        closed.good[order],
        [closed.mentors[row] for row in order],
        [closed.raters[row] for row in order],
    )
    once, again = suggest(closed, IN_USE), suggest(shuffled, IN_USE)
    assert suggest(closed, IN_USE) == once
    assert again.strength == once.strength
    for name in NAMES:
        one, other = once.shares[name], again.shares[name]
        assert one.suggested == pytest.approx(other.suggested, abs=1e-6)


@pytest.mark.parametrize(
    "name", ["sex", "age", "ethnicity", "department", "tenure", "site", "function"]
)
def test_only_factors_of_pairing_can_be_columns(name):
    with pytest.raises(ValueError, match=name):
        ClosedPairs((name,), np.zeros((50, 1)), np.zeros(50), ["m"] * 50)


def test_values_are_shares():
    with pytest.raises(ValueError, match="0 to 1"):
        ClosedPairs(("skills",), np.full((50, 1), 2.0), np.zeros(50), ["m"] * 50)
