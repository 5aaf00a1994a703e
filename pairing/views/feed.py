"""One's sessions in one's own calendar: a feed behind a secret, and single files."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.charter.permissions import permit
from mentorship.outbox.calendar import PUBLISH
from mentorship.outbox.calendar import render as rendered
from pairing import actions
from pairing.appointments import WINDOW, event_of
from pairing.models import CalendarFeed, Session
from pairing.permissions import can_read_words

from .session import visible_session

CALENDAR = "text/calendar; charset=utf-8"


@login_not_required
@gzip_page
@require_safe
def calendar(request, secret):
    """The feed that calendar programs fetch. Whoever has the secret has the feed."""
    feed = get_object_or_404(CalendarFeed.objects.behind(secret).select_related("user"))
    now = timezone.now()
    before, after = WINDOW
    sessions = Session.objects.in_calendar_of(feed.user, now - before, now + after)
    events = [event_of(session) for session in sessions.order_by("starts_at")]
    # What the events say, not when they were written down.
    etag = f'"{hashlib.sha256(repr(events).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        with translation.override(feed.user.language):
            name = _("Mentoring")
        text = rendered(events, method=PUBLISH, at=now, name=name)
        response = HttpResponse(text, content_type=CALENDAR)
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
def session_file(request, session):
    """One session as a file for one's calendar."""
    session = visible_session(request.user, session)
    permit(can_read_words(request.user, session.pair))
    if session.state != Session.State.PLANNED:
        raise Http404
    text = rendered([event_of(session)], method=PUBLISH, at=timezone.now())
    response = HttpResponse(text, content_type=CALENDAR)
    response["Content-Disposition"] = 'attachment; filename="session.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request):
    """Make, renew or close one's feed. Its address is shown once: only a digest of it
    is kept."""
    address = ""
    if request.POST.get("do") == "close":
        actions.revoke_feed(request.user)
        messages.success(request, _("Closed. Calendars that used it find nothing now."))
        return redirect("pairing:feed")
    if request.method == "POST":
        secret = actions.make_feed(request.user, at=timezone.now())
        path = reverse("pairing:calendar", args=[secret])
        address = request.build_absolute_uri(path)
    made = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "pairing/feed.html", {"made": made, "address": address})
