"""Stories: telling one, agreeing to its very words, and taking it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback import actions
from feedback.claims import claim_hints
from feedback.forms import StoryForm
from feedback.models import Story
from feedback.permissions import (
    can_agree_to_story,
    can_change_story,
    can_take_back_story,
    can_tell_story,
)
from mentorship.accounts.acting import acting_as
from mentorship.accounts.sealing import open_keys
from mentorship.charter.permissions import permit
from pairing.models import Pair
from pairing.naming import names_of


@require_safe
def stories(request):
    """What one told, and what one was asked to agree to."""
    user = request.user
    with acting_as(user):
        found = Story.objects.involving(user).with_people().select_related("words")
        found = list(found)
        open_keys([one.pk for one in found])
        pairs = Pair.objects.of(user).with_people().select_related("cohort")
        context = {
            "own": [one for one in found if one.teller_id == user.pk],
            "asked": [one for one in found if one.teller_id != user.pk],
            "pairs": [(pair, pair.partner_of(user)) for pair in pairs],
            "nav": "today",
        }
        return render(request, "feedback/stories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, pair):
    """Tell what came of it, for oneself alone at first."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_tell_story(request.user, pair))
    form = StoryForm(request.POST or None, names=names_of(pair))
    if form.is_valid():
        now = timezone.now()
        told = form.told(pair.cohort.program.today(now))
        once = {"at": now, "form_id": form.cleaned_data["form_id"]}
        try:
            story = actions.tell_story(pair, by=request.user, **once, **told)
        except actions.NobodyToAsk:
            words = _("Your partner has no account any more, so nobody could agree.")
            form.add_error(None, words)
        else:
            messages.success(
                request, _("Kept, for you alone."), extra_tags=f"draft:story-{pair.pk}"
            )
            return redirect("feedback:story", story.pk)
    return write(request, form, pair)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, story):
    """Change it; whoever agreed before is asked again."""
    story = visible_story(request.user, story)
    permit(can_change_story(request.user, story))
    with acting_as(request.user):
        form = StoryForm(
            request.POST or None, names=names_of(story.pair), initial=before(story)
        )
    if form.is_valid():
        now = timezone.now()
        told = form.told(story.program.today(now))
        actions.rewrite_story(story, by=request.user, at=now, **told)
        key = f"draft:story-{story.pk}"
        words = _("Kept. For the moment you alone read it.")
        messages.success(request, words, extra_tags=key)
        return redirect("feedback:story", story.pk)
    return write(request, form, story.pair, story)


def before(story) -> dict:
    """What the form holds of a story that is there; inside acting_as."""
    words = story.words
    return {
        "text": words.text,
        "title": words.title,
        "url": words.url,
        "kind": story.kind,
        "audience": story.audience,
        "with_function": story.with_function,
    }


def write(request, form, pair, story=None):
    context = {
        "form": form,
        "pair": pair,
        "story": story,
        "partner": pair.partner_of(request.user),
        "side": pair.side_of(request.user),
        "nav": "pair",
    }
    status = 422 if form.is_bound else 200
    return render(request, "feedback/story_write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def story(request, story):
    """One story: its very words, who may read it until when, and what one may do."""
    story, user = visible_story(request.user, story), request.user
    permit(can_take_back_story(user, story))
    if request.method == "POST":
        return act(request, story)
    with acting_as(user):
        context = {
            "story": story,
            "partner": story.pair.partner_of(user),
            "tells": can_change_story(user, story),
            "seen": story.words.agreed_to(),
            "hints": claim_hints(story.words.text),
            "is_over": story.expires_on < story.program.today(),
            "pair": story.pair,
            "side": story.pair.side_of(user),
            "nav": "pair",
        }
        return render(request, "feedback/story.html", context)


def act(request, story):
    """Ask, agree, rather not, or take back: whatever the button says."""
    does = MOVES.get(request.POST.get("do", ""))
    if does is None:
        raise Http404
    try:
        return does(request, story)
    except actions.StoryIsOver:
        words = _("Its last day has passed. Choose how long it may be read now.")
        messages.info(request, words)
        return redirect("feedback:story_change", story.pk)
    except actions.StoryHasMoved:
        messages.info(request, _("It has changed meanwhile. This is how it stands."))
        return redirect("feedback:stories")


def ask(request, story):
    permit(can_change_story(request.user, story))
    actions.ask_consent(story, **by_now(request), language=get_language() or "")
    words = _("%(name)s is asked, and sees exactly what you see here.")
    messages.success(request, words % {"name": story.asked.short_name})
    return redirect("feedback:story", story.pk)


def agree(request, story):
    permit(can_agree_to_story(request.user, story))
    actions.agree_to_story(
        story,
        **by_now(request),
        seen=request.POST.get("seen", ""),
        language=get_language() or "",
    )
    words = _("Thank you. It is offered to the coordinators now.")
    messages.success(request, words)
    return redirect("feedback:story", story.pk)


def refuse(request, story):
    permit(can_agree_to_story(request.user, story))
    actions.refuse_story(story, **by_now(request))
    messages.success(request, _("That is fine. Nobody else reads it from now on."))
    return redirect("feedback:stories")


def take_back(request, story):
    permit(can_change_story(request.user, story))
    actions.take_back_story(story, **by_now(request))
    messages.success(request, _("It is gone. Nobody can read it any more."))
    return redirect("feedback:stories")


MOVES = {"ask": ask, "agree": agree, "refuse": refuse, "take back": take_back}


def by_now(request) -> dict:
    return {"by": request.user, "at": timezone.now()}


def visible_story(user, pk) -> Story:
    return get_object_or_404(Story.objects.visible_to(user).with_people(), pk=pk)
