"""`mentor-match`: Munkres in rounds, one for each further place of a mentor.

Its own rules are replaced by one that gives the pair's score and two that rule out
people who have enough, so that it pairs by the same numbers. `grade` holds a person's
place in the instance.
"""

import numpy as np
from clock import report
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify, UnmatchedBonus

UNITS = 1_000_000
BONUS = 2 * UNITS  # above any score, as its users set it


class Score:
    """A rule that looks the score up."""

    def __init__(self, score):
        self.score = score

    def apply(self, match):
        return round(UNITS * self.score[match.mentee.grade, match.mentor.grade])


def pair(instance):
    score, capacity = instance["score"], instance["capacity"].tolist()
    mentees = [Mentee(grade=row, email=f"e{row}") for row in range(len(score))]
    mentors = [Mentor(grade=one, email=f"o{one}") for one in range(len(capacity))]
    possible = np.isfinite(score)
    rules = [
        Score(score),
        UnmatchedBonus(BONUS),
        Disqualify(lambda it: not possible[it.mentee.grade, it.mentor.grade]),
        Disqualify(lambda it: len(it.mentee.mentors) > 0),
        Disqualify(lambda it: len(it.mentor.mentees) >= capacity[it.mentor.grade]),
    ]
    process_data(mentors, mentees, [rules] * max(capacity))
    given = [mentee.mentors[0].grade if mentee.mentors else -1 for mentee in mentees]
    return np.array(given)


report(pair)
