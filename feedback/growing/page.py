"""What the page of one's own growth shows; inside acting_as(user) only."""

from datetime import datetime

from django.utils.translation import gettext as _

from feedback.forms import CLARITY, CONFIDENCE, TOGETHER
from feedback.growing.asked import competencies, pack_themes
from feedback.growing.items import FIT, GROWTH
from feedback.growing.shifts import shifts
from feedback.models import Asking, Moment, ObservationRequest, Pack, Pulse
from mentorship.participants.models import Participant
from mentorship.ui import charts
from mentorship.ui.templatetags.ui import day_words

SESSIONS_SHOWN = 24
LOW = 2  # "a little" or less


def growth_page(place: Participant, now: datetime) -> dict:
    """The parts of the page; as many queries however much there is."""
    askings = list(place.askings.with_answers())
    answers = answers_of(askings)
    themes = [*GROWTH, *competencies(place), *packs_answered(place, answers)]
    return {
        "waiting": [one for one in askings if is_waiting(one, now)],
        "answered": [one for one in askings if one.state == Asking.State.ANSWERED],
        "charts": both_charts(themes, answers),
        "is_hard": is_hard(answers),
        "pulse": pulse_chart(place),
        "behaviors": behaviors(place, now),
    }


def is_waiting(asking: Asking, now: datetime) -> bool:
    """The same word as the queryset's, for one row at hand."""
    return asking.state == Asking.State.ASKED and asking.is_open(now)


def answers_of(askings: list[Asking]) -> dict[str, dict]:
    """{moment: {key: value}} of what the person has answered."""
    return {
        one.moment: {row["item"]: row["value"] for row in one.given} for one in askings
    }


def is_hard(answers: dict) -> bool:
    """Whether time or fit was a trouble when last asked: for the writer alone."""
    given = answers.get(Moment.END) or answers.get(Moment.MIDDLE, {})
    return any(given.get(item.key, LOW + 1) <= LOW for item in FIT.items)


def packs_answered(place: Participant, answers: dict) -> list:
    """The themes of packs at the start, as far as something of them was answered; also
    of one that has been switched off since."""
    keys = {key.rsplit(":", 1)[0] for given in answers.values() for key in given}
    slugs = {key.split(":")[1] for key in keys if key.startswith("pack:")}
    packs = Pack.objects.filter(slug__in=slugs)  # none asks no database
    answered = [pack for pack in packs if pack.key in keys]
    return pack_themes(answered, Moment.START, place.sides)


def both_charts(themes, answers) -> list[dict]:
    """From the start to now, and the same with today's eyes: what changed between the
    two is the yardstick."""
    latest = Moment.END if answers.get(Moment.END) else Moment.MIDDLE
    ways = [
        (
            "then",
            _("From the start to now"),
            _("What you said at the start, and what you said last."),
            _("At the start"),
            Moment.START,
            latest,
        ),
        (
            "looking-back",
            _("Looking back, with today’s eyes"),
            _("How the start looks from the end. Our own yardstick moves as we learn."),
            _("Looking back"),
            Moment.LOOKING_BACK,
            Moment.END,
        ),
    ]
    found = []
    for key, title, line, before_words, before, after in ways:
        rows = shifts(themes, answers.get(before, {}), answers.get(after, {}))
        if rows:
            chart = charts.dumbbells(
                [as_row(row) for row in rows], before=before_words, now=_("Now")
            )
            found.append({"key": key, "title": title, "line": line, "chart": chart})
    return found


def as_row(shift):
    """A shift as a chart takes it: label, places from 0 to 1, and words."""
    steps = len(shift.words) - 1
    return (
        shift.label,
        (shift.before - 1) / steps,
        (shift.now - 1) / steps,
        shift.in_words(shift.before),
        shift.in_words(shift.now),
        len(shift.words),
    )


def pulse_chart(place: Participant) -> dict | None:
    """How the three scales went over the sessions, or None before the second."""
    pulses = Pulse.objects.filter(reflection__author=place)
    pulses = pulses.select_related("reflection__session")
    pulses = pulses.order_by("-reflection__session__held_on")[:SESSIONS_SHOWN]
    rows = list(pulses)[::-1]
    if len(rows) < 2:
        return None
    scales = (
        (_("Confidence"), "confidence", CONFIDENCE),
        (_("Working together"), "together", TOGETHER),
        (_("Clear about what is next"), "clarity", CLARITY),
    )
    return charts.courses(
        "pulse",
        days=[day_words(row.reflection.session.held_on) for row in rows],
        lanes=[
            (title, [getattr(row, name) for row in rows], words)
            for title, name, words in scales
        ],
        head=_("Session"),
    )


def behaviors(place: Participant, now: datetime) -> list[dict]:
    """What was looked at, with what oneself and others saw, and the links that wait."""
    requests = ObservationRequest.objects.filter(participant=place)
    found: dict = {}
    for one in requests.select_related("observation").order_by("asked_at"):
        group = found.setdefault(one.behavior, {"behavior": one.behavior, "seen": []})
        seen = getattr(one, "observation", None)
        if seen or now < one.expires_at:
            group["seen"].append({"request": one, "observation": seen})
    return [group for group in found.values() if group["seen"]]
