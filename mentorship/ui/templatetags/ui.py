"""The components of every page: {% load ui %}."""

import datetime as dt
from functools import lru_cache

from django import template
from django.forms import Field
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from mentorship.ui import navigation
from mentorship.ui.markdown import render_markdown, render_public
from mentorship.ui.names import initials, name_of
from mentorship.ui.rendering import an_input, attributes
from mentorship.ui.tables import BULK_FORM

register = template.Library()

SIDES = {"mentor": gettext_lazy("Mentor"), "mentee": gettext_lazy("Mentee")}
TAG_KINDS = {"plain", "line", "steady", "notice", "urgent"}


# ------------------------------------------------------------------ small parts
@register.simple_tag
@lru_cache(maxsize=256)  # a page has dozens, and a site as many different ones
def icon(name, *looks):
    """An icon of the sprite. Looks: "dir" turns with the writing direction, "inl"
    sits inside a line of text, "tick" shows in a chosen chip only."""
    extra = {"dir": " i--dir", "inl": " inl", "tick": " tick"}
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        "".join(extra[look] for look in looks),
        static("icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=32)  # every page names the same four
def asset(path):
    """The address of a static file."""
    return static(path)


@register.simple_tag
def avatar(person, side="", size=""):
    """Initials in the side's shape; decorative, the name is always written too.
    Size: "" or "s" or "l"."""
    looks = f" av--{side}" if side in SIDES else ""
    looks += f" av--{size}" if size in ("s", "l") else ""
    signs = escape(initials(name_of(person)))
    return mark_safe(f'<span class="av{looks}" aria-hidden="true">{signs}</span>')


@register.simple_tag
def duo(pair, size=""):
    """The two faces of anything with a `mentor` and a `mentee`."""
    mentor = avatar(pair.mentor, "mentor", size)
    mentee = avatar(pair.mentee, "mentee", size)
    return mark_safe(f'<span class="duo">{mentor}{mentee}</span>')


@register.simple_tag
def person(who, side="", detail="", url="", size=""):
    """Initials, name and one line under it; the name is a link when there is a url."""
    name = name_of(who)
    shown = format_html('<a href="{}">{}</a>', url, name) if url else name
    under = format_html('<small class="s c-job">{}</small>', detail) if detail else ""
    return format_html(
        '<span class="person">{}<span><b>{}</b>{}</span></span>',
        avatar(who, side, size),
        shown,
        under,
    )


@register.simple_tag
def role(side, text=""):
    """The side's mark and a word: "Mentor", or a name given as text."""
    looks = side if side in SIDES else "mentor"
    words = conditional_escape(text or SIDES.get(side, side))
    return mark_safe(f'<span class="role role--{looks}">{words}</span>')


@register.simple_tag
def tag(text, kind="plain", icon_name=""):
    """The state of a record, always a word. Kinds: plain, line, steady, notice,
    urgent."""
    if kind not in TAG_KINDS:
        raise template.TemplateSyntaxError(f"{kind!r} is not a kind of tag")
    looks = "" if kind == "plain" else f" tag--{kind}"
    sign = icon(icon_name) if icon_name else ""
    words = conditional_escape(text)
    return mark_safe(f'<span class="tag{looks}">{sign}{words}</span>')


@register.simple_tag
def hush(why=""):
    """The one wording for a figure that is not shown, to protect people."""
    return format_html('<span class="hush">{}</span>', why or _("Not shown: too few"))


@register.filter
def name(person):
    """The name to show for a user, a participant or a text."""
    return name_of(person)


@register.filter(name="initials")
def initials_of(person):
    """The signs on a person's face, to begin the label of a link around it."""
    return initials(name_of(person))


@register.filter
def markdown(text):
    """Markdown as safe HTML, inside an element of class "prose"."""
    return render_markdown(text)


@register.filter
def public_markdown(text):
    """The same for a text of the program's, which many read."""
    return render_public(text)


# ------------------------------------------------------------------------ dates
@register.filter
def day(value, style=""):
    """A date as "14 May", with the year only when it is not this one; style
    "weekday" gives "Thursday 14 May". A moment is taken in the current zone."""
    if not value:
        return ""
    on = _date(value)
    return a_time(on, day_words(on, style))


@register.filter
def moment(value, style=""):
    """A moment as "14 May, 16:00 (Berlin)", in the current zone, which is named."""
    if not value:
        return ""
    local = timezone.localtime(value)
    words = _("%(day)s, %(time)s (%(zone)s)") % {
        "day": day_words(local.date(), style),
        "time": f"{local:%H:%M}",
        "zone": zone_words(local),
    }
    return a_time(local, words)


def a_time(when, words):
    """A day or a moment for people and for programs."""
    return mark_safe(f'<time datetime="{when.isoformat()}">{escape(words)}</time>')


@register.filter
def day_words(on, style=""):
    """A date as plain words, for texts without markup."""
    is_this_year = on.year == timezone.localdate().year
    return _words_of_day(on, style, is_this_year, get_language())


@lru_cache(maxsize=2048)  # lists name the same few days again and again
def _words_of_day(on, style, is_this_year, _language):
    if is_this_year:
        words = date_format(on, pgettext("date format", "j F"))
    else:
        words = date_format(on, pgettext("date format", "j F Y"))
    if style != "weekday":
        return words
    return _("%(weekday)s %(day)s") % {"weekday": date_format(on, "l"), "day": words}


def zone_words(local):
    """A short word for a moment's zone: the city of its IANA name, or "UTC"."""
    key = getattr(local.tzinfo, "key", None) or local.tzname()
    return key.rsplit("/", 1)[-1].replace("_", " ")


def _date(value):
    if isinstance(value, str):  # a day kept as plain text in a notice
        return dt.date.fromisoformat(value)
    if not isinstance(value, dt.datetime):
        return value
    return (
        timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    )


# ------------------------------------------------------- who can read, and frames
READERS = {
    "only_you": ("lock", gettext_lazy("Only you")),
    "you_and": ("eye", gettext_lazy("You and %(name)s")),
    "coordinators": ("eye", gettext_lazy("Coordinators can read this")),
    "facilitators": ("chat", gettext_lazy("The program’s facilitators can read this")),
    "chosen": ("chat", gettext_lazy("The person you choose")),
    "counted": ("chart", gettext_lazy("Counted with others, never alone")),
    "steering": ("eye", gettext_lazy("The steering group, as you approved it")),
}


def readers_words(who, name=""):
    """Who can read what is about to be written; `name` is the partner's."""
    words = READERS[who][1]
    return words % {"name": name} if who == "you_and" else words


@register.simple_tag
def readers(who, name=""):
    """The label before a place to write, one of READERS."""
    return format_html(
        '<span class="readers readers--{}">{}{}</span>',
        who.replace("_", "-"),
        icon(READERS[who][0]),
        readers_words(who, name),
    )


@register.simple_block_tag
def note(content, who, name="", detail="", pair=None):
    """A frame around a place to write, saying first who can read it: dashed with a
    padlock for "only_you", solid pine with both faces for "you_and"."""
    looks = {"only_you": "private", "you_and": "shared"}
    face = format_html('<span class="lock">{}</span>', icon(READERS[who][0]))
    if who == "you_and" and pair:
        face = duo(pair)
    return format_html(
        '<div class="note note--{}"><div class="note__who">{}<span><b>{}</b>{}'
        "</span></div>{}</div>",
        looks.get(who, "open"),
        face,
        readers_words(who, name),
        format_html('<small class="s">{}</small>', detail) if detail else "",
        content,
    )


@register.simple_block_tag
def callout(content, kind="", icon_name="info"):
    """Context on a page. Kinds: "" or steady or notice."""
    return format_html(
        '<div class="callout{}">{}<div>{}</div></div>',
        f" callout--{kind}" if kind in ("steady", "notice") else "",
        icon(icon_name),
        content,
    )


@register.simple_block_tag
def together(content, title, key=""):
    """Rows of several apps under one heading; nothing at all without a row."""
    if not content.strip():
        return ""
    return format_html(
        '<section class="stack gap-3" aria-labelledby="together-{}">'
        '<h2 id="together-{}">{}</h2>'
        '<ul class="todo card card--flush">{}</ul></section>',
        key,
        key,
        title,
        content,
    )


@register.inclusion_tag("ui/_nothing_yet.html")
def nothing_yet(title, text="", url="", action="", level=2):
    """What a place is for while it is empty, and the first step."""
    return {"title": title, "text": text, "url": url, "action": action, "level": level}


# -------------------------------------------------------- forms, pages, navigation
register.simple_tag(an_input, name="option_input")
register.simple_tag(attributes)


@register.inclusion_tag("ui/_form_summary.html")
def form_summary(*forms):
    """The list of everything wrong in these forms or formsets, linked to the fields.
    It takes the focus; put it at the top of the page."""
    problems = []
    for form in _each(forms):
        problems += [("", words) for words in form.non_field_errors()]
        for field in form:
            anchor = "" if field.is_hidden else field.anchor
            problems += [(anchor, _in_summary(field, words)) for words in field.errors]
    return {"problems": problems}


def _in_summary(field, words):
    """The words beside the field; those that could stand beside any are given its
    label."""
    if words != Field.default_error_messages["required"]:
        return words
    return _("%(label)s: %(error)s") % {"label": field.label, "error": words}


def _each(forms):
    """The forms themselves, with those of formsets and the formsets' own errors."""
    for form in forms:
        if hasattr(form, "management_form"):
            yield from form.forms
        elif isinstance(form, list):
            yield from form
        elif form is not None and form != "":
            yield form


@register.inclusion_tag("ui/_pager.html", takes_context=True)
def pager(context, page, name="page"):
    """Back and next for a page of a paginator, keeping the rest of the address."""
    if not page or not page.has_other_pages():
        return {"page": None}
    query = context["request"].GET.copy()

    def address(number):
        query[name] = number
        return "?" + query.urlencode()

    return {
        "page": page,
        "back": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/_stages.html")
def stages(steps, line=""):
    """Where a cohort is in its life. Steps have `label`, `detail` and `state` (done,
    now or to_come); `line` says the same in one sentence, for narrow screens."""
    return {"stages": steps, "line": line}


@register.inclusion_tag("ui/_side_nav.html", takes_context=True)
def coordinator_nav(context):
    """The side bar's links, from `program`, `cohort`, `nav` and `counts`."""
    return {"links": navigation.links(navigation.COORDINATOR, context)}


@register.inclusion_tag("ui/_tabs.html", takes_context=True)
def person_tabs(context):
    """The tab bar of mentors and mentees, from `pair` and `nav`."""
    return {"links": navigation.links(navigation.PERSON, context)}


@register.inclusion_tag("ui/_top_nav.html", takes_context=True)
def steering_nav(context):
    """The steering group's links, from `program` and `nav`."""
    return {"links": navigation.links(navigation.STEERING, context)}


# ------------------------------------------------------------------ lists and bulk
@register.simple_block_tag(takes_context=True)
def filters(context, content, filterset, label=""):
    """The toolbar above a list: the search box, a chip for each other filter, and at
    the end what the block holds (an export link, say). A filter named `q` searches."""
    query = context["request"].GET
    form = filterset.form
    names = {field.html_name for field in form} | {"page"}
    parts = {
        "label": label or _("Filter"),
        "searches": [field for field in form if field.name == "q"],
        "choices": [_filter_chip(field, query) for field in form if field.name != "q"],
        "kept": [pair for pair in query.items() if pair[0] not in names],
        "anything": any(query.get(name) for name in names - {"page"}),
        "extra": content,
    }
    return render_to_string("ui/filters.html", parts)


def _filter_chip(field, query):
    """A filter's field, its chosen answers in words and the address without it."""
    labels = {str(value): words for value, words in _choices(field)}
    values = [value for value in query.getlist(field.html_name) if value]
    rest = query.copy()
    for gone in (field.html_name, "page"):
        rest.pop(gone, None)
    chosen = ", ".join(str(labels.get(value, value)) for value in values)
    return {"field": field, "chosen": chosen, "clear": "?" + rest.urlencode()}


def _choices(field):
    return getattr(field.field, "choices", ())


@register.simple_block_tag(takes_context=True)
def bulkbar(context, content, action="", label=""):
    """What can be done with the ticked rows: the block holds the buttons. It is a
    form of its own; the rows' boxes, named `select`, belong to it."""
    return format_html(
        '<form id="{}" method="post" action="{}"><input type="hidden" '
        'name="csrfmiddlewaretoken" value="{}"><div class="bulk" role="region" '
        'aria-label="{}"><b data-count="{}" aria-live="polite">{}</b>'
        '<span class="row gap-1">{}<button class="btn btn--s btn--quiet" '
        'type="button" data-clear hidden>{}</button></span></div></form>',
        BULK_FORM,
        action,
        context.get("csrf_token", ""),
        label or _("With the selected people"),
        _("{n} selected"),
        _("Selected"),
        content,
        _("Clear"),
    )
