"""What holds for every problem, large or small, dense or sparse.

Thirteen groups of facts, each on both ways of solving: the dense assignment, and the
candidates with their proof that larger programs get.
"""

import itertools
import json
import math
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentorship.ops.bench.pairing.bound import damaged, prove
from mentorship.ops.bench.pairing.breaches import breaches, impossible, kept_apart
from mentorship.ops.bench.pairing.program import program
from pairing.engine import (
    UNDER_FLOOR,
    Person,
    Policy,
    Problem,
    Rule,
    Weights,
    alternatives,
    availability_bits,
    bound_of,
    bounds,
    conflicts,
    explain,
    limits_between,
    repair,
    score_block,
    solve,
)
from tests.pairing.engine.people import market, person
from tests.pairing.engine.small import (
    PLAIN,
    WEIGHTS,
    brute_force,
    mentors,
    problems,
    scores,
    worth,
)

NEAR = 2e-6  # totals are sums of scores in millionths
POLICIES = st.sampled_from(
    [PLAIN, Policy(), Policy(place_cost=0.2, floor_share=1), Policy(place_cost=0)]
)
both_ways = pytest.mark.parametrize("dense", [True, False], ids=["dense", "sparse"])


def examples(number):
    """The same examples in every run, however slow the machine."""
    return settings(max_examples=number, deadline=None, derandomize=True, database=None)


def standing(plan):
    """What plans are compared by: most people paired, then the total."""
    return len(plan.mentor_of), plan.total


def not_worse(better, worse):
    """Whether one standing is at least the other, up to rounding."""
    return better[0] > worse[0] or (
        better[0] == worse[0] and better[1] >= worse[1] - NEAR
    )


# 1. The best plan of all


@both_ways
@examples(100)
@given(problem=problems(), weights=WEIGHTS, policy=POLICIES)
def test_no_plan_of_all_is_better(dense, problem, weights, policy):
    problem = replace(problem, weights=weights)
    plan = solve(problem, policy, dense=dense)
    paired, _lowest, total = brute_force(problem, policy)
    assert len(plan.mentor_of) == paired
    assert plan.total == pytest.approx(total, abs=NEAR)
    assert worth(problem, plan) == pytest.approx(plan.total, abs=NEAR)


@examples(80)
@given(problem=problems(mentees=12, mentors=9), weights=WEIGHTS, policy=POLICIES)
def test_both_ways_of_solving_give_one_plan(problem, weights, policy):
    problem = replace(problem, weights=weights)
    dense, sparse = (solve(problem, policy, dense=way) for way in (True, False))
    assert dense.mentor_of == sparse.mentor_of
    assert dense.total == pytest.approx(sparse.total, abs=NEAR)
    assert dense.floor == pytest.approx(sparse.floor) or dense.floor is sparse.floor


# 2. Order


@both_ways
@examples(30)
@given(problem=problems(mentees=8, mentors=6, pins=2), shuffle=st.randoms())
def test_another_order_of_people_gives_the_same_plan(dense, problem, shuffle):
    def some_order(things):
        return tuple(shuffle.sample(things, len(things)))

    shuffled = Problem(
        mentees=some_order(problem.mentees),
        mentors=some_order(problem.mentors),
        rules=some_order(problem.rules),
        ended=some_order(problem.ended),
    )
    assert solve(problem, dense=dense) == solve(shuffled, dense=dense)


# 3. Rules and places


@both_ways
@examples(60)
@given(problem=problems(mentees=8, mentors=6), policy=POLICIES)
def test_no_rule_is_broken_and_everybody_stands_once(dense, problem, policy):
    assert breaches(problem, solve(problem, policy, dense=dense)) == []


@both_ways
@examples(8)
@given(seed=st.integers(), kind=st.sampled_from(["loose", "scarce"]))
def test_an_invented_program_of_any_seed_breaks_no_rule(dense, seed, kind):
    problem = program(seed, 120, kind)
    assert breaches(problem, solve(problem, dense=dense)) == []


# 4. Pins


@both_ways
@examples(60)
@given(problem=problems(mentees=4, mentors=3, pins=5))
def test_a_pin_is_held_or_stands_in_a_conflict(dense, problem):
    plan = solve(problem, dense=dense)
    refused = {rule for found in conflicts(problem) for rule in found.rules}
    for rule in problem.rules:
        if rule.kind == "pin" and plan.mentor_of.get(rule.mentee) != rule.mentor:
            assert rule in refused


@examples(60)
@given(problem=problems(mentees=4, mentors=3, pins=5))
def test_a_conflict_goes_when_any_one_of_its_rules_goes(problem):
    for found in conflicts(problem):
        alone = replace(problem, rules=found.rules)
        assert found in conflicts(alone)
        for rule in found.rules:
            rest = tuple(other for other in found.rules if other != rule)
            left = conflicts(replace(problem, rules=rest))
            assert all(set(other.rules) != set(found.rules) for other in left)
            if found.kind != "limit":
                assert left == []


@examples(60)
@given(problem=problems(mentees=4, mentors=3, pins=3))
def test_a_pin_against_limits_names_them_and_a_rule_where_no_fact_is_against_it(
    problem,
):
    for rule in problem.rules:
        if rule.kind != "pin" or not problem.cell(rule.mentor, rule.mentee):
            continue
        names = limits_between(problem, rule.mentee, rule.mentor)
        facts = [name for name in names if name != "NEVER_PAIR"]
        found = [it for it in conflicts(problem) if rule in it.rules and it.limits]
        assert {name for it in found for name in it.limits} == set(facts or names)
        assert all(it.rules == (rule,) for it in found) or not facts


# 5. More to choose from


@both_ways
@examples(25)
@given(problem=problems(), more=mentors(9))
def test_one_more_mentor_never_makes_it_worse(dense, problem, more):
    wider = replace(problem, mentors=(*problem.mentors, more))
    before, after = (solve(it, PLAIN, dense=dense) for it in (problem, wider))
    assert not_worse(standing(after), standing(before))


@both_ways
@examples(25)
@given(problem=problems(), data=st.data())
def test_one_more_place_never_makes_it_worse(dense, problem, data):
    assume(problem.mentors)
    one = data.draw(st.sampled_from(problem.mentors))
    others = [other for other in problem.mentors if other != one]
    roomier = replace(one, capacity=one.capacity + 1)
    wider = replace(problem, mentors=(*others, roomier))
    before, after = (solve(it, PLAIN, dense=dense) for it in (problem, wider))
    assert not_worse(standing(after), standing(before))


@both_ways
@examples(25)
@given(problem=problems())
def test_a_rule_never_makes_it_better(dense, problem):
    plans = [
        solve(replace(problem, rules=problem.rules[:count]), PLAIN, dense=dense)
        for count in range(len(problem.rules) + 1)
    ]
    for fewer, more in itertools.pairwise(plans):
        assert not_worse(standing(fewer), standing(more))


# 6. Changed scores

TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(1, 80), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


def table_market(table, places):
    return market(table, [places[column % 3] for column in range(len(table[0]))])


PLACES = st.lists(st.integers(0, 2), min_size=3, max_size=3)


@both_ways
@examples(30)
@given(table=TABLES, places=PLACES, rise=st.integers(1, 20), data=st.data())
def test_a_chosen_pair_that_gets_better_stays_chosen(dense, table, places, rise, data):
    plan = solve(table_market(table, places), PLAIN, dense=dense)
    assume(plan.mentor_of)
    chosen, other = data.draw(st.sampled_from(sorted(plan.mentor_of.items())))
    table = [list(row) for row in table]
    table[int(chosen[1:])][int(other[1:])] += rise
    again = solve(table_market(table, places), PLAIN, dense=dense)
    assert again.mentor_of[chosen] == other


@both_ways
@examples(30)
@given(table=TABLES, places=PLACES, rise=st.integers(1, 20), data=st.data())
def test_a_mentee_who_fits_everybody_better_changes_nothing(
    dense, table, places, rise, data
):
    plan = solve(table_market(table, places), PLAIN, dense=dense)
    assume(plan.mentor_of)
    raised = int(data.draw(st.sampled_from(sorted(plan.mentor_of)))[1:])
    table = [
        [n + rise * (row == raised) for n in line] for row, line in enumerate(table)
    ]
    again = solve(table_market(table, places), PLAIN, dense=dense)
    assert again.mentor_of == plan.mentor_of


# 7. The proof


@both_ways
@examples(60)
@given(problem=problems(mentees=7, mentors=5, pins=2), policy=POLICIES)
def test_the_prices_prove_the_plan(dense, problem, policy):
    plan = solve(problem, policy, dense=dense)
    proof = prove(problem, plan)
    assert proof.total == pytest.approx(plan.total, abs=1e-5)  # float32 scores
    assert proof.bound == pytest.approx(plan.total, abs=1e-5)
    assert proof.most_paired
    assert plan.gap == pytest.approx(proof.gap, abs=1e-5)
    assert bound_of(problem, plan) == pytest.approx(plan.total, abs=1e-5)


@both_ways
@examples(30)
@given(problem=problems(mentees=7, mentors=5), data=st.data())
def test_no_prices_bring_the_bound_below_the_plan(dense, problem, data):
    plan = solve(problem, PLAIN, dense=dense)
    prices = st.floats(0, 5, allow_nan=False)
    wrong = {one.id: data.draw(prices) for one in problem.mentors}
    proof = prove(problem, replace(plan, price=wrong))
    assert proof.bound >= proof.total - NEAR


@both_ways
@examples(40)
@given(problem=problems(mentees=7, mentors=5))
def test_nobody_gains_by_moving_at_these_prices(dense, problem):
    plan = solve(problem, PLAIN, dense=dense)
    price = np.array([plan.price[one.id] for one in problem.mentors])
    for one, row in zip(problem.mentees, scores(problem) - price, strict=True):
        if one.id in plan.mentor_of:
            own = plan.score[one.id] - plan.price[plan.mentor_of[one.id]]
            assert own >= np.nanmax(row) - NEAR


@both_ways
@examples(60)
@given(problem=problems(mentees=7, mentors=5), policy=POLICIES)
def test_no_pair_scores_more_than_price_and_surplus_together(dense, problem, policy):
    plan = solve(problem, policy, dense=dense)
    price = np.array([plan.price[one.id] for one in problem.mentors])
    floor = plan.floor or 0
    for one, row in zip(problem.mentees, scores(problem), strict=True):
        slack = plan.surplus[one.id] + price - row
        assert np.nanmin(slack[~(row < floor)], initial=0) >= -NEAR


@both_ways
@examples(60)
@given(problem=problems(mentees=7, mentors=3))
def test_whoever_is_left_over_can_only_meet_mentors_who_are_full(dense, problem):
    plan = solve(problem, dense=dense)
    told = [one for shortage in plan.shortage for one in shortage.mentees]
    assert set(plan.unpaired) <= set(told)
    possible = dict(
        zip([it.id for it in problem.mentees], scores(problem), strict=True)
    )
    places = {one.id: one.capacity for one in problem.mentors}
    for shortage in plan.shortage:
        assert sum(places[one] for one in shortage.mentors) == shortage.places
        assert len(shortage.mentees) > shortage.places
        others = [one.id not in shortage.mentors for one in problem.mentors]
        for one in shortage.mentees:
            assert np.isnan(possible[one][others]).all()


@both_ways
@examples(30)
@given(problem=problems(mentees=7, mentors=5))
def test_a_damaged_plan_has_a_larger_gap(dense, problem):
    plan = solve(problem, PLAIN, dense=dense)
    harmed = damaged(problem, plan)
    proof = prove(problem, harmed)
    if len(harmed.mentor_of) < len(plan.mentor_of):
        assert not proof.most_paired
    elif proof.total < plan.total - 1e-5:
        assert proof.gap > plan.gap + 1e-6


# 8. Alternatives


@both_ways
@examples(40)
@given(problem=problems(mentees=5, mentors=4, pins=1), policy=POLICIES)
def test_an_alternative_costs_what_pinning_it_costs(dense, problem, policy):
    plan = solve(problem, policy, dense=dense)
    for one in problem.mentees:
        quick = bounds(problem, plan, one.id)
        found = alternatives(problem, plan, one.id)
        losses = [(it.fewer_paired, it.under_floor, round(it.cost, 5)) for it in found]
        assert losses == sorted(losses)
        assert plan.mentor_of.get(one.id) not in {it.mentor for it in found}
        for it in found:
            anew = solve(pinned(problem, it.mentor, one.id), kept_floor(plan))
            assert anew.mentor_of[one.id] == it.mentor
            assert it.fewer_paired == len(plan.mentor_of) - len(anew.mentor_of)
            assert it.under_floor == lower(anew, one.id) - lower(plan, one.id)
            assert it.cost == pytest.approx(plan.total - anew.total, abs=NEAR)
            if not it.fewer_paired:
                lost = it.cost + UNDER_FLOOR * it.under_floor
                assert quick[it.mentor] <= lost + NEAR


@examples(25)
@given(problem=problems(mentees=5, mentors=4))
def test_every_possible_mentor_is_an_alternative(problem):
    plan = solve(problem, PLAIN)
    for one, row in zip(problem.mentees, scores(problem), strict=True):
        possible = {
            other.id
            for other, score in zip(problem.mentors, row, strict=True)
            if not math.isnan(score)
        }
        found = {it.mentor for it in alternatives(problem, plan, one.id)}
        assert found == possible - {plan.mentor_of.get(one.id)}
        for it in alternatives(problem, plan, one.id):
            assert it.fewer_paired > 0 or it.cost >= -NEAR


def pinned(problem, mentor_id, mentee_id):
    rules = [
        rule
        for rule in problem.rules
        if rule.kind == "never" or rule.mentee != mentee_id
    ]
    return replace(problem, rules=(*rules, Rule("pin", mentor_id, mentee_id)))


def lower(plan, mentee_id):
    """How many of the others score under the plan's floor."""
    floor = plan.floor or 0
    return sum(plan.score[one] < floor for one in plan.score if one != mentee_id)


def kept_floor(plan):
    """The policy of the plan with its own floor, which a pin might have moved."""
    if plan.floor is None:
        return replace(plan.policy, floor_share=0)
    return replace(plan.policy, floor=plan.floor)


# 9. Explanations


@examples(40)
@given(problem=problems(mentees=4, mentors=4))
def test_points_sum_to_the_score(problem):
    table = score_block(problem)
    apart = kept_apart(problem)
    for row, one in enumerate(problem.mentees):
        for column, other in enumerate(problem.mentors):
            points = [factor.points for factor in explain(problem, one.id, other.id)]
            assert all(0 <= point <= 1 for point in points)
            if not impossible(one, other, problem.weeks, apart) and other.capacity:
                assert sum(points) == pytest.approx(table[row, column], abs=1e-5)
            else:
                assert table[row, column] == -np.inf


def test_a_person_has_no_field_for_what_must_not_count():
    known = {field.name for field in fields(Person)}
    never = {"department", "job_title", "tenure", "started_on", "age", "sex", "gender"}
    assert not known & (never | {"site", "location", "name", "ethnicity"})


@examples(30)
@given(problem=problems(mentees=5, mentors=4), data=st.data())
def test_what_counts_nothing_is_not_read(problem, data):
    words = st.text("abc ", max_size=9)
    functions = st.sampled_from(["", "finance", "law"])
    weights = replace(Weights(), cross_function=0)

    def retold(people):
        return tuple(
            replace(one, goal_text=data.draw(words), function=data.draw(functions))
            for one in people
        )

    problem = replace(problem, weights=weights)
    other = replace(
        problem, mentees=retold(problem.mentees), mentors=retold(problem.mentors)
    )
    assert solve(other) == solve(problem)


# 10. The floor


@both_ways
@examples(40)
@given(problem=problems(), share=st.sampled_from([0.5, 0.95, 1.0]))
def test_nobody_is_below_the_floor_and_it_pairs_as_many(dense, problem, share):
    free = solve(problem, PLAIN, dense=dense)
    lifted = solve(problem, Policy(floor_share=share), dense=dense)
    _, lowest, _ = brute_force(problem, PLAIN)
    assert len(lifted.mentor_of) == len(free.mentor_of)
    assert lifted.total <= free.total + NEAR
    if lifted.mentor_of:
        assert lifted.floor == pytest.approx(share * lowest, abs=NEAR)
        assert min(lifted.score.values()) >= lifted.floor - NEAR


# 11. Repair


@both_ways
@examples(30)
@given(problem=problems(mentees=6, mentors=4), data=st.data())
def test_repair_after_a_pin_is_the_plan_with_it_and_undo_returns(dense, problem, data):
    plan = solve(problem, dense=dense)
    assume(problem.mentees and problem.mentors)
    one = data.draw(st.sampled_from(problem.mentees))
    other = data.draw(st.sampled_from(problem.mentors))
    changed = pinned(problem, other.id, one.id)
    repaired = repair(changed, plan, loyalty=0)
    assert repaired.mentor_of == solve(changed, dense=dense).mentor_of
    undone = repair(problem, repaired, loyalty=0)
    assert undone.mentor_of == plan.mentor_of
    assert undone.total == pytest.approx(plan.total, abs=NEAR)


@examples(30)
@given(problem=problems(mentees=6, mentors=4))
def test_loyalty_moves_no_more_people_than_a_new_plan(problem):
    plan = solve(problem)
    assume(plan.mentor_of)
    gone = sorted(plan.mentor_of.values())[0]
    others = tuple(one for one in problem.mentors if one.id != gone)
    changed = replace(problem, mentors=others)

    def kept(new):
        return sum(new.mentor_of.get(a) == b for a, b in plan.mentor_of.items())

    loyal, anew = (repair(changed, plan, loyalty=it) for it in (0.5, 0))
    assert len(loyal.mentor_of) == len(anew.mentor_of)
    assert kept(loyal) >= kept(anew)


@both_ways
@examples(30)
@given(problem=problems(mentees=6, mentors=4), data=st.data())
def test_what_is_published_leaves_the_rest_of_the_plan_the_best(dense, problem, data):
    plan = solve(problem, PLAIN, dense=dense)
    pairs = sorted(plan.mentor_of.items())
    public = dict(data.draw(st.lists(st.sampled_from(pairs))) if pairs else [])
    given_away = Counter(public.values())
    rest = replace(
        problem,
        mentees=tuple(one for one in problem.mentees if one.id not in public),
        mentors=tuple(
            replace(
                one,
                capacity=one.capacity - given_away[one.id],
                taken=one.taken + given_away[one.id],
            )
            for one in problem.mentors
        ),
    )
    left = {one: other for one, other in pairs if one not in public}
    assert solve(rest, PLAIN, dense=dense).mentor_of == left


# 12. Hours on real dates

ZONES = st.sampled_from(
    [
        *("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"),
        *("Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"),
    ]
)
QUARTER = timedelta(minutes=15)
# Clocks change between one and three; a slot may pass through that but not end in it.
CLOCK = st.builds(
    time, st.sampled_from([0, *range(4, 24)]), st.sampled_from([0, 15, 30, 45])
).filter(lambda it: it.hour != 0 or it.minute == 0)
SLOTS = st.lists(st.tuples(st.integers(0, 6), CLOCK, CLOCK), max_size=3)


@examples(60)
@given(
    slots=SLOTS,
    zone=ZONES,
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    weeks=st.integers(1, 3),
)
def test_a_quarter_hour_counts_when_the_wall_clock_is_in_a_slot(
    slots, zone, start, weeks
):
    bits = availability_bits(slots, zone, start, weeks)
    wall, now = ZoneInfo(zone), datetime.combine(start, time(), UTC)
    for place in range(weeks * 672):
        inside = is_inside(slots, (now + place * QUARTER).astimezone(wall))
        assert bits >> place & 1 == inside
    assert bits < 1 << weeks * 672


def is_inside(slots, moment):
    """Whether a wall clock shows a time within one of the slots."""
    clock, today = moment.time(), moment.weekday()
    for weekday, begins, ends in slots:
        if begins < ends:
            if weekday == today and begins <= clock < ends:
                return True
        elif (weekday == today and clock >= begins) or (
            (weekday + 1) % 7 == today and clock < ends
        ):
            return True
    return False


# 13. Nothing odd in, nothing odd out


@pytest.mark.parametrize("odd", [math.nan, math.inf, -1.0])
def test_odd_numbers_are_refused(odd):
    for make in (
        lambda: Weights(skills=odd),
        lambda: Policy(place_cost=odd),
        lambda: Policy(floor_share=odd),
        lambda: Policy(floor=odd),
        lambda: Policy(loyalty=odd),
    ):
        with pytest.raises(ValueError, match=r"."):
            make()


ODD_PROGRAMS = {
    "nobody": Problem((), ()),
    "no mentors": Problem((person("e"),), ()),
    "no mentees": Problem((), (person("o"),)),
    "two people": Problem((person("e"),), (person("o"),)),
    "one person": Problem((person("p"),), (person("p"),)),
    "no language": Problem((person("e", languages=frozenset()),), (person("o"),)),
    "no place": Problem((person("e"),), (person("o", capacity=0),)),
    "no profile": Problem((Person("e"),), (Person("o", capacity=2),)),
    "all paused": Problem((person("e", paused=True),), (person("o", paused=True),)),
    "all apart": Problem(
        (person("e"),), (person("o"),), rules=(Rule("never", "o", "e"),)
    ),
    "strangers": Problem(
        (person("e", wishes=("x", "x", "e")),),
        (person("o"),),
        rules=(Rule("pin", "x", "y"), Rule("never", "x", "y")),
        ended=(("x", "y"),),
    ),
}


@both_ways
@pytest.mark.parametrize("name", ODD_PROGRAMS)
def test_any_program_gets_a_plan_in_finite_numbers(dense, name):
    problem = ODD_PROGRAMS[name]
    plan = solve(problem, dense=dense)
    assert len(plan.mentor_of) == (name in {"two people", "strangers"})
    assert sorted([*plan.mentor_of, *plan.unpaired]) == [p.id for p in problem.mentees]
    json.dumps(plan.to_json(), allow_nan=False)
    for one in problem.mentees:
        assert alternatives(problem, plan, one.id) == []
    assert conflicts(problem) == [] or name == "strangers"


@both_ways
@examples(20)
@given(problem=problems(mentees=6, mentors=5, pins=3), policy=POLICIES)
def test_a_plan_holds_finite_numbers_and_survives_storing(dense, problem, policy):
    plan = solve(problem, policy, dense=dense)
    stored = json.loads(json.dumps(plan.to_json(), allow_nan=False))
    assert type(plan).from_json(stored) == plan
    loads = Counter(plan.mentor_of.values())
    assert all(plan.price[mentor_id] >= -NEAR for mentor_id in loads)
