"""What coordinators hear of a pair's health, once the pair has known for a while: a
sentence, what was tried already, and one action."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentorship.accounts.prepared import prepared
from mentorship.home.todo import Todo, both
from mentorship.outbox.models import Notice
from mentorship.ui.addresses import address
from mentorship.ui.templatetags.ui import day_words
from pairing.models import HealthReason, Pair
from pairing.models.health import GRAVEST_FIRST

Reason = HealthReason.Reason

# With %(both)s, or %(name)s for what is about one of the two.
TITLES = {
    Reason.EXIT: gettext_lazy("%(both)s: by the charter, ask whether to go on"),
    Reason.OVERLOADED: gettext_lazy("%(name)s may carry more than they can"),
    Reason.STUCK: gettext_lazy("%(name)s said twice that it is a bit stuck"),
    Reason.CANCELED: gettext_lazy("%(both)s called off two sessions in a row"),
    Reason.ONE_SIDED: gettext_lazy("For %(both)s, three sessions served one side only"),
    Reason.NO_AGREEMENT: gettext_lazy("%(both)s have met twice without an agreement"),
}
# What is about one person is talked over with them; the pair's page says more.
ABOUT_ONE = {Reason.OVERLOADED, Reason.STUCK}


def told_reasons(cohort, user) -> list[HealthReason]:
    """The cohort's open reasons that coordinators know of, the gravest first; one
    query. Whoever is in a pair is an ordinary member of it."""
    told = reasons_but_of(cohort, user) if user else reasons_in(cohort)
    return sorted(told, key=lambda reason: GRAVEST_FIRST.index(reason.reason))


@prepared
def reasons_but_of(cohort, user):
    return with_trials(cohort).exclude(pair__in=Pair.objects.of(user))


@prepared
def reasons_in(cohort):
    return with_trials(cohort)


def with_trials(cohort):
    """What coordinators know of, annotated with what was `mailed`, and when one
    `wrote_at` last."""
    told = HealthReason.objects.open().told_to_coordinator().filter(pair__cohort=cohort)
    sent = Notice.objects.filter(state=Notice.State.SENT)
    mailed = sent.filter(about_kind=HealthReason._meta.label_lower)
    wrote = sent.filter(about_kind=Pair._meta.label_lower, about_id=OuterRef("pair"))
    wrote = wrote.filter(template="pairing/nudge")
    return told.annotate(
        mailed=Exists(mailed.filter(about_id=OuterRef("pk"))),
        wrote_at=Subquery(wrote.order_by("-sent_at").values("sent_at")[:1]),
    )


def care_todos(reasons, pairs, cohort, today) -> list[Todo]:
    """What is true still, one thing each; pairs without an agreement are one thing."""
    by_id = {pair.pk: pair for pair in pairs}
    found = [(one, by_id[one.pair_id]) for one in reasons if one.pair_id in by_id]
    found = [(one, pair) for one, pair in found if is_true_still(one, pair)]
    unsettled = [pair for one, pair in found if one.reason == Reason.NO_AGREEMENT]
    if len(unsettled) > 1:
        found = [(r, pair) for r, pair in found if r.reason != Reason.NO_AGREEMENT]
    todos = [todo_of(reason, pair, today) for reason, pair in found]
    return todos + ([without_agreement(unsettled, cohort)] if unsettled[1:] else [])


def without_agreement(pairs, cohort) -> Todo:
    """Several pairs that have met twice: a word to all does as well as one to each."""
    title = _("%(count)s pairs have met twice without an agreement")
    names = "; ".join(both(pair) for pair in pairs[:3])
    return Todo(
        title=title % {"count": len(pairs)},
        text=_("%(names)s. All of them heard of it at least a week ago.")
        % {"names": names if len(pairs) <= 3 else names + "; …"},
        url=address("pairing:pairs", cohort.pk),
        action=_("See the pairs"),
        icon="doc",
        tone="",
    )


def is_true_still(reason: HealthReason, pair) -> bool:
    """Whether what the last night found is so at this hour."""
    holds = {Reason.FIRST_LATE: pair.is_late, Reason.QUIET: pair.is_stalled}
    return not pair.on_break and holds.get(Reason(reason.reason), True)


def todo_of(reason: HealthReason, pair, today) -> Todo:
    """One thing that could do with a coordinator's hand."""
    title, fact = words_of(reason, pair, today)
    alone = reason.reason in ABOUT_ONE
    page = "pairing:pair" if alone else "pairing:nudge"
    return Todo(
        title=title,
        text=" ".join(filter(None, [fact, *tried(reason, pair), booked(pair)])),
        url=address(page, pair.pk),
        action=_("See the pair") if alone else _("Send a warm nudge"),
    )


def words_of(reason: HealthReason, pair, today) -> tuple[str, str]:
    """The title, and one line of fact where there is one."""
    if reason.reason == Reason.FIRST_LATE:
        return _("%(both)s have not met yet") % {"both": both(pair)}, since(pair, today)
    if reason.reason == Reason.QUIET:
        return quiet(pair, today)
    names = {"both": both(pair), "name": name_of(reason, pair)}
    return TITLES[Reason(reason.reason)] % names, ""


def since(pair, today) -> str:
    days = (today - pair.started_on).days
    return ngettext(
        "They became a pair %(days)s day ago.",
        "They became a pair %(days)s days ago.",
        days,
    ) % {"days": days}


def quiet(pair, today) -> tuple[str, str]:
    days = (today - pair.last_on).days
    title = _("%(both)s have not met for %(days)s days")
    rhythm = ngettext(
        "They usually meet every %(days)s day.",
        "They usually meet every %(days)s days.",
        pair.rhythm_days,
    )
    return title % {"both": both(pair), "days": days}, rhythm % {
        "days": pair.rhythm_days
    }


def name_of(reason: HealthReason, pair) -> str:
    """Whom it is about, or both."""
    place = {pair.mentor_id: pair.mentor, pair.mentee_id: pair.mentee}
    who = place.get(reason.participant_id)
    return who.short_name if who else both(pair)


def tried(reason: HealthReason, pair) -> list[str]:
    """What has been done about it so far, in sentences."""
    who = _("both") if reason.participant_id is None else name_of(reason, pair)
    told = _("We told %(who)s on %(day)s.")
    if reason.mailed:
        told = _("We told %(who)s on %(day)s, by mail too.")
    on = {"who": who, "day": day_words(timezone.localdate(reason.pair_told_at))}
    words = [told % on]
    if reason.wrote_at:
        wrote = _("A coordinator wrote to both on %(day)s.")
        day = day_words(timezone.localdate(reason.wrote_at))
        words.append(wrote % {"day": day})
    return words


def booked(pair) -> str:
    """The next session in words, or that none is planned."""
    if not pair.next_at:
        return _("No session is planned.")
    words = _("Their next session is on %(day)s, so there may be nothing to do.")
    return words % {"day": day_words(timezone.localdate(pair.next_at), "weekday")}
