"""Saving a profile, a step at a time; what is missing may follow another day."""

from typing import Any

from django.db import transaction

from mentorship.accounts.models import User

from ..models import (
    Availability,
    Participant,
    Profile,
    Skill,
)
from ..proposing import Skills


@transaction.atomic
def save_skills(user, *, program, offered, wanted, language) -> Profile:
    """Replace what the person offers and wants in this program, each a list of (word,
    level or None). Words the program does not know become suggestions, labeled in
    `language`."""
    profile = _locked_profile(user)
    skills = Skills(program)
    slugs = {word: skills.slug(word) for word, _level in [*offered, *wanted]}
    Skill.objects.bulk_create(
        [
            Skill(program=program, slug=slug, labels={language: label}, suggested=True)
            for slug, label in skills.suggested.items()
        ],
        ignore_conflicts=True,  # somebody may suggest the same word at this moment
    )
    known = Skill.objects.filter(program=program, slug__in=slugs.values())
    ids = dict(known.values_list("slug", "pk"))
    for links, chosen in ((profile.offered, offered), (profile.wanted, wanted)):
        _replace(links, program, {ids[slugs[word]]: level for word, level in chosen})
    return profile


def _replace(links: Any, program, levels) -> None:
    """Let `links` to this program's skills be exactly {skill id: level}."""
    links.filter(skill__program=program).delete()
    links.bulk_create(
        [
            links.model(profile=links.instance, skill_id=skill, level=level)
            for skill, level in levels.items()
        ]
    )


def save_manner(user, **answers) -> Profile:
    """Keep what the person is after and how they like to work."""
    profile, _created = Profile.objects.update_or_create(user=user, defaults=answers)
    return profile


@transaction.atomic
def save_times(place, *, zone, languages, channels, hours, async_only, capacity=None):
    """Keep when and how the person of `place` can meet: `hours` are (weekday from 0,
    start, end) as wall times in `zone`, which becomes the person's own zone."""
    User.objects.filter(pk=place.user_id).update(zone=zone)
    Participant.objects.filter(pk=place.pk).update(async_only=async_only)
    if capacity is not None:
        mentors = Participant.objects.filter(pk=place.pk, is_mentor=True)
        mentors.update(capacity=capacity)
    profile = _locked_profile(place.user)
    profile.languages, profile.channels = languages, channels
    profile.save(update_fields=["languages", "channels"])
    ends = {}
    for weekday, start, end in hours:
        ends[weekday, start] = max(end, ends.get((weekday, start), end))
    profile.availability.all().delete()
    Availability.objects.bulk_create(
        [
            Availability(
                profile=profile, weekday=weekday, starts=start, ends=end, zone=zone
            )
            for (weekday, start), end in ends.items()
        ]
    )


@transaction.atomic
def set_limits(place, *, capacity: int, async_only: bool) -> None:
    """How many people a mentor takes at once, 0 for nobody, and whether in writing
    only. The place is locked, as pairing locks it to count."""
    mentors = Participant.objects.filter(pk=place.pk, is_mentor=True)
    list(mentors.order_by("pk").select_for_update(no_key=True))
    mentors.update(capacity=capacity, async_only=async_only)


def _locked_profile(user) -> Profile:
    Profile.objects.get_or_create(user=user)
    return Profile.objects.select_for_update().get(user=user)
