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
    known = {item.slug: item for item in Item.objects.filter(program=None)}
    held = words_in_force()
    changed = []
    for slug, group in groupby(read_pack() if pack is None else pack, by_slug):
        files = list(group)
        texts = [text_of(packed) for packed in files]
        item = up_to_date(known.get(slug), files[0])
        if held.get(slug) != {(text.language, text.fingerprint()) for text in texts}:
            put_in_force(item, texts, at=at)
            changed.append(item)
    return changed


def by_slug(packed: Packed) -> str:
    """What groups the languages of one item."""
    return packed.slug


def words_in_force() -> dict[str, set]:
    """{slug: {(language, fingerprint)}} of the product's items."""
    found: dict[str, set] = {}
    rows = ItemText.objects.in_force().filter(version__item__program=None)
    for slug, *words in rows.values_list("version__item__slug", "language", "sha256"):
        found.setdefault(slug, set()).add(tuple(words))
    return found


def up_to_date(item: Item | None, packed: Packed) -> Item:
    """The item of that slug, for what the file says it is for."""
    item = item or Item(slug=packed.slug)
    before = {name: getattr(item, name) for name in packed.facets}
    if item._state.adding or before != packed.facets:
        for name, value in packed.facets.items():
            setattr(item, name, value)
        item.full_clean(exclude=["program"])
        item.save()
    return item


def text_of(packed: Packed) -> ItemText:
    """The words of a file, unsaved."""
    return ItemText(language=packed.language, **packed.words)


def put_in_force(item: Item, texts: list[ItemText], *, at: datetime) -> ItemVersion:
    """A next version with these texts in place of the one before. Others than the
    first are translations of it."""
    last = item.versions.aggregate(last=Max("number"))["last"] or 0
    item.versions.in_force().update(state=ItemVersion.State.REPLACED)
    version = ItemVersion.objects.create(
        item=item,
        number=last + 1,
        state=ItemVersion.State.IN_FORCE,
        created_at=at,
        published_at=at,
    )
    for text in texts:
        text.version = version
        text.translated_from = None if text is texts[0] else texts[0]
        text.save()
    return version
