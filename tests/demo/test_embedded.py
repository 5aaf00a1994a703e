import gc
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis

from mentorship.demo import embedded
from mentorship.demo.embedded import Postgres, Redis, ServerFailed, postgres

AS_ROOT = os.geteuid() == 0
# A server outlives the object that started it; that is what is tested here.
pytestmark = pytest.mark.filterwarnings(
    "ignore:subprocess .* is still running:ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root has this difficulty")


def has_redis():
    try:
        return bool(embedded.redis_binary())
    except ServerFailed:
        return False


needs_redis = pytest.mark.skipif(not has_redis(), reason="no Redis on this machine")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A state folder with a space in a path longer than a socket's may be."""
    state = tmp_path_factory.mktemp("a state") / ("long " * 30).strip()
    server = Postgres(state, durable=False).start()
    server.provision()
    yield state
    Postgres(state).stop()
    shutil.rmtree(server.home, ignore_errors=True)
    gc.collect()  # so that what is ignored above is said here and not in a later test


@pytest.fixture
def server(cluster):
    """The cluster, running, whatever the test before did to it."""
    return Postgres(cluster, durable=False).start()


def value(url, question):
    with psycopg.connect(url) as database:
        return database.execute(question).fetchone()[0]


def end(process_id):
    os.kill(process_id, signal.SIGKILL)
    while embedded.command_line(process_id):
        time.sleep(0.01)


def test_urls_follow_from_the_state_folder_and_start_nothing(tmp_path):
    assert embedded.database_url(tmp_path) == embedded.database_url(tmp_path)
    assert embedded.database_url(tmp_path) != embedded.database_url(tmp_path / "other")
    assert embedded.database_url(tmp_path, "steer", "x").startswith(
        "postgresql://steer@/x?host="
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        (
            "unix:///tmp/a/redis.sock?db=0",
            "redis+socket:///tmp/a/redis.sock?virtual_host=0",
        ),
        ("redis://valkey:6379/0", "redis://valkey:6379/0"),
    ],
)
def test_celery_gets_the_same_redis_in_its_own_words(url, broker):
    assert embedded.broker_url(url) == broker


def test_the_socket_path_is_short_though_the_state_path_is_long(cluster):
    folder = embedded.socket_folder(cluster, "pg")

    assert len(str(cluster)) > 107
    assert len(str(folder / ".s.PGSQL.5432.lock")) < 107
    assert " " not in str(folder)


def test_only_this_account_may_enter_the_socket_folder(server):
    mode = stat.S_IMODE(server.sockets.stat().st_mode)

    assert mode == 0o700


def test_letters_beyond_ascii_are_folded(server):
    assert value(server.url(), "select lower('ÉÄ')") == "éä"


@pytest.mark.parametrize("role", ["owner", "web", "publisher", "steer"])
def test_no_role_has_power_over_the_cluster(server, role):
    powerful = value(
        server.url(role, "reciprocal"),
        "select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole"
        " from pg_roles where rolname = current_user",
    )

    assert powerful is False


@pytest.mark.parametrize("role", ["web", "publisher", "steer"])
def test_only_owner_may_create_tables(server, role):
    with (
        psycopg.connect(server.url(role, "reciprocal")) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        database.execute("create table public.mine ()")


def test_steer_may_not_even_look_into_public(server):
    with psycopg.connect(server.url("owner", "reciprocal")) as database:
        database.execute("create table if not exists public.seen ()")
        database.execute("grant select on public.seen to steer")

    with (
        psycopg.connect(server.url("steer", "reciprocal")) as database,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="schema public"),
    ):
        database.execute("select from public.seen")


def test_a_second_start_joins_the_running_server(server, cluster):
    joined = Postgres(cluster, durable=False).start()

    assert joined.process is None
    assert joined.pid() == server.pid()


def test_a_server_that_outlived_its_starter_can_be_stopped(server, cluster):
    process_id = server.pid()

    Postgres(cluster).stop()

    assert embedded.command_line(process_id) == ""


def test_after_a_kill_it_recovers_what_was_committed(server, cluster):
    with psycopg.connect(server.url(), autocommit=True) as database:
        database.execute("create table kept as select 7 as seven")
        database.execute("checkpoint")
    end(server.pid())

    again = Postgres(cluster, durable=False).start()

    assert value(again.url(), "select seven from kept") == 7


def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(server, cluster):
    server.stop()
    server.pid_file.write_text(f"{os.getpid()}\n{server.data}\n")

    again = Postgres(cluster, durable=False).start()

    assert value(again.url(), "select 1") == 1
    assert again.pid() != os.getpid()


def test_a_live_server_is_told_from_a_process_that_awaits_reaping(server):
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)

    assert embedded.exists(ended.pid)
    assert embedded.command_line(ended.pid) == ""
    assert server.is_ours(server.pid())
    ended.wait()


def test_data_of_another_version_is_refused_and_kept(server, cluster):
    server.stop()
    version = server.data / "PG_VERSION"
    version.write_text("12\n")

    with pytest.raises(ServerFailed, match=r"PostgreSQL 12.*Nothing was changed"):
        Postgres(cluster).start()

    assert version.read_text() == "12\n"
    version.write_text("18\n")


@needs_root
def test_for_root_it_runs_as_nobody_and_opens_no_folder(server, cluster):
    before = {folder: folder.stat().st_mode for folder in cluster.parents}
    owner = os.stat(f"/proc/{server.pid()}").st_uid

    assert owner == server.data.stat().st_uid != 0
    assert before == {folder: folder.stat().st_mode for folder in cluster.parents}


@needs_root
def test_a_folder_of_another_user_is_refused(tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    os.chown(taken, 12345, 12345)

    with pytest.raises(ServerFailed, match="belongs to another user"):
        embedded.private_folder(taken, os.getuid())


@needs_root
def test_binaries_below_a_private_folder_are_copied_where_nobody_can_run_them(
    monkeypatch,
):
    roomy = tempfile.TemporaryDirectory(dir=embedded.ROOMY)
    os.chmod(roomy.name, 0o755)
    monkeypatch.setattr(postgres, "ROOMY", Path(roomy.name))

    copy = embedded.readable_copy(embedded.postgres_binaries())

    asked = subprocess.run(
        [copy / "postgres", "--version"],
        user="nobody",
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )

    assert "PostgreSQL" in asked.stdout
    roomy.cleanup()


@needs_redis
def test_redis_keeps_its_messages_through_a_kill(tmp_path):
    server = Redis(tmp_path / "a state").start()
    with redis.Redis.from_url(embedded.redis_url(server.state)) as client:
        client.rpush("celery", *range(50))
    end(server.pid())
    server.process.wait()

    again = Redis(server.state).start()

    with redis.Redis.from_url(embedded.redis_url(server.state)) as client:
        assert client.llen("celery") == 50
    Redis(server.state).stop()
    again.process.wait()


@needs_redis
def test_redis_folder_is_named_after_its_version():
    _, folder = embedded.redis_binary()

    kind, version = folder.split("-")
    assert kind in {"redis", "valkey"}
    assert int(version) >= 6


def test_without_any_redis_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(ServerFailed, match="set REDIS_URL"):
        embedded.redis_binary()


def test_without_any_postgres_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(postgres, "OLDEST_POSTGRES", 1000)

    with pytest.raises(ServerFailed, match="set DATABASE_URL"):
        embedded.postgres_binaries()
