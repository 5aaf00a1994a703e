"""A review the two hold together: each outcome, the pairing, and what changes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.actions import ReviewHasChanged, ReviewIsDone
from feedback.forms import ReviewForm
from feedback.models import Review, ReviewWords
from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from mentorship.home.actions import hold_review
from milestones.forms import OutcomeReviewForm
from pairing.actions import PairHasEnded, PairIsOver
from pairing.models import Pair
from pairing.permissions import can_read_words, can_work_in


@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pair, kind):
    """Hold a midpoint or closing review, or read one that is done."""
    if kind not in Review.Kind.values:
        raise Http404
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_read_words(request.user, pair))
    with acting_as(request.user):
        reviews = pair.reviews.filter(kind=kind).select_related("words")
        found = reviews.first() or Review(pair=pair, kind=kind, version=0)
        if found.done_at or not can_work_in(request.user, pair):
            return show_held(request, pair, found)
        if kind == Review.Kind.CLOSING and pair.state != "closing":
            return redirect("pairing:close", pair.pk)
        forms = filled_in(request, pair, found)
        if request.method == "POST" and all_valid(forms):
            return keep(request, pair, found, forms)
        return show(request, pair, found, forms)


def show_held(request, pair, found):
    """A review that is over, to read; whoever sends it once more is told so."""
    if request.method == "POST":
        messages.info(request, _("It was closed before. Nothing was changed."))
        return redirect("home:review", pair.pk, found.kind)
    context = {**page(request.user, pair, found), "seen": seen_in(pair, found)}
    return render(request, "home/review_held.html", context)


def filled_in(request, pair, found) -> dict:
    """The page's forms: one for each outcome, one for everything else."""
    data, done = request.POST or None, "done" in request.POST
    words = getattr(found, "words", None)
    said = words.outcomes if words else {}
    side = pair.side_of(request.user)
    return {
        "outcomes": [
            OutcomeReviewForm(
                data,
                outcome=outcome,
                must=done,
                prefix=f"outcome-{outcome.pk}",
                initial=said.get(str(outcome.pk)),
            )
            for outcome in pair.outcomes.current()
        ],
        "form": ReviewForm(
            data,
            kind=found.kind,
            side=side,
            words=words,
            initial={"version": found.version},
        ),
    }


def all_valid(forms) -> bool:
    """Whether all may be kept; each is asked, so that every error is shown."""
    valid = [each.is_valid() for each in [*forms["outcomes"], forms["form"]]]
    return all(valid)


def keep(request, pair, found, forms):
    """Save in one transaction; when the other one was faster, show both texts."""
    seen = {str(each.outcome.pk): each.seen for each in forms["outcomes"]}
    try:
        held = hold_review(
            pair,
            kind=found.kind,
            by=request.user,
            at=timezone.now(),
            version=forms["form"].cleaned_data["version"] or 0,
            seen=seen,
            words=forms["form"].words,
            done="done" in request.POST,
        )
    except ReviewHasChanged as error:
        return show_both(request, pair, error.review, forms)
    except (ReviewIsDone, PairHasEnded, PairIsOver):
        messages.info(request, _("It was closed meanwhile. Nothing was changed."))
        return redirect("pairing:pair", pair.pk)
    key = f"draft:review-{held.kind}-{pair.pk}"
    messages.success(request, told(pair, request.user, held), extra_tags=key)
    if held.done_at and held.kind == Review.Kind.CLOSING:
        return redirect("pairing:afterwards", pair.pk)
    return redirect("pairing:pair", pair.pk)


def told(pair, user, held) -> str:
    """What has happened, in a sentence."""
    if held.done_at and held.kind == Review.Kind.CLOSING:
        return _("Your time together is complete. Thank you, both.")
    if held.done_at:
        return _("Done by both of you. It stays on your page.")
    if getattr(held, f"{pair.side_of(user)}_done_at"):
        words = _("Saved, and done for you. %(name)s says so too when ready.")
    else:
        words = _("Saved, for you and %(name)s. Come back whenever you like.")
    return words % {"name": pair.partner_of(user).short_name}


def show_both(request, pair, review, forms):
    """What the other one saved above, what was typed below."""
    review = Review.objects.select_related("words").get(pk=review.pk)
    review.pair, form = pair, forms["form"]
    if not hasattr(review, "words"):  # opened by the night, and nothing written yet
        review.words = ReviewWords(review=review, pair=pair)
    stands = [*outcomes_that_differ(review, forms), *form.differences(review.words)]
    form.data = form.data.copy()
    form.data["version"] = review.version
    return show(request, pair, review, forms, status=409, stands=stands)


def outcomes_that_differ(review, forms) -> list[tuple]:
    """(title, words) of outcomes of which the saved review says something else."""
    said = review.words.outcomes
    return [
        (form.outcome.title, form.in_words(said.get(str(form.outcome.pk), {})))
        for form in forms["outcomes"]
        if said.get(str(form.outcome.pk), {}) != form.seen
    ]


def seen_in(pair, found) -> list[tuple]:
    """(outcome, how it stood, words) as the review left them."""
    words = getattr(found, "words", None)
    said = words.outcomes if words else {}
    return [
        (
            outcome,
            OutcomeReviewForm.label_of(said[str(outcome.pk)]),
            said[str(outcome.pk)],
        )
        for outcome in pair.outcomes.all()
        if said.get(str(outcome.pk), {}).get("how")
    ]


def show(request, pair, found, forms, status=None, stands=None):
    context = {
        **page(request.user, pair, found),
        **forms,
        "all_forms": [*forms["outcomes"], forms["form"]],
        "stands": stands,
        "is_done_for_you": bool(
            getattr(found, f"{pair.side_of(request.user)}_done_at")
        ),
    }
    status = status or (422 if forms["form"].is_bound else 200)
    return render(request, "home/review.html", context, status=status)


def page(user, pair, found) -> dict:
    side = pair.side_of(user)
    words = getattr(found, "words", None)
    partners_side = "mentee" if side == "mentor" else "mentor"
    return {
        "pair": pair,
        "review": found,
        "words": words,
        "thanks": getattr(words, f"thanks_from_{partners_side}", ""),
        "own_thanks": getattr(words, f"thanks_from_{side}", ""),
        "partner": pair.partner_of(user),
        "place": pair.place_of(user),
        "side": side,
        "nav": "pair",
    }
