"""What a backup says about itself: by this a restored site is compared with the one
that was."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db.models import FileField
from psycopg.sql import SQL, Identifier

from mentorship.accounts.sealing import masters

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"

TABLES = """
    select schemaname, tablename from pg_tables
    where schemaname in ('public', 'published') order by 1, 2
"""
# Order does not matter to a sum, so no table has to be sorted.
SUM = """
    select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text
    from {} t
"""
MIGRATIONS = "select app || '.' || name from django_migrations order by 1"


@dataclass(frozen=True)
class Manifest:
    """`tables` holds [rows, checksum] each, `files` the SHA-256 of each stored file,
    `missing` what a row knows but no longer lay in the storage."""

    made_at: str
    version: str
    postgres: int
    migrations: list[str]
    sealing_keys: list[int]
    settings: dict[str, str]
    tables: dict[str, list]
    files: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(rows for rows, _checksum in self.tables.values())

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / MANIFEST).write_text(text + "\n")

    @staticmethod
    def moment(folder: Path) -> datetime | None:
        """When a backup was made, by whichever version; None if it does not say."""
        try:
            return datetime.fromisoformat(
                json.loads((folder / MANIFEST).read_text())["made_at"]
            )
        except (OSError, ValueError, TypeError, LookupError):
            return None

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises FileNotFoundError for a folder that is no whole backup."""
        return cls(**json.loads((folder / MANIFEST).read_text()))


def sums(database: psycopg.Connection) -> dict[str, list]:
    """{table: [rows, checksum]} of all that the connection sees now."""
    found = {}
    for schema, table in database.execute(TABLES).fetchall():
        query = SQL(SUM).format(Identifier(schema, table))
        found[f"{schema}.{table}"] = list(database.execute(query).fetchone() or ())
    return found


def migrations(database: psycopg.Connection) -> list[str]:
    return [name for (name,) in database.execute(MIGRATIONS)]


def stored_names(database: psycopg.Connection) -> set[str]:
    """Every file that a row knows."""
    names: set[str] = set()
    for model in apps.get_models():
        for column in kept_privately(model):
            query = SQL("select {} from {} where {} <> ''").format(
                Identifier(column), Identifier(model._meta.db_table), Identifier(column)
            )
            names |= {name for (name,) in database.execute(query)}
    return names


def kept_privately(model) -> list[str]:
    return [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
        and field.column
        and field.storage == storages["private"]
    ]


def app_version() -> str:
    pyproject = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return pyproject["project"]["version"]


def fingerprint() -> dict[str, str]:
    """What a restored site needs to be told again; no secret, only its trace."""
    trace = hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:12]
    return {
        "SITE_URL": settings.SITE_URL,
        "SECRET_KEY": f"sha256 begins {trace}",
        "FILES_STORAGE": settings.STORAGES["private"]["BACKEND"],
        "TIME_ZONE": settings.TIME_ZONE,
    }


def key_numbers() -> list[int]:
    return sorted(masters())


def checksum(path: Path) -> str:
    """The SHA-256 of a file of this machine."""
    with open(path, "rb") as file:
        return checksum_of(File(file))


def checksum_of(file: File) -> str:
    """The SHA-256 of an open file, wherever its storage keeps it."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
