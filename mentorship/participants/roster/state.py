"""What a cleaned row becomes in the tables, and what would change there.

A state is a flat dict of plain values that JSON can hold. Its keys are the fields of
the person (USER), of their place in the cohort (PLACE), of their profile (PROFILE)
and three lists of rows of their own (LISTS).
"""

from .hours import weekly_hours
from .ideals import ideals_in

USER = {
    "email": "email",
    "external_id": "external_id",
    "given_name": "given_name",
    "family_name": "family_name",
    "timezone": "zone",
    "manager_email": "manager_email",
}
PLACE = {
    "function": "function",
    "site": "site",
    "job_title": "job_title",
    "start_date": "started_work_on",
    "wishes": "wished_emails",
}
PROFILE = {
    "goals": "goals",
    "interests": "interests",
    "working_style": "working_style",
    "good_mentor": "good_mentor",
    "learning_style": "learning",
    "languages": "languages",
    "channel": "channels",
    "remote": "remote",
    "availability": "hours",
}
USER_KEYS = list(USER.values())
PLACE_KEYS = [*PLACE.values(), "is_mentor", "is_mentee", "capacity"]
PROFILE_KEYS = [*PROFILE.values(), "mentor_ideals"]
LISTS = ["offered", "wanted", "slots"]
# What people who sign in say of themselves: no list speaks for them.
THEIR_OWN = {"zone", *PROFILE_KEYS, *LISTS}

# What a lone dash leaves behind; text is emptied.
CLEARED = {
    "started_work_on": None,
    "wished_emails": [],
    "interests": [],
    "languages": [],
    "channels": [],
    "remote": None,
    "capacity": None,
}
DEFAULT_CAPACITY = 1
# The choices a profile offers, and other words for them. Other texts are kept.
CHOICES = [
    *("in person", "video", "phone", "messages", "workspace"),
    *("structured", "direct", "exploratory", "reflective", "hands-on"),
    *("doing", "discussion", "reading", "watching"),
]
WORDS = {word: word for word in CHOICES} | {
    "video call": "video",
    "chat": "messages",
    "shared workspace": "workspace",
}


def state_of(values, *, skill_slug, zone, capacity=None):
    """The state a row asks for.

    `skill_slug` turns a skill's name into its slug, `zone` is the person's zone and
    `capacity` their places so far, or None.
    """
    zone = values.get("timezone") or zone
    state = {
        key: _stored(key, values[field])
        for field, key in (USER | PLACE | PROFILE).items()
        if field in values
    }
    if "timezone" in values:
        state["zone"] = zone
    if "good_mentor" in values:
        state["mentor_ideals"] = ideals_in(values["good_mentor"] or "")
    for field, key in (("skills_offered", "offered"), ("skills_wanted", "wanted")):
        if field in values:
            state[key] = _levels(values[field] or [], skill_slug)
    if "availability" in values:
        found = weekly_hours(values["availability"] or "")
        state["slots"] = [[*slot, zone] for slot in found]
    return state | _role(values, capacity)


def _stored(key, value):
    if value is None:
        return or_empty(key, value)
    if key in ("working_style", "learning"):
        return WORDS.get(value.casefold(), value)
    if key == "channels":
        return [WORDS.get(part.casefold(), part) for part in value]
    if key == "wished_emails":
        return [wish for wish in value if "@" in wish and len(wish) <= 254]
    return value


def or_empty(key, value):
    """The value, or what a field holds that has none."""
    return CLEARED.get(key, "") if value is None else value


def _levels(skills, skill_slug):
    """[[slug, level], …] by slug; two names of one skill count once."""
    levels = {}
    for name, level in skills:
        levels.setdefault(skill_slug(name), level)
    return sorted([slug, level] for slug, level in levels.items())


def _role(values, capacity):
    role = values["role"]
    state = {"is_mentor": role != "mentee", "is_mentee": role != "mentor"}
    if role == "mentee":
        return state | {"capacity": None}
    if "capacity" in values:
        return state | {"capacity": values["capacity"] or DEFAULT_CAPACITY}
    return state | {"capacity": capacity or DEFAULT_CAPACITY}


def changes(current, wanted):
    """{key: [old, new]} where the wanted state differs from the current one."""
    return {
        key: [current.get(key), value]
        for key, value in wanted.items()
        if current.get(key) != value
    }
