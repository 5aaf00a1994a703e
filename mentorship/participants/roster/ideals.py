"""What somebody's own words say a good mentor is, in English and German."""

import re

# Each ideal of a profile, and the words that name it.
NAMED_BY = {
    "listens": r"listen|zuhör|hört zu|hören",
    "challenges": r"challeng|stretch|push(es|ing)? me|fordert|fordern|herausforder",
    "teaches": r"teach|explain|shar(es?|ing) (what|their|his|her)|erklär|bringt .* bei",
    "opens-doors": r"open(s|ing)? doors|introduc|network|türen|vernetz",
    "is-frank": r"frank|honest|candid|straight|ehrlich|offen(e|es)? wort",
    "encourages": r"encourag|support|believes? in|ermutig|unterstütz",
    "lives-it": r"example|role model|vorbild",
    "asks": r"\basks?\b|question|\bfragt?\b|fragen",
}
WORDS = {ideal: re.compile(words) for ideal, words in NAMED_BY.items()}
MOST_IDEALS = 3


def ideals_in(text: str) -> list[str]:
    """Up to three ideals that the text names, in the order it names them."""
    found = {
        ideal: match.start()
        for ideal, words in WORDS.items()
        if (match := words.search(text.casefold()))
    }
    return sorted(found, key=found.__getitem__)[:MOST_IDEALS]
