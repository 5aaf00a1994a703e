"""The list of faults, its page and its command; and ground that leaves nothing."""

import os
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mentorship.demo.embedded import Redis, command_line
from mentorship.ops.management.commands import soak
from mentorship.ops.soak import page
from mentorship.ops.soak.client import form_of
from mentorship.ops.soak.faults import Fault, Finding, every_fault, unmet
from mentorship.ops.soak.ground import OURS, clear_abandoned, ground
from mentorship.ops.soak.run import run

TESTS = Path(__file__).parent


def a_fault(finding=None, error=None) -> Fault:
    def inject(*, seed, short):
        if error:
            raise error
        return finding

    return Fault("F99", "a fault", "0 lost", inject)


def test_every_fault_is_tried_in_short_by_a_test():
    others = [file for file in TESTS.glob("test_*.py") if file != Path(__file__)]
    written = "".join(file.read_text() for file in others)
    assert [
        id
        for id, fault in every_fault().items()
        if f'"{id}"' not in written and fault.inject.__name__ not in written
    ] == []


def test_faults_come_in_the_order_of_their_numbers():
    ids = list(every_fault())
    assert ids.index("F2") < ids.index("F10") < ids.index("S1")


def test_what_did_not_hold_is_told_in_its_own_words():
    assert unmet({"none is lost": False, "none comes twice": True}) == ["none is lost"]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (a_fault(Finding({"lost": 0})), "survived"),
        (a_fault(Finding({"lost": 3}, ["none is lost"])), "not survived"),
        (a_fault(error=OSError("no room")), "not survived"),
        (a_fault(Finding(not_made="It takes root.")), "not made"),
    ],
)
def test_a_run_says_what_became_of_each_fault(fault, told):
    said = []
    run([fault], seed=5, short=True, say=said.append)
    assert said[0] == "seed 5"
    assert said[1].split("F99")[0].strip() == told


def test_the_page_shows_figures_and_what_was_broken(tmp_path):
    found = [
        a_fault(Finding({"lost": 3}, ["none is lost"])),
        a_fault(Finding({"lost": 0})),
        a_fault(Finding(not_made="It takes root.")),
    ]
    results = run(found, seed=5, short=True, say=lambda line: None)
    command = f"manage.py soak {soak.words(None, 5, True)}"
    text = page.write(results, command=command, folder=tmp_path).read_text()
    assert "manage.py soak --all --seed 5 --write --short" in text
    assert "1 of 3 were survived" in text
    assert "| lost: 3; **none is lost** | **no** |" in text
    assert "| It takes root. | not made |" in text


def test_the_command_fails_with_the_faults_that_were_not_survived(monkeypatch, capsys):
    broken = a_fault(Finding({"lost": 3}, ["none is lost"]))
    monkeypatch.setattr(soak, "every_fault", lambda: {"F99": broken})
    with pytest.raises(CommandError, match="F99"):
        call_command("soak", "--only", "F99", "--short", "--seed", "5")
    with pytest.raises(CommandError, match="There is no F1"):
        call_command("soak", "--only", "F1")


def test_a_page_is_filled_in_as_a_browser_would_send_it():
    fields = form_of(
        """
        <form><input name="q"></form>
        <form>
          <input name="a" value="1"><input type="submit" name="e">
          <input type="radio" name="b" value="x">
          <input type="radio" name="b" value="y" checked>
          <textarea name="c">words</textarea>
          <select name="d"><option value="1"><option value="2" selected></select>
        </form>
        """
    )
    assert fields == {"a": ["1"], "b": ["y"], "c": ["words"], "d": ["2"]}


def test_ground_leaves_nothing_behind_when_a_fault_fails(django_db_blocker):
    left = []

    def fail():
        with ground(short=True) as site:
            left.append(site.folder)
            left.extend([site.postgres.pid(), site.redis.pid(), site.sink.process.pid])
            left.append(site.spawn("idle", "-c", "import time; time.sleep(600)").pid)
            assert all(command_line(pid) for pid in left[1:])
            raise ZeroDivisionError

    with django_db_blocker.unblock(), pytest.raises(ZeroDivisionError):
        fail()
    folder, *pids = left
    assert not folder.exists()
    assert not any(command_line(pid) for pid in pids)


def test_what_a_killed_run_left_is_cleared_away_by_the_next(tmp_path, monkeypatch):
    dead = subprocess.run(["sh", "-c", "echo $$"], capture_output=True, check=True)
    folders = [tmp_path / f"{OURS}{pid}" for pid in (int(dead.stdout), os.getpid())]
    redis = Redis(folders[0])
    redis.start()
    pid = redis.pid()
    folders[1].mkdir()
    monkeypatch.setattr("mentorship.ops.soak.ground.PLACE", tmp_path)
    clear_abandoned()
    redis.process.wait(5)
    assert not command_line(pid)
    assert [folder.exists() for folder in folders] == [False, True]
