"""The order of the apps, where import-linter cannot see it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent

# From the highest to the lowest; apps on one line are siblings.
ORDER = [
    {"demo", "ops"},
    {"home"},
    {"insights"},
    {"milestones", "feedback"},
    {"pairing"},
    {"participants"},
    {"library"},
    {"charter"},
    {"outbox"},
    {"accounts"},
    {"ui"},
]
LEVEL = {app: level for level, apps_ in enumerate(reversed(ORDER)) for app in apps_}
OURS = [config for config in apps.get_app_configs() if config.label in LEVEL]

# What an app's folder may hold. `engine`, `roster` and the like are pure subjects.
KNOWN = {
    "actions",
    "admin",
    "apps",
    "filters",
    "forms",
    "management",
    "metrics",
    "migrations",
    "models",
    "notices",
    "permissions",
    "proposing",
    "receivers",
    "signals",
    "tables",
    "tasks",
    "templatetags",
    "urls",
    "views",
}
FORBIDDEN = {"utils", "helpers", "common", "services", "managers", "mixins"}
LONGEST_FUNCTION, LONGEST_VIEW, LONGEST_TEMPLATE = 30, 25, 120


def our_models():
    return [model for config in OURS for model in config.get_models()]


def source_files():
    for app in ("mentorship", "pairing", "milestones", "feedback"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def test_every_app_of_ours_has_its_place_in_the_order():
    ours = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT)
        and ".venv" not in Path(config.path).parts
    }
    assert ours <= set(LEVEL)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model):
    here = LEVEL[model._meta.app_label]
    for field in model._meta.get_fields():
        target = field.related_model if field.is_relation else None
        if not target or field.auto_created or target._meta.app_label not in LEVEL:
            continue
        there = LEVEL[target._meta.app_label]
        same_app = target._meta.app_label == model._meta.app_label
        assert there < here or same_app, f"{field} points up or sideways"


def test_no_module_has_a_name_that_says_nothing():
    nameless = [
        path.relative_to(ROOT)
        for path in source_files()
        if FORBIDDEN & set(path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert not nameless


def functions():
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def length(node) -> int:
    """Lines of a function without its docstring."""
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node):
        words = node.body[0]
        lines -= words.end_lineno - words.lineno + 1
    return lines


def test_functions_are_short_enough_to_read():
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {length(node)} lines"
        for path, node in functions()
        if length(node) > (LONGEST_VIEW if "views" in path.parts else LONGEST_FUNCTION)
    ]
    assert not too_long, "\n".join(too_long)


def test_templates_are_short_enough_to_read():
    too_long = [
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path in (ROOT / "templates").rglob("*.html")
        if (lines := len(path.read_text().splitlines())) > LONGEST_TEMPLATE
    ]
    assert not too_long, "\n".join(too_long)


def test_every_public_verb_and_figure_says_what_it_does():
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in source_files()
        if {"actions", "metrics", "proposing", "engine"} & {*path.parts, path.stem}
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, "\n".join(silent)


def test_rules_never_see_a_request_or_a_form():
    for path in source_files():
        layer = next((p for p in (*path.parts, path.stem) if p in KNOWN), "")
        if layer not in {"actions", "metrics", "models", "notices", "permissions"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("django.http"), path
                assert ".forms" not in node.module, path


def test_templates_hold_no_style_script_or_handler():
    for path in (ROOT / "templates").rglob("*.html"):
        if "emails" in path.parts or "email" in path.parts:
            continue
        words = path.read_text()
        for forbidden in (
            " style=",
            "<style",
            " onclick=",
            " onchange=",
            "javascript:",
        ):
            assert forbidden not in words, f"{path.relative_to(ROOT)}: {forbidden}"
