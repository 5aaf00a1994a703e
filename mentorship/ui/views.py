"""The pages of the look that answer when something went wrong."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

SOON = "30"  # seconds after which it makes sense to try again


def csrf_failure(request, reason=""):
    """A form whose token was missing or old: say so kindly, in the site's look."""
    return render(request, "403_csrf.html", status=403)


def failure(request):
    """The page for an error of ours. A database that is away, full or busy is told as
    such (503); the page asks nothing of it, not even who is reading."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": SOON})
    return HttpResponseServerError(render_to_string("500.html"))
