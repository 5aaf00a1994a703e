"""What every peer shares: reads the instance, times the pairing, tells the result.

Run as `python PEER.py INSTANCE.npz`. An instance holds `score` (mentees x mentors,
-inf where a pair is impossible), `capacity` and `place_cost`. Reading and importing
are not counted.
"""

import json
import sys
import time

import numpy as np


def report(pair):
    with np.load(sys.argv[1]) as stored:
        instance = {name: stored[name] for name in stored.files}
    began = time.perf_counter()
    mentor_of = pair(instance)
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "mentor_of": np.asarray(mentor_of).tolist()}))


def places(instance):
    """The mentor and the cost of every place, the dearer ones last."""
    capacity = instance["capacity"]
    owner = np.repeat(np.arange(len(capacity)), capacity)
    nth = np.arange(len(owner)) - np.searchsorted(owner, owner)
    return owner, instance["place_cost"] * nth
