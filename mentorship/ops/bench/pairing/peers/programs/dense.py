"""scipy's dense assignment of people to places, whose cost rises for each mentor."""

import numpy as np
from clock import places, report
from scipy.optimize import linear_sum_assignment


def pair(instance):
    score = instance["score"]
    owner, cost = places(instance)
    whole = 2 + 2 * len(score)  # one more person paired outweighs every score
    value = np.where(np.isfinite(score), score + whole, 0)[:, owner]
    value -= np.where(value > 0, cost, 0)
    rows, chosen = linear_sum_assignment(value, maximize=True)
    mentor_of = np.full(len(score), -1)
    real = value[rows, chosen] > 0
    mentor_of[rows[real]] = owner[chosen[real]]
    return mentor_of


report(pair)
