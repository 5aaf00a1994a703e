"""Names of people: how they are shown, and their initials in any script."""

import unicodedata

# Words that open a family name, kept with it: Siobhán Ó Briain is S and Ó.
PARTICLES = {
    *("al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos"),
    *("du", "el", "ibn", "la", "le", "mac", "mc", "ó", "o", "ter", "van", "von", "abu"),
}
TITLES = {"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "rev"}
# Thai and Lao vowels written before the consonant they follow in speech.
LEADING_VOWELS = set("เแโใไເແໂໃໄ")


def name_of(person):
    """The name to show for a user, a participant, or a plain text."""
    if isinstance(person, str):
        return person
    for attribute in ("name", "get_full_name"):
        found = getattr(person, attribute, None)
        if found:
            return str(found() if callable(found) else found)
    user = getattr(person, "user", None)
    return name_of(user) if user else str(person or "")


def initials(name):
    """One or two signs that stand for a name: "Nguyễn Thị Linh" gives "NL"."""
    words = [word for word in map(_letters, _words(name)) if word]
    if len(words) > 1 and words[0].casefold() in TITLES:
        words = words[1:]
    if not words:
        return "–"
    first = _first_sign(words[0])
    if len(words) == 1:
        return first
    last = words[-1]
    if len(words) > 2 and words[-2].casefold() in PARTICLES:
        last = words[-2]
    return first + _first_sign(last)


def _words(name):
    return unicodedata.normalize("NFC", name).replace(".", " ").split()


def _letters(word):
    """The word without quotes, signs and digits around its letters."""
    start = 0
    while start < len(word) and not word[start].isalpha():
        start += 1
    return word[start:]


def _first_sign(word):
    if word.startswith("ال") and len(word) > 3:  # the Arabic article is no initial
        word = word[2:]
    if len(word) > 1 and word[0] in LEADING_VOWELS:
        word = word[1:]
    end = 1
    while end < len(word) and _is_sign_on_letter(word[end]):
        end += 1
    upper = word[:end].upper()
    return upper if len(upper) == end else word[:end]


def _is_sign_on_letter(char):
    """A vowel sign or accent, but not the sign that joins the next consonant."""
    joins = unicodedata.combining(char) == 9
    return unicodedata.category(char) in ("Mn", "Mc") and not joins
