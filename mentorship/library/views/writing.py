from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mentorship.charter.models import Program
from mentorship.charter.permissions import permit
from mentorship.charter.shell import program_shell

from .. import actions
from ..actions.writing import FACETS, text_to_start_from
from ..forms import ItemForm, StepFormSet
from ..models import Item, ItemText
from ..permissions import can_write
from ..topics import topic_words


def to_write_in(request, program) -> Program:
    """The program, for its coordinators."""
    visible = Program.objects.visible_to(request.user)
    program = get_object_or_404(visible, pk=program)
    permit(can_write(request.user, program))
    return program


@require_safe
def own(request, program):
    """What the program's people find: the product's, its own, and its drafts."""
    program = to_write_in(request, program)
    texts = ItemText.objects.in_force().of_programs([program])
    read = {text.item.slug: text for text in texts.one_of_each(get_language())}
    drafts = {text.item.slug: text for text in drafts_of(program)}
    today = program.today()
    rows = [
        {
            "text": read.get(slug) or drafts[slug],
            "is_read": slug in read,
            "is_own": slug in read and read[slug].item.program_id == program.pk,
            "draft": drafts.get(slug),
            "to_review": slug in read and is_due(read[slug].version, today),
        }
        for slug in read.keys() | drafts.keys()
    ]
    rows.sort(key=lambda row: row["text"].title.casefold())
    context = {**program_shell(program, nav="playbooks"), "rows": rows}
    return render(request, "library/own.html", context)


def is_due(version, today) -> bool:
    """Whether the day has come on which somebody should read it again."""
    return bool(version.review_on and version.review_on <= today)


def drafts_of(program):
    """The words of a program's drafts."""
    texts = ItemText.objects.filter(version__item__program=program)
    return texts.filter(version__state="draft").select_related("version__item")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, program):
    """Write an idea that the product does not have."""
    program = to_write_in(request, program)
    form, steps = forms_of(request)
    if form.is_valid() and steps.is_valid():
        try:
            item = actions.write_new(
                program, **written(form, steps), by=request.user, at=timezone.now()
            )
        except actions.SlugIsTaken:
            words = _("There is an idea of this name. Change that one, or rename this.")
            form.add_error("title", words)
        else:
            return redirect("library:preview", program.pk, item.slug)
    return editor(request, program, form, steps)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request, program, slug):
    """Change an idea for the program; nothing is read before it is published."""
    program = to_write_in(request, program)
    text = drafts_of(program).filter(version__item__slug=slug).first()
    if text is None:
        try:
            text = text_to_start_from(program, slug)
        except Item.DoesNotExist:
            raise Http404("no such idea") from None
    form, steps = forms_of(request, text)
    if not (form.is_valid() and steps.is_valid()):
        return editor(request, program, form, steps, slug=slug)
    try:
        keep(program, slug, form, steps, by=request.user)
    except actions.DraftHasChanged:
        return changed_meanwhile(request, program, slug, form, steps)
    return redirect("library:preview", program.pk, slug)


def keep(program, slug, form, steps, *, by):
    """Save the draft, which begins with this if there was none."""
    now, seen = timezone.now(), form.cleaned_data["version"]
    draft = actions.start_draft(program, slug, by=by, at=now)
    begun_now = not seen and draft.version == 1 and draft.created_at == now
    version = draft.version if begun_now else seen or 0
    words = written(form, steps)
    actions.save_draft(draft, version=version, **words, by=by, at=now)


def changed_meanwhile(request, program, slug, form, steps):
    """What was typed stays; saving once more is then a decision."""
    stored = drafts_of(program).filter(version__item__slug=slug).first()
    form.data = form.data.copy()
    form.data["version"] = stored.version.version if stored else 0
    more = {"slug": slug, "changed": True, "status": 409}
    return editor(request, program, form, steps, **more)


def forms_of(request, text=None):
    """The idea's form and its parts', filled with what is stored."""
    data = request.POST if request.method == "POST" else None
    initial, parts = {}, []
    if text:
        initial = {name: getattr(text.version, name) for name in FACETS}
        initial["title"], initial["summary"] = text.title, text.summary
        initial["body"], parts = text.body, text.steps
        is_draft = text.version.state == "draft"
        initial["version"] = text.version.version if is_draft else 0
    form = ItemForm(data, initial=initial)
    return form, StepFormSet(data, prefix="steps", initial=parts)


def written(form, steps) -> dict:
    """What the forms say, as actions take it."""
    words = {name: form.cleaned_data[name] for name in ("title", "summary", "body")}
    return {"facets": form.facets(), "words": {**words, "steps": steps.steps()}}


def editor(request, program, form, steps, slug="", changed=False, status=None):
    context = {
        **program_shell(program, nav="playbooks"),
        "form": form,
        "steps": steps,
        "slug": slug,
        "changed": changed,
        "has_errors": request.method == "POST",
    }
    status = status or (422 if request.method == "POST" else 200)
    return render(request, "library/write.html", context, status=status)


@require_safe
def preview(request, program, slug):
    """The draft as people will read it, with the button that lets them."""
    program = to_write_in(request, program)
    text = drafts_of(program).filter(version__item__slug=slug).first()
    if text is None:
        return redirect("library:own", program.pk)
    topics = [topic_words(each) for each in text.version.topics]
    context = {
        **program_shell(program, nav="playbooks"),
        "text": text,
        "item": text.item,
        "topics": topics,
    }
    return render(request, "library/preview.html", context)


@require_POST
def publish(request, program, slug):
    program = to_write_in(request, program)
    text = drafts_of(program).filter(version__item__slug=slug).first()
    seen = request.POST.get("version", "")
    try:
        if text is None or not (seen.isascii() and seen.isdecimal()):
            raise actions.DraftHasChanged
        draft = text.version
        at, seen_version = timezone.now(), int(seen[:9])
        actions.publish_item(draft, version=seen_version, by=request.user, at=at)
    except actions.DraftHasChanged:
        words = _("Somebody changed or published this draft just now. Look again.")
        messages.error(request, words)
        return redirect("library:preview", program.pk, slug)
    words = _("Published. Your program’s people read it from now on.")
    messages.success(request, words)
    return redirect("library:own", program.pk)


@require_POST
def take_back(request, program, slug):
    program = to_write_in(request, program)
    item = get_object_or_404(Item, program=program, slug=slug)
    actions.take_back(item, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back. Its versions are kept."))
    return redirect("library:own", program.pk)
