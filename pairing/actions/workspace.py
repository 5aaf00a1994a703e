"""What lies in a pair's workspace: notes, links and files of the two."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction

from mentorship.accounts import sealing
from mentorship.accounts.acting import acting_as
from pairing.models import File, Link, Note, Pair
from pairing.uploads import Accepted

from .sessions import lock_running

MOST = {Note: 200, Link: 50, File: 20}
# A file whose row is still being written must not be taken for left over.
YOUNG = timedelta(hours=6)


class WorkspaceIsFull(Exception):
    """The pair has as many of these as it may have."""


class NoteHasChanged(Exception):
    """Its author saved the note elsewhere meanwhile; `note` is how it stands now."""

    def __init__(self, note: Note):
        super().__init__(str(note.pk))
        self.note = note


@transaction.atomic
def write_note(pair: Pair, *, by, at: datetime, body: str, form_id: UUID) -> Note:
    """Add a note that both read. Raises WorkspaceIsFull, PairHasEnded."""
    with acting_as(by):
        return place(Note(body=body), pair, by=by, at=at, form_id=form_id)


@transaction.atomic
def change_note(note: Note, *, by, at: datetime, version: int, body: str) -> Note:
    """Save a new wording. Raises NoteHasChanged unless `version` is the newest, and
    PairHasEnded."""
    lock_running(note.pair)
    with acting_as(by):
        fresh = Note.objects.select_for_update().get(pk=note.pk)
        if fresh.version != version:
            raise NoteHasChanged(fresh)
        fresh.body, fresh.version, fresh.edited_at = body, version + 1, at
        fresh.save()
    return fresh


@transaction.atomic
def add_link(
    pair: Pair, *, by, at: datetime, url: str, title: str, form_id: UUID
) -> Link:
    """Keep an address for both; nobody fetches it. Raises as `write_note`."""
    with acting_as(by):
        return place(Link(url=url, title=title), pair, by=by, at=at, form_id=form_id)


@transaction.atomic
def keep_file(pair: Pair, *, by, at: datetime, file: Accepted, form_id: UUID) -> File:
    """Seal a file and keep it for both. Raises as `write_note`."""
    kept = File(name=file.name, kind=file.kind, size=len(file.content))
    with acting_as(by):
        return place(
            kept, pair, by=by, at=at, form_id=form_id, before_saving=store(file.content)
        )


def place(thing, pair: Pair, *, by, at, form_id: UUID, before_saving=None):
    """Save `thing` in the pair's workspace, or find what the same form made before."""
    lock_running(pair)
    things, author = type(thing).objects.filter(pair=pair), pair.place_of(by)
    if twin := things.filter(author=author, form_id=form_id).first():
        return twin
    if things.count() >= MOST[type(thing)]:
        raise WorkspaceIsFull
    thing.pair, thing.author = pair, author
    thing.form_id, thing.created_at = form_id, at
    if before_saving:
        before_saving(thing)
    thing.save(force_insert=True)
    return thing


def store(content: bytes):
    """Write the sealed content under a name that says nothing."""

    def write(file: File) -> None:
        sealed = sealing.seal_bytes(content, holder=file.pair_id, place=place_of(file))
        file.stored = file.stored.storage.save(uuid4().hex, ContentFile(sealed))

    return write


def read_file(file: File) -> bytes:
    """What was kept; inside acting_as, like the row itself."""
    with file.stored.open() as stored:
        data = stored.read()
    return sealing.unseal_bytes(data, holder=file.pair_id, place=place_of(file))


def place_of(file: File) -> str:
    """What its content is bound to when it is sealed."""
    return f"{File._meta.db_table}:{file.pk}:content"


@transaction.atomic
def take_away(thing: Note | Link | File, *, by) -> None:
    """Delete a note, a link, or a file with its content. Raises PairHasEnded."""
    lock_running(thing.pair)
    with acting_as(by):
        thing.delete()
    if isinstance(thing, File):
        stored = thing.stored
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))


def sweep_files(now: datetime) -> int:
    """Delete stored files that no row knows any more; returns how many."""
    storage = storages["private"]
    names = [name for name in stored_names(storage) if is_old(storage, name, now)]
    with connection.cursor() as cursor:
        cursor.execute("select name from unknown_files(%s) as name", [names])
        unknown = [name for (name,) in cursor.fetchall()]
    for name in unknown:
        storage.delete(name)
    return len(unknown)


def stored_names(storage) -> list[str]:
    """All that lies in the storage, or nothing before the first file."""
    return storage.listdir("")[1] if storage.exists("") else []


def is_old(storage, name: str, now: datetime) -> bool:
    """Whether a file lies there long enough to have a row."""
    try:
        return storage.get_modified_time(name) < now - YOUNG
    except FileNotFoundError:  # somebody has just deleted it
        return False
