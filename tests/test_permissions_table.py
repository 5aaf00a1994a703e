"""The table of roles and permissions in ARCHITECTURE.md is the code's own."""

import importlib
import inspect
import re
from pathlib import Path

import pytest

from tests.world import a_world

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for app in ("mentorship", "pairing", "milestones", "feedback")
    for path in (ROOT / app).rglob("permissions.py")
)
# What a question is asked about where its word says too little.
ABOUT = {
    "pairing.can_change_plan": "planned",
    "pairing.can_change_shared": "note",
    "pairing.can_take_certificate": "completed",
}
COLUMNS = [
    "coordinator",
    "facilitator",
    "steering",
    "sponsor",
    "mentor",
    "mentee",
    "other_mentor",
    "administrator",
]


def questions() -> dict:
    """{`app.can_…`: function} of every permission in the code."""
    found = {}
    for name in MODULES:
        app = name.removesuffix(".permissions").rsplit(".", 1)[-1]
        for word, function in inspect.getmembers(importlib.import_module(name)):
            if word.startswith("can_") and function.__module__ == name:
                found[f"{app}.{word}"] = function
    return found


def table() -> dict:
    """{`app.can_…`: the set of columns that say yes}, as ARCHITECTURE.md has it."""
    rows = re.findall(r"^\| `(\w+\.can_\w+)` \|(.+)\|$", text(), re.MULTILINE)
    return {
        name: {
            column
            for column, cell in zip(COLUMNS, cells.split("|"), strict=True)
            if cell.strip() == "yes"
        }
        for name, cells in rows
    }


def text() -> str:
    return (ROOT / "ARCHITECTURE.md").read_text()


def test_every_permission_has_a_row_and_every_row_a_permission():
    assert table().keys() == questions().keys()


@pytest.mark.django_db
def test_the_code_says_what_the_table_says():
    world = a_world()
    for name, function in questions().items():
        words = list(inspect.signature(function).parameters)[1:]
        things = [world.own.things[ABOUT.get(name, word)] for word in words]
        allowed = {
            column for column in COLUMNS if function(world.people[column], *things)
        }
        assert allowed == table()[name], name
