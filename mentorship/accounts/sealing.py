"""Encryption of private words: one key for each pair, person or concern.

AES-256-GCM (NIST SP 800-38D). Each holder has a random key of their own, wrapped by a
numbered master key from the environment. Deleting a wrapped key makes its words
unreadable, in old backups too once the key has left those. This guards backups and
files; who may read is decided by row security, and whoever runs the site holds the
master key.
"""

import logging
import os
from collections.abc import Iterable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mentorship.accounts.acting import remembered
from mentorship.accounts.models import SealKey
from mentorship.accounts.prepared import prepared

logger = logging.getLogger(__name__)

FORMAT = b"\x01"
NONCE = 12  # bytes, random for every text
KEY_BITS = 256


def seal(text: str, *, holder: UUID, place: str) -> bytes:
    """Encrypt `text` for `holder`, bound to `place` (table, row and column)."""
    return seal_bytes(text.encode(), holder=holder, place=place)


def unseal(data: bytes, *, holder: UUID, place: str) -> str:
    """The text, or nothing once the holder's key has been forgotten. Raises
    cryptography's InvalidTag for what was changed or moved here from elsewhere."""
    return unseal_bytes(data, holder=holder, place=place).decode()


def seal_bytes(content: bytes, *, holder: UUID, place: str) -> bytes:
    """The same for what is no text: a file."""
    key = to_seal_with(holder)
    nonce = os.urandom(NONCE)
    return FORMAT + nonce + key.encrypt(nonce, content, bound(holder, place))


def unseal_bytes(data: bytes, *, holder: UUID, place: str) -> bytes:
    """What `seal_bytes` was given; for the rest see `unseal`."""
    key = key_of(holder)
    if key is None:
        logger.error("The key of something sealed is gone: %s", place)
        return b""
    start = len(FORMAT) + NONCE
    nonce = data[len(FORMAT) : start]
    return key.decrypt(nonce, data[start:], bound(holder, place))


def bound(holder: UUID, place: str) -> bytes:
    return f"{place}:{holder}:{FORMAT[0]}".encode()


def to_seal_with(holder: UUID) -> AESGCM:
    """The holder's key, made if there is none yet. Never from memory: the block that
    made it may have been rolled back."""
    row = SealKey.objects.filter(pk=holder).first()
    if row is None:
        wrapped, master = wrap(os.urandom(KEY_BITS // 8), holder)
        row = SealKey.objects.made_for(holder, wrapped, master)
    return AESGCM(unwrap(row))


def open_keys(holders: Iterable[UUID]) -> None:
    """Open the keys of many holders with one query, for the rest of the block."""
    known = remembered()
    lacking = list(set(holders) - known.keys())
    for row in keys_of(lacking) if lacking else ():
        known[row.pk] = AESGCM(unwrap(row))


@prepared
def keys_of(holders: list):
    return SealKey.objects.filter(pk__in=holders)


def key_of(holder: UUID) -> AESGCM | None:
    """The opened key of a holder, or None; asked once in a block of acting_as."""
    known = remembered()
    if holder not in known:
        for row in keys_of([holder]):
            known[holder] = AESGCM(unwrap(row))
    return known.get(holder)


def wrap(key: bytes, holder: UUID) -> tuple[bytes, int]:
    """The key under the newest master key, and that one's number."""
    number, master = newest_master()
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(master).encrypt(nonce, key, bound(holder, "key")), number


def unwrap(row) -> bytes:
    """The holder's key of a SealKey. Raises ImproperlyConfigured when its master key
    is not among those of the environment."""
    master = masters().get(row.master)
    if master is None:
        raise ImproperlyConfigured(f"SEALING_KEYS lacks the key number {row.master}.")
    wrapped = bytes(row.wrapped)
    nonce, rest = wrapped[:NONCE], wrapped[NONCE:]
    return AESGCM(master).decrypt(nonce, rest, bound(row.pk, "key"))


def rewrap_all() -> int:
    """Wrap every key anew under the newest master key; returns how many it was. Safe
    to repeat. Afterwards older master keys may leave the environment."""
    number, _master = newest_master()
    old = list(SealKey.objects.exclude(master=number))
    for row in old:
        row.wrapped, row.master = wrap(unwrap(row), row.pk)
    SealKey.objects.bulk_update(old, ["wrapped", "master"], batch_size=500)
    return len(old)


def newest_master() -> tuple[int, bytes]:
    found = masters()
    return max(found), found[max(found)]


def masters() -> dict[int, bytes]:
    """{number: master key} from SEALING_KEYS, "1:hex 2:hex". Raises
    ImproperlyConfigured for anything else."""
    try:
        pairs = [one.split(":") for one in settings.SEALING_KEYS]
        found = {int(number): bytes.fromhex(key) for number, key in pairs}
    except ValueError:
        found = {}
    if not found or any(len(key) != KEY_BITS // 8 for key in found.values()):
        raise ImproperlyConfigured(
            "SEALING_KEYS needs number:key, the key 64 hexadecimal digits; see "
            "docs/deploy.md."
        )
    return found
