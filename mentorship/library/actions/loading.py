"""What comes with the product, from its files into the database."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Max

from ..models import Item, ItemText, ItemVersion
from ..packing import Packed, read_pack

A_PACK_IS_LOADED = 7165638


@transaction.atomic
def load_pack(*, at: datetime, pack: Iterable[Packed] | None = None) -> list[Item]:
    """Bring the product's own items up to their files; what has changed becomes a new
    version. Loading twice is loading once. Returns the items that changed."""
    with transaction.get_connection().cursor() as cursor:  # one loader at a time
        cursor.execute("select pg_advisory_xact_lock(%s)", [A_PACK_IS_LOADED])
    held = {version.item.slug: version for version in versions_in_force()}
    changed = []
    for slug, group in groupby(read_pack() if pack is None else pack, by_slug):
        files = list(group)
        if slug in held and says_the_same(held[slug], files):
            continue
        item = held[slug].item if slug in held else Item.objects.create(slug=slug)
        put_in_force(item, files, at=at)
        changed.append(item)
    return changed


def by_slug(packed: Packed) -> str:
    """What groups the languages of one item."""
    return packed.slug


def versions_in_force():
    """The versions of the product's items that are read, with their words."""
    found = ItemVersion.objects.in_force().filter(item__program=None)
    return found.select_related("item").prefetch_related("texts")


def says_the_same(version: ItemVersion, files: list[Packed]) -> bool:
    """Whether a version is for the same and has the same words as the files."""
    facets = files[0].facets
    held = {(text.language, text.sha256) for text in version.texts.all()}
    wanted = {(text.language, text.fingerprint()) for text in map(text_of, files)}
    return held == wanted and facets == {n: getattr(version, n) for n in facets}


def text_of(packed: Packed) -> ItemText:
    """The words of a file, unsaved."""
    return ItemText(language=packed.language, **packed.words)


def put_in_force(item: Item, files: list[Packed], *, at: datetime) -> ItemVersion:
    """A next version with these words in place of the one before. Other languages than
    the first are translations of it."""
    last = item.versions.aggregate(last=Max("number"))["last"] or 0
    item.versions.in_force().update(state=ItemVersion.State.REPLACED)
    version = ItemVersion.objects.create(
        item=item,
        number=last + 1,
        state=ItemVersion.State.IN_FORCE,
        created_at=at,
        published_at=at,
        **files[0].facets,
    )
    texts = [text_of(packed) for packed in files]
    for text in texts:
        text.version = version
        text.translated_from = None if text is texts[0] else texts[0]
        text.save()
    return version
