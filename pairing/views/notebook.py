"""A person's private notebook."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from pairing import actions
from pairing.forms import ChangeForm, PageForm
from pairing.models import NotebookEntry
from pairing.permissions import can_keep_page

PAGES_AT_ONCE = 20


@require_http_methods(["GET", "POST"])
def notebook(request):
    """All pages, the newest first, and a place to write one."""
    form = PageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_page(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. Only you can read it."), "draft:notebook")
        return redirect("pairing:notebook")
    with acting_as(request.user):
        mine = NotebookEntry.objects.visible_to(request.user)
        pages = Paginator(mine, PAGES_AT_ONCE).get_page(request.GET.get("page"))
        context = {"form": form, "pages": pages, "nav": "today"}
        status = 422 if form.is_bound else 200
        return render(request, "pairing/notebook.html", context, status=status)


@require_http_methods(["GET", "POST"])
def notebook_page(request, page):
    """Change the wording of a page."""
    with acting_as(request.user):
        page = own_page(request.user, page)
        initial = {"body": page.body, "version": page.version}
        form = ChangeForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            return save(request, page, form)
        return show(request, page, form, status=422 if form.is_bound else 200)


def save(request, page, form):
    try:
        actions.change_page(
            page, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except actions.PageHasChanged as changed:
        form.data = form.data.copy()
        form.data["version"] = changed.page.version
        return show(request, page, form, stands=changed.page, status=409)
    messages.success(request, _("Saved. Only you can read it."))
    return redirect("pairing:notebook")


def show(request, page, form, stands=None, status=200):
    context = {"page": page, "form": form, "stands": stands, "nav": "today"}
    return render(request, "pairing/notebook_page.html", context, status=status)


@require_POST
def drop_page(request, page):
    """Delete a page for good."""
    with acting_as(request.user):
        actions.tear_out(own_page(request.user, page), by=request.user)
    messages.success(request, _("The page is deleted."))
    return redirect("pairing:notebook")


def own_page(user, pk):
    page = get_object_or_404(NotebookEntry.objects.visible_to(user), pk=pk)
    permit(can_keep_page(user, page))
    return page
