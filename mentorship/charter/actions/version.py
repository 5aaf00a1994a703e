from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mentorship.accounts.models import audit
from mentorship.outbox.actions import tell_rooms
from mentorship.outbox.models import Kind, Notice

from ..models import (
    Acknowledgment,
    CharterText,
    CharterVersion,
    CoreOutcome,
    EscalationStep,
    Program,
    Side,
)
from ..models.version import PROMISES, REQUIRED, SECTIONS
from ..signals import charter_published

State = CharterVersion.State


class DraftHasChanged(Exception):
    """Somebody saved or published the draft since this person read it."""


class CharterIsIncomplete(Exception):
    """Something a charter needs is not written yet; `args[0]` lists it in words."""


class CharterNotInForce(Exception):
    """Only the version in force can be agreed to."""


@transaction.atomic
def start_draft(program, *, by, at):
    """The program's draft; if there is none, a copy of the version in force."""
    Program.objects.select_for_update().get(pk=program.pk)
    if draft := program.versions.drafts().first():
        return draft
    source = program.versions.in_force().first()
    last = program.versions.aggregate(last=Max("number"))["last"] or 0
    draft = CharterVersion(program=program, number=last + 1, created_at=at)
    if source:
        for name in PROMISES:
            setattr(draft, name, getattr(source, name))
        # Counting on, so that no older page can pass for one of this draft.
        draft.version = source.version + 1
        draft.save()
        _copy_words(source, draft)
    else:
        draft.save()
        CharterText.objects.create(charter=draft, language=program.languages[0])
    audit("drafted charter", draft, by=by, program_id=program.pk, number=draft.number)
    return draft


def _copy_words(source, draft):
    texts = [
        CharterText(charter=draft, language=text.language, sections=text.sections)
        for text in source.texts.all()
    ]
    CharterText.objects.bulk_create(texts)
    _write_outcomes(draft, source.outcomes.values(*OUTCOME_FIELDS))
    _write_steps(draft, source.escalation.values("owner_id", "title", "reply_days"))


OUTCOME_FIELDS = ("slug", "side", "kind", "statement", "measure", "target")


@transaction.atomic
def save_draft(draft, *, version, promises, sections, outcomes, steps, by, at):
    """Write all of a draft as it was read at `version`; it may still be incomplete.

    `promises` are fields of CharterVersion, `sections` {slug: Markdown} in the
    program's language, `outcomes` and `steps` rows as dicts in their order. Raises
    DraftHasChanged, and then nothing is written.
    """
    unchanged = CharterVersion.objects.drafts().filter(pk=draft.pk, version=version)
    if not unchanged.update(version=F("version") + 1, **promises):
        raise DraftHasChanged
    CharterText.objects.update_or_create(
        charter=draft,
        language=draft.program.languages[0],
        defaults={"sections": {slug: sections.get(slug, "") for slug in SECTIONS}},
    )
    draft.outcomes.all().delete()
    draft.escalation.all().delete()
    _write_outcomes(draft, outcomes)
    _write_steps(draft, steps)
    audit("edited charter", draft, by=by, program_id=draft.program_id)
    draft.refresh_from_db()
    return draft


def _write_outcomes(draft, rows):
    """Slugs stay, so a later version's outcome is known to be the same one."""
    taken, outcomes = set(), []
    for position, row in enumerate(rows):
        wish = row.get("slug") or slugify(row["statement"])[:50] or "outcome"
        slug, again = wish, 1
        while slug in taken:
            again += 1
            slug = f"{wish}-{again}"
        taken.add(slug)
        fields = {**row, "slug": slug, "position": position}
        outcomes.append(CoreOutcome(charter=draft, **fields))
    CoreOutcome.objects.bulk_create(outcomes)


def _write_steps(draft, rows):
    EscalationStep.objects.bulk_create(
        EscalationStep(charter=draft, position=position, **row)
        for position, row in enumerate(rows, start=1)
    )


def what_is_missing(version) -> list[str]:
    """What a charter still needs before it can be published, in words."""
    text = version.text_in(version.program.languages[0])
    sections = text.sections if text else {}
    missing = [
        _("The section “%(title)s” is empty.") % {"title": SECTIONS[slug]}
        for slug in REQUIRED
        if not sections.get(slug, "").strip()
    ]
    outcomes = list(version.outcomes.all())
    for side, words in (
        (Side.MENTOR, _("Mentors have no core outcome yet.")),
        (Side.MENTEE, _("Mentees have no core outcome yet.")),
    ):
        if not any(outcome.side == side for outcome in outcomes):
            missing.append(words)
    missing += [
        _("“%(outcome)s” needs a measure and a target.") % {"outcome": outcome}
        for outcome in outcomes
        if not (outcome.measure and outcome.target)
    ]
    if not version.escalation.all():
        missing.append(_("The escalation path has no step yet."))
    return missing


@transaction.atomic
def publish_charter(draft, *, version, by, at):
    """Put the draft in force and retire the version before it; everyone agrees anew
    unless it only corrects a slip. Raises DraftHasChanged, CharterIsIncomplete."""
    Program.objects.select_for_update().get(pk=draft.program_id)
    if missing := what_is_missing(draft):
        raise CharterIsIncomplete(missing)
    versions = CharterVersion.objects.filter(program=draft.program_id)
    versions.in_force().update(state=State.REPLACED)
    changes = {"state": State.IN_FORCE, "published_at": at, "published_by": by}
    if draft.number == 1:
        changes["asks_again"] = True
    unchanged = versions.drafts().filter(pk=draft.pk, version=version)
    if not unchanged.update(version=F("version") + 1, **changes):
        raise DraftHasChanged
    draft.refresh_from_db()
    audit(
        "published charter",
        draft,
        by=by,
        program_id=draft.program_id,
        number=draft.number,
        asks_again=draft.asks_again,
    )
    charter_published.send(CharterVersion, version=draft, by=by, at=at)
    tell_of_charter(draft, at)
    return draft


def tell_of_charter(version, at) -> None:
    """Let the program's chat rooms know that a new charter is in force."""
    tell_rooms(
        version.program_id,
        Kind.ANNOUNCEMENT,
        template="charter/published",
        key=f"charter:{version.pk}",
        context={"program": version.program.name, "path": "/"},
        at=at,
    )


@transaction.atomic
def acknowledge(user, version, *, language, at):
    """Record that the person agrees to the version in force, as read in `language`,
    and ask for it no more; again is harmless. Raises CharterNotInForce."""
    if not CharterVersion.objects.in_force().filter(pk=version.pk).exists():
        raise CharterNotInForce
    text = version.text_in(language)
    acknowledgment, _created = Acknowledgment.objects.get_or_create(
        user=user,
        charter=version,
        defaults={"language": text.language, "sha256": text.sha256, "at": at},
    )
    asking = Notice.objects.of_program(version.program_id).filter(recipient=user)
    asking.filter(kind=Kind.ACKNOWLEDGMENT).cancel()
    return acknowledgment
