"""`matching`: the stable matching of mentees and mentors, deferred acceptance.

Both sides rank by the one score of a pair, each mentee their best twenty. The package
copies its linked players deeply, which takes a deep stack.
"""

import sys
import threading

import numpy as np
from clock import report
from matching.games import HospitalResident

LONGEST = 20


def pair(instance):
    score = instance["score"]
    best_first = np.argsort(-score, axis=1, kind="stable")[:, :LONGEST]
    ranked = {
        row: [int(column) for column in best if np.isfinite(score[row, column])]
        for row, best in enumerate(best_first)
    }
    askers = {}
    for row, columns in ranked.items():
        for column in columns:
            askers.setdefault(column, []).append(row)
    for column, rows in askers.items():
        rows.sort(key=lambda row: -score[row, column])
    capacity = {column: int(instance["capacity"][column]) for column in askers}
    ranked = {row: columns for row, columns in ranked.items() if columns}
    game = HospitalResident.create_from_dictionaries(ranked, askers, capacity)
    mentor_of = np.full(len(score), -1)
    for mentor, mentees in game.solve().items():
        for mentee in mentees:
            mentor_of[mentee.name] = mentor.name
    return mentor_of


sys.setrecursionlimit(10**6)
threading.stack_size(512 * 2**20)
thread = threading.Thread(target=report, args=(pair,))
thread.start()
thread.join()
