"""Guessing what each column holds from its header, in English and German."""

import re
import unicodedata
from dataclasses import dataclass

from .read import is_blank

SEARCHED_ROWS = 20

# Whole headers, as `fold` leaves them.
NAMES = {
    "external_id": "employee id|employee no|employee number|external id|id|staff id|"
    "staff number|personnel number|payroll number|pers no|pers nr|personalnr|"
    "personal nr|personalnummer|mitarbeiternummer|mitarbeiter id",
    "email": "email|e mail|mail|email address|e mail address|work email|work e mail|"
    "business email|e mail adresse|mailadresse|emailadresse",
    "full_name": "full name|employee name|employee last first|vollstandiger name|"
    "name vorname|nachname vorname",
    "given_name": "first name|given name|forename|vorname|rufname",
    "family_name": "last name|family name|surname|nachname|familienname",
    "role": "role|programme role|program role|mentoring role|rolle",
    "function": "function|line of work|business area|org unit|bereich|funktion|"
    "department|abteilung",
    "site": "site|location|office|standort|ort",
    "job_title": "job title|position|position title|title|stelle|berufsbezeichnung",
    "manager_email": "manager s email|manager email|line manager e mail|"
    "line manager email|supervisor email|e mail fuhrungskraft|fuhrungskraft e mail",
    "timezone": "time zone|timezone|zeitzone",
    "languages": "language|languages|sprache|sprachen|sprachkenntnisse",
    "capacity": "capacity|places|max mentees|number of mentees|kapazitat|"
    "anzahl mentees|platze",
    "skills_offered": "skills offered|can offer|offers|kompetenzen biete ich|biete",
    "skills_wanted": "skills wanted|wants to learn|wants|kompetenzen suche ich|suche",
    "goals": "goals|development goals|development plan|ziele|entwicklungsziele",
    "interests": "interests|career interests|interessen",
    "working_style": "working style|arbeitsstil|arbeitsweise",
    "good_mentor": "good mentor|a good mentor|idea of a good mentor|guter mentor|"
    "ein guter mentor|gute mentorin",
    "learning_style": "learning style|learning preference|lernstil",
    "availability": "availability|verfugbarkeit|free times",
    "remote": "remote|remote worker|remote moglich|homeoffice",
    "start_date": "start date|hire date|date of joining|eintrittsdatum|eintritt",
    "channel": "channel|preferred channel|kanal|bevorzugter kanal",
    "wishes": "wishes|mentor wishes|wunsch mentor in|wunschmentor|wunsche",
}
NAMES = {name: field for field, names in NAMES.items() for name in names.split("|")}

# Words inside longer headers and questions; the more special ones stand first.
PATTERNS = [
    ("wishes", r"\b(wish|wunsch)|\blike as your mentor|\bpreferred mentor"),
    ("manager_email", r"(manager|supervisor|fuhrungskraft|vorgesetzt).*mail"),
    ("manager_email", r"mail.*(manager|supervisor|fuhrungskraft|vorgesetzt)"),
    ("capacity", r"\bhow many mentees|\bmentees\b.*\btake\b|wie viele mentees"),
    ("good_mentor", r"\b(good|great|ideal) mentor|\bgute[rn]? mentor"),
    ("skills_offered", r"(skill|kompetenz|know).*(offer|help|share|teach|biete)"),
    ("skills_wanted", r"(skill|kompetenz).*(want|build|learn|develop|gain|such)"),
    ("role", r"\bmentor or (a )?mentee|mentor oder mentee|\b(your|deine?) roll?e\b"),
    ("full_name", r"\bfull name|\bvor und nachname"),
    ("given_name", r"\bfirst name|\bgiven name|\bvorname"),
    ("family_name", r"\blast name|\bfamily name|\bsurname|\bnachname"),
    ("timezone", r"\btime ?zone|\bzeitzone"),
    ("languages", r"\blanguages?\b|\bsprachen?\b"),
    ("job_title", r"\bjob title|\bposition\b|\bstellenbezeichnung"),
    ("function", r"\bpart of the (organi[sz]ation|company)|\bwhich (function|team)"),
    ("site", r"\bwhere are you (based|located)|\bwhich (site|office|location)"),
    ("goals", r"\bdifferent in a year|\bgoals?\b|\bziele?\b|\bachieve\b"),
    ("interests", r"\binterest"),
    ("working_style", r"\bhow do you (like|prefer) to work|\barbeitest du"),
    ("learning_style", r"\bhow do you (best )?learn|\blernst du"),
    ("availability", r"\b(free|available)\b|\bavailab|\bverfugbar"),
    ("remote", r"\bremote"),
    ("start_date", r"\b(start|hire|hired|joining) date|\bjoined on|\beintritt"),
    ("channel", r"\bcontact you|\bchannel|\bkanal\b"),
    ("external_id", r"\b(employee|staff|personnel|personal) ?(id|no|nr|num)"),
    ("email", r"\be ?mail\b"),
]
WORDS = [(field, re.compile(pattern)) for field, pattern in PATTERNS]


@dataclass(frozen=True)
class Guess:
    """A guess that a column holds a field; `sure` when the whole header is known."""

    field: str
    sure: bool


def fold(header):
    """Lower case, without accents and punctuation: "Pers. No." is "pers no"."""
    text = unicodedata.normalize("NFKD", str(header).casefold())
    letters = (c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def guess(headers):
    """{column index: Guess}, each field at most once, sure guesses first."""
    folded = [fold(header) for header in headers]
    guesses, taken = {}, set()
    for look, sure in ((_by_name, True), (_by_words, False)):
        for column, header in enumerate(folded):
            field = look(header, folded) if header else None
            if field and field not in taken and column not in guesses:
                guesses[column] = Guess(field, sure)
                taken.add(field)
    return guesses


def _by_name(header, headers):
    if header == "name":
        with_given = any(NAMES.get(other) == "given_name" for other in headers)
        return "family_name" if with_given else "full_name"
    return NAMES.get(header)


def _by_words(header, _headers):
    return next((field for field, words in WORDS if words.search(header)), None)


def guess_header_row(rows):
    """The row, from 1, whose cells are known headers most often; else the first
    with anything in it."""
    searched = rows[:SEARCHED_ROWS]
    known = [len(guess(row)) for row in searched]
    if known and max(known) >= 2:
        return known.index(max(known)) + 1
    filled = (n for n, row in enumerate(searched, 1) if not is_blank(row))
    return next(filled, 1)
