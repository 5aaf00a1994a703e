"""The one page of the look that answers a request of its own."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """A form whose token was missing or old: say so kindly, in the site's look."""
    return render(request, "403_csrf.html", status=403)
