"""What a rule of health says to whom it concerns: a fact, a suggestion, one action."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from pairing.models import HealthReason, Pair

Reason = HealthReason.Reason


@dataclass(frozen=True)
class Words:
    """A title and a suggestion with %(partner)s, and the button's words."""

    title: object
    text: object
    action: object

    def to(self, partner: str) -> dict:
        """The same with the partner's name, in the language of the moment."""
        named = {"partner": partner}
        return {"title": self.title % named, "text": self.text % named}


WORDS = {
    Reason.FIRST_LATE: Words(
        _("You and %(partner)s have not met yet"),
        _("A first session needs no preparation: twenty minutes to say hello do."),
        _("Plan a first session"),
    ),
    Reason.QUIET: Words(
        _("A while has passed since you and %(partner)s met"),
        _("Gaps happen. A short call is a good way back."),
        _("Plan a session"),
    ),
    Reason.CANCELED: Words(
        _("Two sessions with %(partner)s were called off in a row"),
        _("Perhaps the hour does not fit. Another day, or half as long, often works."),
        _("Find another time"),
    ),
    Reason.NO_AGREEMENT: Words(
        _("You and %(partner)s have met twice, without an agreement so far"),
        _("Ten minutes on how you work together spare misunderstandings later."),
        _("Agree how you work"),
    ),
    Reason.ONE_SIDED: Words(
        _("Your last three sessions brought promises for one side only"),
        _("Begin the next one with the other: what would make it worth their time?"),
        _("See who gained"),
    ),
    Reason.OVERLOADED: Words(
        _("It may be more than you can carry just now"),
        _("A break costs nothing, and nobody asks why. Meeting less often helps too."),
        _("Take a break"),
    ),
    Reason.STUCK: Words(
        _("Twice you said that it is a bit stuck"),
        _(
            "Say so to %(partner)s in one sentence, and ask what you two could do "
            "differently. Ten minutes are enough."
        ),
        _("Plan a short talk"),
    ),
    Reason.EXIT: Words(
        _("The charter says: now is the time to ask whether to go on"),
        _(
            "Going on, pausing and finishing are all fine, and nothing ends by itself. "
            "Talk it over with %(partner)s."
        ),
        _("Plan a talk about it"),
    ),
}


def address_of(reason: str, pair: Pair, place) -> str:
    """Where the one action of a reason leads."""
    if reason == Reason.OVERLOADED:
        return reverse("participants:break", args=[place.pk])
    if reason == Reason.ONE_SIDED:
        return reverse("pairing:pair", args=[pair.pk]) + f"#give-{pair.pk}"
    if reason == Reason.NO_AGREEMENT:
        try:
            return reverse("pairing:agreement", args=[pair.pk])
        except NoReverseMatch:
            pass
    return reverse("pairing:plan", args=[pair.pk])
