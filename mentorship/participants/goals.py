"""Which skills somebody's goals are about, suggested from their own words."""

import re
from collections.abc import Iterable

from .models import Skill

MOST_GOAL_SKILLS = 3


def skills_in(text: str, skills: Iterable[Skill]) -> list[str]:
    """Slugs of up to three of `skills` whose label, in any language, stands in the text
    as whole words; in the order of the text."""
    text, found = text.casefold(), {}
    for skill in skills:
        for label in filter(None, skill.labels.values()):
            match = re.search(rf"(?<!\w){re.escape(label.casefold())}(?!\w)", text)
            if match:
                found[skill.slug] = min(match.start(), found.get(skill.slug, len(text)))
    return sorted(found, key=found.__getitem__)[:MOST_GOAL_SKILLS]
