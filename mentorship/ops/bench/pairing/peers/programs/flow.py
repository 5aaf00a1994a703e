"""OR-Tools' minimum-cost flow over all possible pairs.

Each mentee may also stay unpaired, at a cost above that of any pair.
"""

import numpy as np
from clock import places, report
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

UNITS = 1_000_000  # costs are whole numbers


def pair(instance):
    score = instance["score"]
    mentees, mentors = score.shape
    rows, columns = np.nonzero(np.isfinite(score))
    owner, rising = places(instance)
    people = np.arange(mentees)
    sink = mentees + mentors
    flow = SimpleMinCostFlow()
    cost = np.round((1 - score[rows, columns]) * UNITS).astype(np.int64)
    arcs = _arcs(flow, rows, mentees + columns, cost)
    _arcs(flow, mentees + owner, np.full(len(owner), sink), np.round(rising * UNITS))
    _arcs(flow, people, np.full(mentees, sink), np.full(mentees, 2 * mentees * UNITS))
    flow.set_nodes_supplies(people, np.ones(mentees, dtype=np.int64))
    flow.set_node_supply(sink, -mentees)
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("The flow found no optimum.")
    used = flow.flows(arcs) > 0
    mentor_of = np.full(mentees, -1)
    mentor_of[rows[used]] = columns[used]
    return mentor_of


def _arcs(flow, tails, heads, costs):
    ones = np.ones(len(tails), dtype=np.int64)
    return flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), ones, costs.astype(np.int64)
    )


report(pair)
