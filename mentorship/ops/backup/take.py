"""Taking a backup: one snapshot of the database, then the files its rows know."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import storages

from . import manifest, server
from .manifest import DUMP, FILES, Manifest

UNFINISHED = ".unfinished"


def take(url: str, to: Path, *, at: datetime) -> Path:
    """Back up the database at `url` and the private files into a new folder below
    `to`, which appears whole or not at all. Raises BackupFailed."""
    folder = to / f"{at:%Y-%m-%dT%H%M%SZ}"
    unfinished = folder.with_suffix(UNFINISHED)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    try:
        found = dump(url, unfinished, at)
        found.write(unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def dump(url: str, folder: Path, at: datetime) -> Manifest:
    """Counts, checksums and the dump itself see the same moment, however much is
    written meanwhile. Files come after it, so that no row lacks its file."""
    with server.connect(url, autocommit=True) as database, database.transaction():
        database.execute("set transaction isolation level repeatable read, read only")
        snapshot, *_ = database.execute("select pg_export_snapshot()").fetchone() or ()
        file = folder / DUMP
        options = ("--format=custom", f"--snapshot={snapshot}", f"--file={file}")
        server.run("pg_dump", url, *options)
        tables = manifest.sums(database)
        names = manifest.stored_names(database)
        made_of = manifest.migrations(database)
        postgres = server.version_of(database)
    copied = {name: copy(name, folder / FILES) for name in sorted(names)}
    return Manifest(
        made_at=at.isoformat(),
        version=manifest.app_version(),
        postgres=postgres,
        migrations=made_of,
        sealing_keys=manifest.key_numbers(),
        settings=manifest.fingerprint(),
        tables=tables,
        files={name: checksum for name, checksum in copied.items() if checksum},
        missing=[name for name, checksum in copied.items() if not checksum],
    )


def copy(name: str, folder: Path) -> str:
    """Copy a stored file and give its SHA-256; nothing if somebody just deleted it."""
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with storages["private"].open(name) as stored, open(target, "wb") as kept:
            shutil.copyfileobj(stored, kept)
    except FileNotFoundError:
        target.unlink(missing_ok=True)
        return ""
    return manifest.checksum(target)


def forget(to: Path, *, older_than: timedelta, at: datetime) -> list[str]:
    """Delete whole backups below `to` that are older; returns their names. Whatever
    else lies there stays."""
    gone = []
    for folder in sorted(each.parent for each in to.glob(f"*/{DUMP}")):
        made_at = Manifest.moment(folder)
        if made_at and made_at < at - older_than:
            shutil.rmtree(folder)
            gone.append(folder.name)
    return gone
