import re

import hypothesis
import pytest
from django.core.management import call_command
from hypothesis import strategies as st

from mentorship.accounts.models import AuditEntry, User
from mentorship.charter.models import Program
from mentorship.ops.bench.pairing import page
from mentorship.ops.bench.pairing.alone import fingerprint, solve_alone
from mentorship.ops.bench.pairing.bench import TOTAL_ALONE, Sizes
from mentorship.ops.bench.pairing.bound import damaged, prove
from mentorship.ops.bench.pairing.breaches import breaches
from mentorship.ops.bench.pairing.dense import dense_optimum
from mentorship.ops.bench.pairing.peers.environment import CannotInstall
from mentorship.ops.bench.pairing.peers.race import PEERS, race, target_rows
from mentorship.ops.bench.pairing.plot import growth
from mentorship.ops.bench.pairing.program import program
from mentorship.ops.bench.pairing.rows import at_least, at_most
from mentorship.ops.bench.pairing.scores import blocks, total_of
from mentorship.ops.bench.workbench.steps import STEPS
from pairing.engine import solve

TINY = Sizes().scaled(0.0)


@pytest.mark.django_db
def test_measuring_imports_twice_takes_back_and_leaves_nothing(capsys):
    people = User.objects.count()

    call_command("bench", "roster", "--rows", "7")

    said = capsys.readouterr().out
    assert "7 created, 0 updated, 0 unchanged, 0 failed" in said
    assert "0 created, 0 updated, 7 unchanged, 0 failed" in said
    assert "peak memory" in said
    assert User.objects.count() == people
    assert not Program.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_every_step_at_the_workbench_is_measured_and_leaves_nothing(capsys):
    people = User.objects.count()

    call_command("bench", "workbench", "--people", "20")

    said = capsys.readouterr().out
    assert "10 of 10 are paired" in said
    for step in STEPS:
        told = rf"^{step.name} +\d+\.\d\d s, worst .* s, in Python .* s"
        assert re.search(told + ", under 1 s: " * step.waits, said, re.MULTILINE)
    assert User.objects.count() == people
    assert not Program.objects.exists()
    assert not AuditEntry.objects.exists()


def test_every_row_of_pairing_can_be_measured_on_small_programs(
    capsys, settings, tmp_path
):
    settings.BASE_DIR = tmp_path
    words = ["--seed", "-5", "--rows", "all", "--scale", "0", "--write"]

    call_command("bench", "pairing", *words)

    written = (tmp_path / "docs" / "benchmarks" / "pairing.md").read_text()
    said = capsys.readouterr().out
    told = re.findall(r"^(?:met   |MISSED) (.*?):", said, re.MULTILINE)
    assert len(told) > 30
    assert all(f"| {demand} |" in written for demand in told)
    assert "`manage.py bench pairing --seed -5 --rows all --scale 0.0`" in written
    assert "| Processor |" in written
    assert "20 × 20 finishes" in written
    assert (tmp_path / "docs" / "benchmarks" / "pairing.svg").exists()


@hypothesis.settings(max_examples=5, deadline=None, derandomize=True)
@hypothesis.given(seed=st.integers(), mentees=st.integers(1, 60))
def test_any_seed_makes_a_program_that_is_the_same_again(seed, mentees):
    problem = program(seed, mentees, "scarce")
    assert len(problem.mentees) == mentees
    assert problem == program(seed, mentees, "scarce")
    assert breaches(problem, solve(problem)) == []


@pytest.mark.parametrize(("kind", "places"), [("loose", 1.8), ("scarce", 1.0)])
def test_about_half_of_all_pairs_are_possible(kind, places):
    problem = program(3, 400, kind)
    free = sum(mentor.capacity for mentor in problem.mentors)
    possible = sum((score >= 0).sum() for _, score in blocks(problem))
    pairs = len(problem.mentees) * len(problem.mentors)
    assert free / 400 == pytest.approx(places, rel=0.1)
    assert 0.4 < possible / pairs < 0.6
    assert sum(rule.kind == "pin" for rule in problem.rules) == 4


@pytest.mark.parametrize("kind", ["loose", "scarce"])
def test_the_bound_proves_a_plan_and_catches_a_damaged_one(kind):
    problem = program(11, 150, kind)
    plan = solve(problem)
    good, bad = prove(problem, plan), prove(problem, damaged(problem, plan))
    assert good.total == pytest.approx(plan.total, abs=1e-4)
    assert good.gap == pytest.approx(plan.gap, abs=1e-6)
    assert good.most_paired
    assert bad.gap > good.gap + 1e-5


def test_a_plan_that_leaves_somebody_out_is_not_proven():
    problem = program(12, 40)
    plan = solve(problem)
    plan.mentor_of.popitem()
    assert not prove(problem, plan).most_paired


@pytest.mark.parametrize("kind", ["loose", "scarce"])
def test_the_dense_optimum_keeps_pins_and_is_no_better_than_ours(kind):
    problem = program(13, 150, kind)
    plan = solve(problem, TOTAL_ALONE)
    best = dense_optimum(problem, TOTAL_ALONE.place_cost).mentor_of
    assert total_of(problem, best, TOTAL_ALONE) == pytest.approx(plan.total, abs=1e-4)
    assert len(best) == len(plan.mentor_of)
    pins = [rule for rule in problem.rules if rule.kind == "pin"]
    assert pins
    assert all(best[pin.mentee] == pin.mentor for pin in pins)


def test_what_a_plan_breaks_is_found():
    problem = program(14, 150)
    plan = solve(problem)
    full = max(problem.mentors, key=lambda mentor: mentor.capacity).id
    for mentee in plan.mentor_of:
        plan.mentor_of[mentee] = full
    found = "\n".join(breaches(problem, plan))
    assert f"{full} has 150 mentees" in found
    for words in ("share no language", "share no hour", "is pinned to"):
        assert words in found


def test_a_process_of_its_own_comes_to_the_same_plan_and_tells_its_memory():
    told = solve_alone(seed=15, mentees=30, threads=1)
    assert told["plan"] == fingerprint(solve(program(15, 30), TOTAL_ALONE))
    assert 20 < told["peak"] < 2000
    assert 0 <= told["extra"] < told["peak"]


def test_peers_without_packages_of_their_own_run_on_the_same_instance():
    results = list(race(16, TINY, install=False))
    assert {it.peer.program for it in results} == {"greedy", "dense"}
    assert not any(it.refused for it in results)
    for it in results:
        theirs, ours = it.paired
        assert theirs <= ours
        assert it.total < 1 + 1e-6 or theirs < ours
        if it.peer.program == "dense":
            assert it.total == pytest.approx(1, abs=1e-5)
    assert [row.demand for row in target_rows(results)] == [
        "total / greedy by score over all pairs, n = 20 scarce",
        "more people paired than greedy by score over all pairs, n = 20 scarce",
    ]


def test_a_peer_that_cannot_be_installed_is_told_in_the_table(monkeypatch):
    def refuse(group):
        raise CannotInstall("no such package")

    where = "mentorship.ops.bench.pairing.peers.race.python_of"
    monkeypatch.setattr(where, refuse)
    results = [it for it in race(17, TINY, install=True) if it.peer.group]
    assert {it.peer for it in results} == {peer for peer in PEERS if peer.group}
    for it in results:
        assert "could not be installed: no such package" in page.peer_cells(it)


def test_a_missed_target_says_by_how_much_and_why():
    slow = at_most("time", 0.5, 0.75, note="3 s / 4 s", why="scores count")
    assert page.cells(slow) == (
        *("time", "≤ 0.5", "0.75", "**no**: by 50%"),
        "3 s / 4 s; scores count",
    )
    assert page.cells(at_least("total", 1, 2))[3] == "yes"
    assert page.summary([slow]) == "0 of 1 are met."


def test_growth_is_drawn_between_whole_powers_of_ten():
    drawn = growth([("Seconds", [(1_000, 0.5), (50_000, 90)])], title="Growth")
    ticks = re.findall(r">([\d.,]+)</text>", drawn)
    assert ticks == ["1,000", "10,000", "100,000", "0.1", "1", "10", "100"]
    assert drawn.count("<circle") == 2
