"""Reading a pack of published questions from a file. docs/measures.md describes it."""

import tomllib

from feedback.models import Moment

MOST_ITEMS = 60
FEWEST_WORDS, MOST_WORDS = 2, 7
SIDES = ("mentor", "mentee", "both")
LENGTHS = {"slug": 60, "title": 200, "source": 500, "license": 200}


class BadPack(Exception):
    """The file is no pack; `problems` are sentences that say what to mend."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def read_pack(text: str) -> dict:
    """The fields of a Pack from the text of a file. Raises BadPack."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPack([f"The file is not TOML: {error}."]) from None
    rows = raw.get("items")
    problems = head_problems(raw) + words_problems(raw.get("words"))
    if isinstance(rows, list) and 1 <= len(rows) <= MOST_ITEMS:
        for number, row in enumerate(rows, 1):
            problems += item_problems(row, number)
        slugs = [row.get("slug") for row in rows if isinstance(row, dict)]
        if len(slugs) != len({str(slug) for slug in slugs}):
            problems.append("Give each item a slug of its own.")
    else:
        problems.append(f"Add 1 to {MOST_ITEMS} [[items]].")
    if problems:
        raise BadPack(problems)
    return {name: raw[name] for name in LENGTHS} | {
        "number": raw.get("number", 1),
        "items": [as_item(row, raw["words"]) for row in rows],
    }


def as_item(row: dict, words: dict) -> dict:
    kept = {name: row[name] for name in ("slug", "side", "moments", "text")}
    return kept | {"words": words}


def head_problems(raw: dict) -> list[str]:
    problems = [
        f"Add {name}, a text of at most {most} characters."
        for name, most in LENGTHS.items()
        if not is_text(raw.get(name), most)
    ]
    if not is_slug(raw.get("slug")):
        problems.append("Write the slug in letters, digits and hyphens.")
    number = raw.get("number", 1)
    if type(number) is not int or not 1 <= number <= 9999:
        problems.append("Give the pack a whole number from 1 on.")
    return problems


def words_problems(words) -> list[str]:
    """What is wrong with the names of the answers, {language: [lowest, …]}."""
    fits = (
        isinstance(words, dict)
        and words
        and all(
            isinstance(names, list)
            and FEWEST_WORDS <= len(names) <= MOST_WORDS
            and all(is_text(name, 60) for name in names)
            for names in words.values()
        )
        and len({len(names) for names in words.values()}) == 1
    )
    if fits:
        return []
    return [
        f"Add [words] with {FEWEST_WORDS} to {MOST_WORDS} names of answers for every "
        "language, the lowest first, as many in every language."
    ]


def item_problems(row, number: int) -> list[str]:
    """What is wrong with one item."""
    if not isinstance(row, dict):
        return [f"Item {number} is not a table."]
    problems = []
    if not is_slug(row.get("slug")):
        problems.append(f"Item {number} needs a slug of letters, digits and hyphens.")
    if row.get("side") not in SIDES:
        problems.append(f"Item {number}: side is mentor, mentee or both.")
    moments = row.get("moments")
    known = isinstance(moments, list) and moments and set(map(str, moments))
    if not known or not known <= set(Moment.values):
        listed = ", ".join(Moment.values)
        problems.append(f"Item {number}: moments are some of {listed}.")
    text = row.get("text")
    if not isinstance(text, dict) or not text:
        problems.append(f'Item {number}: text is {{ en = "…" }}, by language.')
    elif not all(is_text(words, 300) for words in text.values()):
        problems.append(f"Item {number}: a text has at most 300 characters.")
    return problems


def is_text(value, most: int) -> bool:
    fits = isinstance(value, str) and len(value.strip()) > 0 and len(value) <= most
    return fits and "\x00" not in value


def is_slug(value) -> bool:
    return is_text(value, 50) and value.replace("-", "").isalnum() and value.isascii()
