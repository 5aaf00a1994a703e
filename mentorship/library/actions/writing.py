"""A program's own ideas: written as a draft, then published, taken back if need be."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.text import slugify

from mentorship.accounts.models import audit
from mentorship.charter.models import Program

from ..models import Item, ItemText, ItemVersion

State = ItemVersion.State
FACETS = ("kind", "side", "stages", "outcome_kinds", "topics", "review_on")
WORDS = ("title", "summary", "body", "steps")


class DraftHasChanged(Exception):
    """Somebody saved or published the draft since this person read it."""


class SlugIsTaken(Exception):
    """The program has an idea under this name already."""


@transaction.atomic
def write_new(program: Program, *, facets: dict, words: dict, by, at: datetime) -> Item:
    """The draft of an idea that the product does not have. Raises SlugIsTaken."""
    lock(program.pk)
    slug = slugify(words["title"])[:60].strip("-") or "idea"
    taken = Q(program=program) | Q(program=None)
    if Item.objects.filter(taken, slug=slug).exists():
        raise SlugIsTaken
    item = Item.objects.create(program=program, slug=slug, created_at=at)
    draft = next_version(item, facets, at=at)
    ItemText(version=draft, language=program.languages[0], **words).save()
    tell("drafted idea", item, by=by)
    return item


@transaction.atomic
def start_draft(program: Program, slug: str, *, by, at: datetime) -> ItemVersion:
    """The program's draft of an idea; if there is none, a copy of what is in force,
    its own or else the product's. Raises Item.DoesNotExist for an unknown slug."""
    lock(program.pk)
    own = Item.objects.filter(program=program, slug=slug).first()
    if own and (draft := own.versions.drafts().first()):
        return draft
    source = text_to_start_from(program, slug)
    own = own or Item.objects.create(program=program, slug=slug, created_at=at)
    facets = {name: getattr(source.version, name) for name in FACETS}
    draft = next_version(own, facets, at=at)
    words = {name: getattr(source, name) for name in WORDS}
    ItemText(version=draft, language=program.languages[0], **words).save()
    tell("drafted idea", own, by=by)
    return draft


def text_to_start_from(program: Program, slug: str) -> ItemText:
    """What the program's people read under this slug, or read last."""
    texts = ItemText.objects.filter(version__item__slug=slug).of_programs([program])
    published = texts.exclude(version__state=State.DRAFT)
    newest_own = published.filter(version__item__program=program)
    source = (
        newest_own.in_force().first()
        or published.in_force().one_of_each(program.languages[0]).first()
        or newest_own.order_by("-version__number").first()
    )
    if source is None:
        raise Item.DoesNotExist
    return source


@transaction.atomic
def save_draft(
    draft: ItemVersion,
    *,
    version: int,
    facets: dict,
    words: dict,
    by,
    at: datetime,
) -> None:
    """Write all of a draft as it was read at `version`. Raises DraftHasChanged, and
    then nothing is written."""
    unchanged = ItemVersion.objects.drafts().filter(pk=draft.pk, version=version)
    if not unchanged.update(version=F("version") + 1, **facets):
        raise DraftHasChanged
    text = draft.texts.get()
    for name in WORDS:
        setattr(text, name, words[name])
    text.save()


@transaction.atomic
def publish_item(draft: ItemVersion, *, version: int, by, at: datetime) -> ItemVersion:
    """Put a draft in force in place of the version before. Raises DraftHasChanged."""
    lock(draft.item.program_id)
    found = ItemVersion.objects.drafts().filter(pk=draft.pk, version=version)
    if not found.exists():
        raise DraftHasChanged
    draft.item.versions.in_force().update(state=State.REPLACED)
    found.update(state=State.IN_FORCE, published_at=at, published_by=by)
    tell("published idea", draft.item, by=by, number=draft.number)
    return draft


@transaction.atomic
def take_back(item: Item, *, by, at: datetime) -> None:
    """Take a program's own idea off the shelf: where the product has one of this name,
    that is read again. Its versions stay; a draft goes on as a draft."""
    lock(item.program_id)
    if item.versions.in_force().update(state=State.REPLACED):
        tell("took back idea", item, by=by)


def lock(program_id) -> None:
    """Ideas of a program are written one at a time."""
    Program.objects.select_for_update().get(pk=program_id)


def next_version(item: Item, facets: dict, *, at: datetime) -> ItemVersion:
    """A new draft under the next number."""
    last = item.versions.aggregate(last=Max("number"))["last"] or 0
    return ItemVersion.objects.create(
        item=item, number=last + 1, created_at=at, **facets
    )


def tell(verb: str, item: Item, *, by, **changes) -> None:
    """Append to the program's audit log."""
    audit(verb, item, by=by, program_id=item.program_id, slug=item.slug, **changes)
