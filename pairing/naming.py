"""Keeping the names of a pair out of words that others read."""


def names_of(pair) -> list[str]:
    """What the two are called, apart from names too short to be told from words."""
    people = [place.user for place in pair.members if place.user]
    parts = [part for one in people for part in (one.given_name, one.family_name)]
    return [part for part in parts if len(part) > 2]


def named_in(text: str, names: list[str]) -> str:
    """The first of the names that a text mentions, or nothing."""
    spoken = set(text.casefold().replace("’", " ").replace("'", " ").split())
    spoken = {word.strip('.,;:!?()“”"') for word in spoken}
    return next((name for name in names if name.casefold() in spoken), "")
