from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from feedback.models import Reflection
from mentorship.home.actions import say_how_it_went
from pairing import links
from pairing.actions import PairHasEnded, SessionHasChanged
from pairing.forms import AnswerForm
from pairing.models import Session
from pairing.permissions import can_work_in


# The signed address is what allows it, not a cookie: a page that does not know the
# address cannot forge the post, and mail programs often keep no cookies.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request, token):
    """How a session went, by the link in a mail. Only a post changes anything: link
    scanners look at every address."""
    link = links.read(token)
    session = link and not link.expired and session_of(link)
    person = session and member(session.pair, link.user)
    if not person:
        answer = render(request, "home/link_is_over.html", status=404)
    elif request.user.is_authenticated and request.user != person:
        answer = render(request, "home/link_of_another.html", status=403)
    else:
        with translation.override(person.language), timezone.override(person.tz):
            answer = asked(request, session, person)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def session_of(link):
    people = "pair__mentor__user", "pair__mentee__user"
    return Session.objects.filter(pk=link.session).select_related(*people).first()


def member(pair, user_id):
    """The person of the pair whom a link names, unless they have left."""
    people = (place.user for place in pair.members if place.user)
    return next((one for one in people if one.pk == user_id and one.is_active), None)


def asked(request, session, person):
    """The question, or what was said of the session; a post answers it, once."""
    now, posted = timezone.now(), request.method == "POST"
    open_ = can_work_in(person, session.pair) and session.waits_for_word(now)
    form = AnswerForm(request.POST if posted else None, session=session)
    if posted and open_ and form.is_valid():
        # Whatever the other one said in this very moment, the page then shows it.
        with suppress(PairHasEnded, SessionHasChanged):
            say_how_it_went(session, by=person, at=now, minutes=form.minutes)
    if posted and not (open_ and form.errors):
        return redirect(request.path)
    return show(request, session, person, form if open_ else None)


def show(request, session, person, form):
    """One sentence on how it stands, and what can still be said."""
    place = session.pair.place_of(person)
    mine = session.is_told and session.logged_by_id == place.pk
    context = {
        "form": form,
        "session": session,
        "pair": session.pair,
        "partner": session.pair.partner_of(person),
        "mine": mine,
        "theirs": session.is_told and not mine,
        "said": mine or session.confirmed_by_id is not None,
        "reflection": session.is_held
        and Reflection.objects.of(person).filter(session=session).first(),
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "home/answer_by_link.html", context, status=status)
