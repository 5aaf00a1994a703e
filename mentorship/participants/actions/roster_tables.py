"""Storing the states of many people at once; shared by importing and taking back."""

from datetime import time

from mentorship.accounts.models import User

from ..models import (
    Availability,
    OfferedSkill,
    Participant,
    Profile,
    Skill,
    WantedSkill,
)
from ..roster import state

BATCH = 2000


def store(people, values):
    """Store {user id: {key: value}} for loaded People, one statement for each table.
    Who has no profile or no place in the cohort gets one."""
    for user, wanted in values.items():
        if user not in people.profiles:
            people.profiles[user] = Profile(user_id=user)
        if user not in people.places and "is_mentor" in wanted:
            people.places[user] = Participant(cohort=people.cohort, user_id=user)
    _set(User, people.users, values, state.USER_KEYS)
    _set(Participant, people.places, values, state.PLACE_KEYS)
    _set(Profile, people.profiles, values, state.PROFILE_KEYS)
    skills = Skill.objects.filter(program=people.cohort.program_id)
    slugs = dict(skills.values_list("slug", "pk"))
    _replace_levels(OfferedSkill, slugs, _chosen(values, "offered"))
    _replace_levels(WantedSkill, slugs, _chosen(values, "wanted"))
    _replace_hours(_chosen(values, "slots"))


def _set(model, rows, values, keys):
    """Insert or update the rows that are new or have a value for one of the keys."""
    touched = []
    for user, wanted in values.items():
        row = rows.get(user)
        mine = [key for key in keys if key in wanted]
        for key in mine:
            setattr(row, key, state.or_empty(key, wanted[key]))
        if row is not None and (mine or row._state.adding):
            touched.append(row)
    # Far faster than the UPDATE … CASE that bulk_update writes.
    model.objects.bulk_create(
        touched,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=keys,
    )


def _chosen(values, key):
    return {user: wanted[key] for user, wanted in values.items() if key in wanted}


def _replace_levels(model, skills, chosen):
    model.objects.filter(profile__in=chosen, skill__in=skills.values()).delete()
    model.objects.bulk_create(
        [
            model(profile_id=user, skill_id=skills[slug], level=level)
            for user, pairs in chosen.items()
            for slug, level in pairs
            if slug in skills
        ],
        batch_size=BATCH,
    )


def _replace_hours(chosen):
    Availability.objects.filter(profile__in=chosen).delete()
    Availability.objects.bulk_create(
        [
            Availability(
                profile_id=user,
                weekday=weekday,
                starts=time(*divmod(start, 60)),
                ends=time(*divmod(end, 60)),
                zone=zone,
            )
            for user, slots in chosen.items()
            for weekday, start, end, zone in slots
        ],
        batch_size=BATCH,
    )
