"""A backup holds everything, comes back as it was, and lets no mail go."""

import json
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.utils import timezone

from mentorship.ops.backup import bring_back, server
from mentorship.ops.backup.bring_back import restore, verify
from mentorship.ops.backup.manifest import FILES, MANIFEST, Manifest
from mentorship.ops.backup.rehearse import mail_that_left
from mentorship.ops.backup.server import BackupFailed
from mentorship.ops.backup.take import forget, take
from mentorship.ops.models import Heartbeat
from pairing.actions import keep_file
from pairing.uploads import Accepted
from tests import factories as make
from tests.private import write_everything

pytestmark = pytest.mark.django_db(transaction=True)
ADMIN = os.environ["RECIPROCAL_TEST_ADMIN_URL"]
NOW = timezone.now()


@pytest.fixture
def pair():
    """Private words in every table, a file, and a mail that is due."""
    pair = make.PairFactory()
    write_everything(pair, pair.mentee.user, "Only we two know", make.UserFactory())
    file = Accepted("plan.txt", "txt", b"What we want to try")
    keep_file(pair, by=pair.mentee.user, at=NOW, file=file, form_id=uuid4())
    make.NoticeFactory(due_at=NOW)
    return pair


@pytest.fixture
def folder(pair, tmp_path):
    return take(ADMIN, tmp_path, at=NOW)


@pytest.fixture
def quick(monkeypatch):
    """Without the two commands that look at a restored database as the site would."""
    monkeypatch.setattr(bring_back, "complaints", lambda *asked: [])


@pytest.fixture
def new_name():
    """A database that is not there yet, and gone afterwards."""
    url = server.named(ADMIN, f"{server.name_of(ADMIN)}_again")
    yield url
    with bring_back.maintenance(url) as postgres:
        bring_back.drop(postgres, server.name_of(url))


def test_a_backup_comes_back_whole_with_its_roles_and_words(folder):
    found = verify(folder, ADMIN)

    assert found.differences == []
    assert found.sealed.endswith(" opened")
    assert found.manifest.tables["public.pairing_note"][0] == 1
    assert found.manifest.sealing_keys == [1]
    assert len(found.manifest.files) == 1


def test_it_shows_one_moment_however_much_is_written_meanwhile(
    pair, tmp_path, quick, monkeypatch
):
    def dump_then_write(*command, run=server.run):
        run(*command)
        make.NoticeFactory(due_at=NOW)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(server, "run", dump_then_write)
        folder = take(ADMIN, tmp_path, at=NOW)

    assert Manifest.read(folder).tables["public.outbox_notice"][0] == 1
    assert verify(folder, ADMIN).differences == []


def test_whatever_is_not_as_it_was_is_named(folder, quick):
    kept = Manifest.read(folder)
    kept.tables["public.pairing_pair"][1] = "1"
    kept.write(folder)
    [file] = (folder / FILES).iterdir()
    file.write_bytes(b"something else")

    pairs, files = verify(folder, ADMIN).differences

    assert pairs.startswith("public.pairing_pair: [1, '1'] became [1, ")
    assert files == f"file {file.name} is missing or damaged"


def test_a_word_that_its_key_does_not_open_is_named(pair, tmp_path, quick):
    with psycopg.connect(ADMIN) as database:
        database.execute("update pairing_note set body = body || '\\x00'")

    found = verify(take(ADMIN, tmp_path, at=NOW), ADMIN)

    assert found.differences == ["pairing_note: a word does not open with its key"]


def test_words_of_another_master_key_are_no_fault(folder, quick, settings):
    settings.SEALING_KEYS = ["2:" + "00" * 32]

    found = verify(folder, ADMIN)

    assert (found.differences, found.sealed) == ([], "none opened")


def test_a_restored_site_has_its_files_and_holds_its_mail(
    folder, new_name, tmp_path, quick
):
    storage = FileSystemStorage(location=tmp_path / "new")

    found = restore(folder, new_name, storage)

    assert set(storage.listdir("")[1]) == set(found.manifest.files)
    with psycopg.connect(new_name) as database:
        held = database.execute("select held_because from outbox_gate").fetchall()
        due = database.execute("select state from outbox_notice").fetchall()
    assert (held, due) == ([("restored from a backup",)], [("pending",)])


def test_a_rehearsal_would_notice_mail_that_is_not_held(pair):
    [complaint] = mail_that_left(ADMIN)

    assert complaint == "mail: (0, 0) sent and tried became (0, 1)"


def test_a_database_in_use_is_left_alone(folder, tmp_path):
    with pytest.raises(BackupFailed, match="not empty"):
        restore(folder, ADMIN, FileSystemStorage(location=tmp_path / "new"))


def test_a_restore_that_fails_leaves_nothing(folder, new_name, tmp_path, quick):
    kept = Manifest.read(folder)
    kept.tables["public.pairing_pair"][0] = 7
    kept.write(folder)

    with pytest.raises(BackupFailed, match="Not as it was"):
        restore(folder, new_name, FileSystemStorage(location=tmp_path / "new"))

    with bring_back.maintenance(ADMIN) as postgres:
        names = [
            name for (name,) in postgres.execute("select datname from pg_database")
        ]
    assert not [name for name in names if name.startswith(server.name_of(new_name))]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"postgres": 16}, "comes from PostgreSQL 16"),
        ({"migrations": ["pairing.0001_initial"]}, "with other tables"),
    ],
)
def test_another_version_is_refused_with_a_way_out(folder, changes, words):
    kept = Manifest.read(folder)
    Manifest(**{**vars(kept), **changes}).write(folder)

    with pytest.raises(BackupFailed, match=words) as refused:
        verify(folder, ADMIN)
    assert "then upgrade" in str(refused.value)


def test_a_role_under_row_security_may_not_back_up(tmp_path):
    with pytest.raises(BackupFailed, match="Row security"):
        take(os.environ["RECIPROCAL_TEST_OWNER_URL"], tmp_path, at=NOW)

    assert list(tmp_path.iterdir()) == []


def test_half_a_backup_is_none(tmp_path):
    (tmp_path / "half").mkdir()

    with pytest.raises(BackupFailed, match="no whole backup"):
        verify(tmp_path / "half", ADMIN)


def test_old_backups_go_and_other_folders_stay(tmp_path, folder):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / MANIFEST).write_text("[]")
    kept = json.loads((folder / MANIFEST).read_text()) | {"of a later version": 1}
    (folder / MANIFEST).write_text(json.dumps(kept))

    assert forget(tmp_path, older_than=timedelta(days=1), at=NOW) == []
    later = NOW + timedelta(days=2)
    assert forget(tmp_path, older_than=timedelta(days=1), at=later) == [folder.name]
    assert [each.name for each in tmp_path.iterdir()] == ["notes"]


def test_the_command_says_where_it_is_and_leaves_its_time(
    pair, tmp_path, settings, capsys
):
    settings.BACKUP_DATABASE_URL = ADMIN

    call_command("backup", to=tmp_path)

    [made] = tmp_path.glob(f"*/{MANIFEST}")
    assert str(made.parent) in capsys.readouterr().out
    assert Heartbeat.objects.get(name="backup").facts["files"] == 1
    assert "5a5a5a" not in made.read_text()


def test_without_an_address_the_command_says_what_to_set(settings, tmp_path):
    settings.BACKUP_DATABASE_URL = os.environ["DATABASE_URL"]

    with pytest.raises(CommandError, match="BACKUP_DATABASE_URL"):
        call_command("backup", to=Path(tmp_path))
