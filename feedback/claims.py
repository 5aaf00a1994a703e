"""What volunteers cannot show: money saved, and shares of an unknown number of people.

People who chose to take part differ from those who did not, so that nothing here is a
return on investment (Eby et al. 2008; Kammeyer-Mueller & Judge 2008).
"""

import re

from django.utils.translation import gettext as _

MONEY = re.compile(
    r"[€$£¥]\s?\d|\d[\d.,]*\s?(?:[€£¥]|(?:k|m|bn)?\s?(?:eur|usd|gbp|chf)\b)"
    r"|\d[\d.,]*\s(?:\w+\s)?(?:euros?|dollars?|pounds|francs?)\b"
    r"|\breturn on investment\b|\broi\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\d\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
# "6 of 14", "14 people", "of the 14 mentees".
COUNTED = re.compile(
    r"\b\d+\s+of\s+(?:the\s+|our\s+)?\d+\b"
    r"|\b\d+\s+(?:\w+\s+)?(?:people|mentees|mentors|colleagues|staff|nurses|of us)\b",
    re.IGNORECASE,
)


def claim_hints(text: str) -> list[str]:
    """Kind words about what a text claims and cannot show; none for most texts."""
    hints = []
    if MONEY.search(text):
        hints.append(
            _(
                "It speaks of money. Who chose to take part differs from who did not, "
                "so nobody can show what mentoring earned. What changed in your work "
                "says more."
            )
        )
    if SHARE.search(text) and not COUNTED.search(text):
        hints.append(
            _(
                "It gives a percentage without saying of how many people. “6 of the "
                "14 people on the ward” is easier to trust."
            )
        )
    return hints
