from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback.models import ReflectionWords
from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from mentorship.home.actions import reflect_with_questions
from mentorship.home.forms import GuidedForm
from mentorship.library.models import ItemVersion
from mentorship.library.reading import shelf
from milestones.actions import Promised
from pairing.models import Session
from pairing.permissions import can_read_words, can_work_in


@require_http_methods(["GET", "POST"])
def guided(request, session, sheet):
    """Look back on a session with a sheet's questions, for oneself; what one will do
    about it becomes a promise that the partner sees."""
    session = held_session(request.user, session)
    pair = session.pair
    permit(can_read_words(request.user, pair))
    text = sheet_of(request.user, sheet, pair.side_of(request.user))
    form = GuidedForm(
        request.POST if request.method == "POST" else None,
        steps=text.steps,
        answers=answered(request.user, session),
        today=timezone.localdate(),
        promises=can_work_in(request.user, pair),
    )
    if form.is_valid():
        return keep(request, session, text, form)
    context = {
        "form": form,
        "text": text,
        "session": session,
        "pair": pair,
        "partner": pair.partner_of(request.user),
        "side": pair.side_of(request.user),
        "nav": "pair",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "home/guided.html", context, status=status)


def held_session(user, pk):
    people = ("pair__mentor__user", "pair__mentee__user", "pair__cohort__program")
    held = Session.objects.visible_to(user).held().select_related(*people)
    return get_object_or_404(held, pk=pk)


def sheet_of(user, slug, side):
    """The sheet, if it is for this side and asks something."""
    sheets = shelf(user).filter(
        version__kind=ItemVersion.Kind.SHEET,
        version__side__in=[side, ItemVersion.Side.BOTH],
    )
    text = get_object_or_404(sheets, version__item__slug=slug)
    if not text.steps:
        raise Http404("a sheet without questions")
    return text


def answered(user, session) -> dict:
    """What the person has answered about this session before."""
    with acting_as(user):
        mine = ReflectionWords.objects.filter(
            reflection__session=session, reflection__author__user=user
        )
        words = mine.first()
        return words.answers if words else {}


def keep(request, session, text, form):
    side = session.pair.side_of(request.user)
    reflect_with_questions(
        session,
        by=request.user,
        at=timezone.now(),
        answers=form.answers(),
        promises=[
            Promised(words, owner=side, for_side=side, due_on=due_on)
            for words, due_on in form.promised()
        ],
    )
    key = f"draft:guided-{session.pk}-{text.item.slug}"
    messages.success(request, _("Kept, for you alone."), extra_tags=key)
    return redirect("pairing:session", session.pk)
