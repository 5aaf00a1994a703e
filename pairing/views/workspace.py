"""A pair's workspace: what the two keep for each other, and nobody else reads."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from pairing import actions
from pairing.forms import ChangeForm, FileForm, LinkForm, NoteForm
from pairing.models import File, Link, Note, Pair
from pairing.permissions import can_change_shared, can_read_words, can_work_in

FORMS = {"note_form": NoteForm, "link_form": LinkForm, "file_form": FileForm}
NOTES_ON_A_PAGE = 20


@require_GET
def workspace(request, pair):
    """Notes, links and files of a pair; after its end to read only."""
    pair = visible_pair(request.user, pair)
    permit(can_read_words(request.user, pair))
    return show(request, pair)


@require_POST
def add_note(request, pair):
    """Add a shared note."""
    form = NoteForm(request.POST)
    full = _("You two have 200 notes. Delete one to make room.")
    said = _("Saved for both of you.")
    return add(request, pair, "note_form", form, actions.write_note, "body", full, said)


@require_POST
def add_link(request, pair):
    """Add a link."""
    form = LinkForm(request.POST)
    full = _("You two have 50 links. Delete one to make room.")
    said = _("The link is kept for both of you.")
    return add(request, pair, "link_form", form, actions.add_link, "url", full, said)


@require_POST
def add_file(request, pair):
    """Add a file."""
    form = FileForm(request.POST, request.FILES)
    full = _("You two have 20 files. Delete one to make room.")
    said = _("The file is kept for both of you.")
    return add(request, pair, "file_form", form, actions.keep_file, "file", full, said)


def add(request, pair, name, form, action, field, full, said):
    """Keep what the form holds and come back, or show the page with what is wrong."""
    pair = visible_pair(request.user, pair)
    permit(can_work_in(request.user, pair))
    if not form.is_valid():
        return show(request, pair, **{name: form})
    try:
        action(pair, by=request.user, at=timezone.now(), **form.cleaned_data)
    except actions.WorkspaceIsFull:
        form.add_error(field, full)
        return show(request, pair, **{name: form})
    except actions.PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
    else:
        messages.success(request, said, extra_tags=f"draft:{name}-{pair.pk}")
    return redirect("pairing:workspace", pair.pk)


def show(request, pair, **bound):
    """The page; a form that was refused takes the place of its empty one."""
    forms = {
        name: bound.get(name) or form(auto_id=f"{name}_%s")
        for name, form in FORMS.items()
    }
    for name, form in bound.items():
        form.auto_id = f"{name}_%s"
    with acting_as(request.user):
        notes, links, files = (
            model.objects.filter(pair=pair).select_related("author__user")
            for model in (Note, Link, File)
        )
        # Fetched as they lie; only those on this page are opened.
        notes = Paginator(list(notes), NOTES_ON_A_PAGE)
        context = {
            **forms,
            **members(request.user, pair),
            "notes": notes.get_page(request.GET.get("page")),
            "links": links,
            "files": files,
        }
        status = 422 if bound else 200
        return render(request, "pairing/workspace.html", context, status=status)


@require_http_methods(["GET", "POST"])
def note(request, note):
    """Change the wording of one's own note."""
    with acting_as(request.user):
        note = visible_thing(request.user, Note, note)
        permit(can_change_shared(request.user, note))
        initial = {"body": note.body, "version": note.version}
        form = ChangeForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            return save_note(request, note, form)
        status = 422 if form.is_bound else 200
        return show_note(request, note, form, status=status)


def save_note(request, note, form):
    try:
        actions.change_note(
            note, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except actions.NoteHasChanged as changed:
        form.data = form.data.copy()
        form.data["version"] = changed.note.version
        return show_note(request, note, form, stands=changed.note, status=409)
    except actions.PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
    else:
        messages.success(request, _("Saved for both of you."))
    return redirect("pairing:workspace", note.pair_id)


def show_note(request, note, form, stands=None, status=200):
    context = {
        **members(request.user, note.pair),
        "note": note,
        "form": form,
        "stands": stands,
    }
    return render(request, "pairing/note.html", context, status=status)


@require_POST
def drop_note(request, note):
    """Delete one's own note."""
    return drop(request, Note, note, _("The note is deleted."))


@require_POST
def drop_link(request, link):
    """Delete one's own link."""
    return drop(request, Link, link, _("The link is deleted."))


@require_POST
def drop_file(request, file):
    """Delete one's own file."""
    return drop(request, File, file, _("The file is deleted."))


def drop(request, model, pk, said):
    with acting_as(request.user):
        thing = visible_thing(request.user, model, pk)
        permit(can_change_shared(request.user, thing))
    try:
        actions.take_away(thing, by=request.user)
    except actions.PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was deleted."))
    else:
        messages.success(request, said)
    return redirect("pairing:workspace", thing.pair_id)


@require_GET
def file(request, file):
    """A file as a download that no browser opens by itself."""
    with acting_as(request.user):
        file = visible_thing(request.user, File, file)
        try:
            content, name = actions.read_file(file), file.name
        except FileNotFoundError:
            raise Http404 from None
    return as_download(name, content)


def as_download(name, content):
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def members(user, pair):
    """What every page of the workspace knows of the two."""
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "side": pair.side_of(user),
        "place": pair.place_of(user),
        "can_work": can_work_in(user, pair),
        "nav": "pair",
    }


def visible_pair(user, pk):
    visible = Pair.objects.visible_to(user).with_people()
    return get_object_or_404(visible.select_related("cohort__program"), pk=pk)


def visible_thing(user, model, pk):
    """A thing of the workspace with its pair; inside acting_as."""
    people = "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
    return get_object_or_404(
        model.objects.visible_to(user).select_related(*people), pk=pk
    )
