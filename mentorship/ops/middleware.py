"""Around every request: its id, and how long its answer took."""

import atexit
import re
import uuid
from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.signals import request_finished

from .logs import request_id
from .watching.requests import Tally

PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}")


def with_request_id(get_response):
    """Take the id that a proxy gave the request, or make one; say it back, and let
    every line of the log carry it."""

    def middleware(request):
        given = request.headers.get("X-Request-ID", "")
        known = given if PLAIN.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(known)
        try:
            response = get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = known
        return response

    return middleware


class Counting:
    """Count answers by page, status and time, where somebody may ask for the figures.

    A process keeps its counts and adds them to the database now and then, once an
    answer has gone out; a lost database or Redis slows nobody down."""

    def __init__(self, get_response):
        if not settings.WATCH_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.tally = Tally()
        request_finished.connect(self.tally.flush_when_due)
        atexit.register(self.tally.flush)

    def __call__(self, request):
        began = perf_counter()
        response = self.get_response(request)
        route = route_of(request.resolver_match)
        self.tally.add(route, response.status_code, perf_counter() - began)
        return response


def route_of(match) -> str:
    """The name of a page. Of feedback only the app's: that somebody opened the page for
    a concern is for nobody to see, in a small program least of all."""
    if match is None:
        return "nowhere"
    return match.namespace if match.namespace == "feedback" else match.view_name
