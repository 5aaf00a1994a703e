"""Free-text goals as exact sparse TF-IDF: likeness by the words that are shared."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from scipy.sparse import csr_array

WORD = re.compile(r"[^\W\d_]{3,}")
COMMON = 0.5  # a word in more than this share of the texts says nothing


def words_of(text: str) -> list[str]:
    """The words of a text: lower case, three letters or more."""
    return WORD.findall(text.lower())


def text_tables(*sides: Sequence[str]) -> list[csr_array]:
    """For each side a sparse table of unit vectors, texts x words.

    The product of two rows is the cosine of their TF-IDF vectors (Salton and Buckley
    1988; idf smoothed as ln((1 + texts) / (1 + texts with it)) + 1).
    """
    counts = [[Counter(words_of(text)) for text in side] for side in sides]
    texts = list(chain.from_iterable(counts))
    spread = Counter(chain.from_iterable(texts))
    most = max(2, COMMON * sum(map(bool, texts)))
    words = sorted(word for word, number in spread.items() if number <= most)
    place = {word: column for column, word in enumerate(words)}
    rarity = np.log((1 + len(texts)) / (1 + np.array([spread[w] for w in words]))) + 1
    return [_unit_rows(side, place, rarity) for side in counts]


def _unit_rows(
    texts: list[Counter[str]], place: dict[str, int], rarity: np.ndarray
) -> csr_array:
    entries = [
        (row, place[word], number)
        for row, words in enumerate(texts)
        for word, number in words.items()
        if word in place
    ]
    rows, columns, numbers = np.array(entries, dtype=np.int32).reshape(-1, 3).T
    values = numbers * rarity[columns]
    length = np.sqrt(np.bincount(rows, values**2, minlength=len(texts)))
    values = (values / length[rows]).astype(np.float32)
    return csr_array((values, (rows, columns)), shape=(len(texts), len(place)))
