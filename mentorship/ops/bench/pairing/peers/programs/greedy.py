"""The best pair first, then the best of those still possible, over all pairs."""

import numpy as np
from clock import report


def pair(instance):
    score, free = instance["score"], instance["capacity"].copy()
    mentor_of = np.full(len(score), -1)
    rows, columns = np.nonzero(np.isfinite(score))
    best_first = np.argsort(-score[rows, columns], kind="stable")
    for row, column in zip(
        rows[best_first].tolist(), columns[best_first].tolist(), strict=True
    ):
        if mentor_of[row] < 0 and free[column]:
            mentor_of[row] = column
            free[column] -= 1
    return mentor_of


report(pair)
