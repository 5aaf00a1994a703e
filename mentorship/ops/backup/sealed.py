"""Whether the sealing keys of this environment open what a backup holds."""

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from psycopg.sql import SQL, Identifier

from mentorship.accounts.fields import SealedTextField
from mentorship.accounts.models import SealKey
from mentorship.accounts.sealing import FORMAT, NONCE, bound, masters, unwrap

KEY = "select wrapped, master from accounts_sealkey where holder = %s"
WORD = "select {}, {}, {} from {} where length({}) > 0 limit 1"


def opens_a_word(database: psycopg.Connection) -> tuple[str, list[str]]:
    """What became of one word of each private table, and what is broken. Nothing is
    broken where the words' master key is not among ours: then it lies elsewhere."""
    opened = 0
    for model in apps.get_models():
        for column in (f for f in model._meta.concrete_fields if is_sealed(f)):
            for word in words(database, model, column):
                try:
                    opened += opens(database, model, column, *word)
                except InvalidTag:
                    table = model._meta.db_table
                    return "broken", [f"{table}: a word does not open with its key"]
    return (f"{opened} opened" if opened else "none opened"), []


def is_sealed(field) -> bool:
    return isinstance(field, SealedTextField)


def words(database: psycopg.Connection, model, column) -> list[tuple]:
    """The row, holder and sealed text of one row at most."""
    holder = model._meta.get_field(column.by.removesuffix("_id"))
    names = (model._meta.pk.column, holder.column, column.column)
    table = model._meta.db_table
    query = SQL(WORD).format(*map(Identifier, (*names, table, column.column)))
    return database.execute(query).fetchall()


def opens(database: psycopg.Connection, model, column, pk, holder, data) -> bool:
    """Whether it opens; not when its key or its master key is not here. Raises
    InvalidTag for a word or a key that is not what it was."""
    row = database.execute(KEY, [holder]).fetchone()
    if row is None or row[1] not in masters():
        return False
    key = unwrap(SealKey(holder=holder, wrapped=row[0], master=row[1]))
    start = len(FORMAT) + NONCE
    place = f"{model._meta.db_table}:{pk}:{column.column}"
    nonce, rest = data[len(FORMAT) : start], data[start:]
    AESGCM(key).decrypt(nonce, rest, bound(holder, place))
    return True
