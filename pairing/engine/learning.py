"""Weights that fit how closed pairs went: a suggestion, never a change.

A Bayesian logistic regression (MacKay 2003, ch. 41) whose prior mean is the weights in
use, so that few pairs move little. Its limits belong beside every result: only pairs
that were made are seen, raters differ, pairs of one mentor are not independent, and
nothing here says what caused what.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from .weights import Weights

FEWEST = 40  # closed pairs under which nothing is suggested
MANY = 300  # from here on the strength of the prior is chosen by cross-validation
STRENGTH = 10.0  # precision of the prior on every weight, in squared logits
STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)
RATER_STRENGTH = 1.0  # raters differ by about one logit
FOLDS = 5
MOST_STEPS = 60
# What a share of 1 is worth in logits: a guess that few pairs hardly move, because
# under a small scale noise looks like weights.
SCALE, SCALE_STRENGTH = 8.0, 1.0
NOMINAL = 1.6449  # standard errors to each side for nine in ten
ALIKE = 0.02  # a factor whose values spread less than this teaches nothing


@dataclass(frozen=True)
class ClosedPairs:
    """What happened: row by row the factors' values (n x d, 0 to 1, in the order of
    `names`), whether it went well (n, 0 or 1), the mentor and whoever judged it."""

    names: tuple[str, ...]
    values: np.ndarray
    good: np.ndarray
    mentors: Sequence[str]
    raters: Sequence[str] = ()

    def __post_init__(self) -> None:
        if foreign := set(self.names) - Weights().as_dict().keys():
            raise ValueError(f"not a factor of pairing: {', '.join(sorted(foreign))}")
        if not ((self.values >= 0) & (self.values <= 1)).all():
            raise ValueError("the values of factors are 0 to 1")


@dataclass(frozen=True)
class Share:
    """One factor's share of the whole: in use, suggested, and a rough interval of nine
    in ten. `learned` is False where the pairs cannot tell: the factor is off, or alike
    in all of them."""

    now: float
    suggested: float
    low: float
    high: float
    learned: bool


@dataclass(frozen=True)
class Suggestion:
    """What `pairs` closed pairs, `good` of them good, would say about the weights."""

    pairs: int
    good: int
    shares: dict[str, Share]
    strength: float

    def weights(self) -> dict[str, float]:
        """The suggested shares by factor; they sum to 1."""
        return {name: share.suggested for name, share in self.shares.items()}


@dataclass(frozen=True)
class NothingLearned:
    """Why there is no suggestion: "too few" closed pairs, "all alike" in how they went,
    or "nothing known" of what they were paired by."""

    why: str
    pairs: int


def suggest(
    closed: ClosedPairs, current: Mapping[str, float]
) -> Suggestion | NothingLearned:
    """Weights that fit the closed pairs, drawn towards the `current` ones.

    Weights are not negative and a factor that is off stays off. Intervals are
    Laplace's, widened for mentors with several pairs (Liang and Zeger 1986); they are
    rough.
    """
    pairs, good = len(closed.good), int(np.sum(closed.good))
    if pairs < FEWEST:
        return NothingLearned("too few", pairs)
    if good in (0, pairs):
        return NothingLearned("all alike", pairs)
    whole = sum(current.values())
    now = {name: value / whole for name, value in current.items()}
    model = _Model.of(closed, now)
    if not model.names:
        return NothingLearned("nothing known", pairs)
    strength = model.best_strength() if pairs >= MANY else STRENGTH
    return Suggestion(pairs, good, _shares(model, strength, now), strength)


@dataclass(frozen=True)
class _Model:
    """The regression's arrays. Columns of `x` are the factors in `names`, one for each
    rater, and ones; `cluster` numbers the mentors; `mean` is the prior's, by factor."""

    names: tuple[str, ...]
    x: np.ndarray
    y: np.ndarray
    cluster: np.ndarray
    mean: np.ndarray

    @classmethod
    def of(cls, closed: ClosedPairs, now: Mapping[str, float]) -> "_Model":
        spread = closed.values.std(axis=0)
        kept = [
            column
            for column, name in enumerate(closed.names)
            if now.get(name, 0) > 0 and spread[column] > ALIKE
        ]
        names = tuple(closed.names[column] for column in kept)
        values = np.asarray(closed.values, dtype=float)[:, kept]
        raters, judged = np.unique(list(closed.raters) or ["all"], return_inverse=True)
        judged = np.resize(judged, len(values))
        ones = np.ones((len(values), 1))
        x = np.hstack([values, np.eye(len(raters))[judged], ones])
        _mentors, cluster = np.unique(list(closed.mentors), return_inverse=True)
        share = np.array([now[name] for name in names])
        y = np.asarray(closed.good, dtype=float)
        return cls(names, x, y, cluster, share * _scale(values @ share, y))

    def precision(self, strength: float) -> np.ndarray:
        """The prior's precision in every column; the last, common one is free."""
        raters = self.x.shape[1] - len(self.names) - 1
        return np.array(
            [strength] * len(self.names) + [RATER_STRENGTH] * raters + [1e-6]
        )

    def fit(self, strength: float, rows: np.ndarray | None = None) -> np.ndarray:
        """The most probable coefficients given these rows, or all: Newton's method,
        projected to weights that are not negative (Bertsekas 1982)."""
        x = self.x if rows is None else self.x[rows]
        y = self.y if rows is None else self.y[rows]
        precision = self.precision(strength)
        mean = np.append(self.mean, np.zeros(x.shape[1] - len(self.mean)))
        least = np.where(np.arange(len(mean)) < len(self.mean), 0, -np.inf)

        def cost(w):
            return -_told(y, x @ w) + precision @ (w - mean) ** 2 / 2

        w = mean
        for _ in range(MOST_STEPS):
            chance = expit(x @ w)
            slope = x.T @ (chance - y) + precision * (w - mean)
            free = (w > least) | (slope < 0)
            curve = _curvature(x[:, free], chance, precision[free])
            step = np.zeros(len(w))
            step[free] = np.linalg.solve(curve, slope[free])
            after = _downhill(cost, w, step, least)
            if np.abs(after - w).max() < 1e-9:
                break
            w = after
        return w

    def best_strength(self) -> float:
        """The prior's strength under which pairs of other mentors are foretold best;
        all pairs of a mentor lie in one fold."""
        folds = self.cluster % FOLDS

        def told(strength):
            total = 0.0
            for fold in range(FOLDS):
                w = self.fit(strength, np.flatnonzero(folds != fold))
                total += _told(self.y[folds == fold], self.x[folds == fold] @ w)
            return total

        return max(STRENGTHS, key=told)

    def covariance(self, w: np.ndarray, strength: float) -> np.ndarray:
        """Of the factors' coefficients: Laplace's, with what the clusters show in the
        place of what independent pairs would."""
        chance = expit(self.x @ w)
        precision = self.precision(strength)
        bread = np.linalg.inv(_curvature(self.x, chance, precision))
        each = self.x * (self.y - chance)[:, None]
        groups = self.cluster.max() + 1
        sums = np.zeros((groups, self.x.shape[1]))
        np.add.at(sums, self.cluster, each)
        meat = sums.T @ sums * groups / max(groups - 1, 1) + np.diag(precision)
        d = len(self.names)
        return (bread @ meat @ bread)[:d, :d]


def _told(good: np.ndarray, logit: np.ndarray) -> float:
    """The log-likelihood of what happened."""
    return float(np.sum(good * logit + log_expit(-logit)))


def _curvature(x: np.ndarray, chance: np.ndarray, precision: np.ndarray) -> np.ndarray:
    """The second derivatives of the cost."""
    return (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(precision)


def _downhill(
    cost: Callable, w: np.ndarray, step: np.ndarray, least: np.ndarray
) -> np.ndarray:
    """As far along the step as the cost does not rise, and never under `least`."""
    before = cost(w)
    for halving in range(30):
        after = np.maximum(w - step / 2**halving, least)
        if cost(after) <= before:
            return after
    return w


def _scale(score: np.ndarray, good: np.ndarray) -> float:
    """What a share of 1 is worth in logits: the slope of one logistic regression on
    the score in use, drawn towards `SCALE`."""
    x = score - score.mean()

    def cost(w):
        logit = w[0] + np.exp(w[1]) * x
        off = w[1] - np.log(SCALE)
        told = -_told(good, logit)
        error = expit(logit) - good
        slope = np.exp(w[1]) * (error @ x) + SCALE_STRENGTH * off
        return told + SCALE_STRENGTH * off**2 / 2, np.array([error.sum(), slope])

    found = minimize(cost, [0.0, np.log(SCALE)], jac=True, method="L-BFGS-B")
    return float(np.exp(found.x[1]))


def _shares(
    model: _Model, strength: float, now: Mapping[str, float]
) -> dict[str, Share]:
    """The learned factors share what they had before, by their new proportions."""
    d = len(model.names)
    w = model.fit(strength)
    spread = model.covariance(w, strength)
    whole = max(w[:d].sum(), 1e-9)
    held = sum(now[name] for name in model.names)
    shares = {
        name: Share(share, share, share, share, learned=False)
        for name, share in now.items()
    }
    for place, name in enumerate(model.names):
        part = w[place] / whole
        slope = (np.eye(d)[place] - part) / whole
        error = NOMINAL * float(np.sqrt(slope @ spread @ slope))
        shares[name] = Share(
            now=now[name],
            suggested=held * part,
            low=held * max(part - error, 0),
            high=held * min(part + error, 1),
            learned=True,
        )
    return shares
