"""Sample pages with every component, drawn without a database."""

import datetime as dt
from types import SimpleNamespace

import django_filters
import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from mentorship.ui import charts
from mentorship.ui.tables import NameColumn, SelectColumn, Table
from mentorship.ui.widgets import (
    Chips,
    ChipsMultiple,
    DateInput,
    RadioCards,
    Slider,
)

INGRID = SimpleNamespace(
    pk=7, name="Ingrid Solheim", is_authenticated=True, theme="", language="en"
)
PAIR = SimpleNamespace(pk=3, mentor="Kwame Boateng", mentee="Nguyễn Thị Linh")
PROGRAM = SimpleNamespace(pk=1, name="Rising Leads")
SPRING = SimpleNamespace(pk=2, name="Rising Leads, spring", program=PROGRAM)
AUTUMN = SimpleNamespace(pk=4, name="Rising Leads, autumn", program=PROGRAM)
WORDS = ["Shaky", "Unsure", "Steady", "Strong", "Very strong"]


class SessionForm(forms.Form):
    held_on = forms.DateField(label="When did you meet?", widget=DateInput)
    channel = forms.ChoiceField(
        label="How?",
        choices=[("person", "In person"), ("video", "Video"), ("phone", "Phone")],
        widget=Chips(icons={"person": "cup", "video": "video", "phone": "phone"}),
    )
    focus = forms.MultipleChoiceField(
        label="What did you focus on?",
        choices=[("reviews", "Speaking in reviews"), ("post", "Senior post")],
        widget=ChipsMultiple,
        required=False,
    )
    role = forms.ChoiceField(
        label="Joins as",
        choices=[("mentor", "Mentor"), ("mentee", "Mentee")],
        widget=RadioCards(hints={"mentor": "Offers time and experience"}),
    )
    language = forms.ChoiceField(label="Language", choices=[("en", "English")])
    capacity = forms.IntegerField(
        label="Capacity", help_text="How many pairs at once", max_value=3
    )
    useful = forms.CharField(
        label="What was useful?", widget=forms.Textarea, required=False
    )
    confidence = forms.IntegerField(
        label="Confidence", required=False, widget=Slider(WORDS, last="Steady")
    )
    agrees = forms.BooleanField(label="I have read the charter", required=False)
    form_id = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), required=False
    )


class PeopleTable(Table):
    select = SelectColumn()
    name = NameColumn()
    wants = tables.Column(verbose_name="Wants to work on", orderable=False)
    last = tables.Column(attrs={"td": {"class": "end c-hide"}})

    caption = "People in Rising Leads"

    class Meta(Table.Meta):
        empty_text = "Nobody matches these filters."


class PeopleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Name, team or interest")
    site = django_filters.MultipleChoiceFilter(
        label="Site",
        choices=[("a", "Ashby"), ("n", "Northgate")],
        widget=ChipsMultiple,
    )
    side = django_filters.ChoiceFilter(label="Role", choices=[("mentor", "Mentor")])


PEOPLE = [
    SimpleNamespace(pk=1, name="Amara Okafor", wants="Leading", last="Today"),
    SimpleNamespace(pk=2, name="Siobhán Ó Briain", wants="Budgets", last="9 May"),
    SimpleNamespace(pk=3, name="Zanele Dube", wants="First team", last="Yesterday"),
]

COMPONENTS = """
<header class="head"><h1>Components</h1></header>
<div class="stack gap-6">
{% stages steps line="Active, week 7 of 20. Next: closing." %}
<p>{% tag "Active" "steady" "check" %} {% tag "Not met in 24 days" "notice" "clock" %}
{% tag "Waiting" "line" %} {% tag "Now" "urgent" %} {% tag "Plain" %} {% hush %}</p>
<p>{% person "Amara Okafor" "mentor" "Ward manager, Ashby" url="/x/" %}</p>
<p>{% role "mentor" %} {% role "mentee" "Linh" %} {% duo pair %}</p>
<p>{{ day|day:"weekday" }}, {{ moment|moment }}</p>
<p>{% readers "only_you" %} {% readers "you_and" name="Kwame" %}
{% readers "coordinators" %} {% readers "chosen" %} {% readers "counted" %}
{% readers "steering" %}</p>
{% note "you_and" name="Kwame" pair=pair detail="Coordinators see the date." %}
<label for="n1">What was useful?</label><textarea class="area" id="n1"></textarea>
{% endnote %}
{% note "only_you" detail="Not Kwame, not coordinators." %}
<label class="s muted" for="n2">A thought to keep</label>
<textarea class="area" id="n2"></textarea>{% endnote %}
{% note "coordinators" %}<p>Words</p>{% endnote %}
{% callout "notice" "clock" %}<b>24 days</b> since they met.{% endcallout %}
{% callout %}Plain.{% endcallout %}
<div class="card">{% nothing_yet "No milestones yet" "They come later." "/x/" "Go" %}
</div>
<figure class="figure">{% columns weeks %}</figure>
{% shares parts %}{% sparkline spark %}
<figure class="figure">{% give_and_take strip %}</figure>
<div class="prose">{{ text|markdown }}</div>
</div>
"""

PEOPLE_PAGE = """
<header class="head"><h1>People</h1></header>
<div class="bulk-scope" data-bulk><div class="card card--flush">
{% filters filterset label="Filter people" %}
<a class="btn btn--s btn--quiet" href="?export=csv">{% icon "download" %}CSV</a>
{% endfilters %}
{% render_table table %}
</div>{% bulkbar %}<button class="btn btn--s" name="do" value="invite">Invite</button>
{% endbulkbar %}</div>
"""

FORM_PAGE = """
<div class="narrow stack gap-6">{% form_summary form %}<h1>Log a session</h1>
<form class="stack gap-6" method="post" novalidate data-draft="log-3">{{ form }}
<button class="btn btn--primary btn--l" type="submit">Save session</button></form></div>
"""


def draw(shell, content, request=None, **context):
    """The HTML of a page with this content in this shell."""
    request = request or RequestFactory().get("/")
    request.user = context.pop("user", INGRID)
    source = (
        "{% extends shell %}{% load ui charts django_tables2 %}"
        "{% block title %}Sample{% endblock %}"
        "{% block welcome %}<h1>Welcome back</h1>{% endblock %}"
        "{% block scripts %}{% if htmx %}{% include 'ui/_htmx.html' %}{% endif %}"
        "{% endblock %}{% block content %}" + content + "{% endblock %}"
    )
    whole = {"shell": shell, "program": PROGRAM, "cohort": SPRING, "pair": PAIR}
    return engines["django"].from_string(source).render(whole | context, request)


def components(shell):
    """Every component that stands by itself."""
    steps = [
        {"label": "Charter", "detail": "signed 9 Jan", "state": "done"},
        {"label": "Active", "detail": "week 7 of 20", "state": "now"},
        {"label": "Closing", "detail": "from 14 Aug", "state": "to_come"},
    ]
    return draw(
        shell,
        COMPONENTS,
        nav="today",
        cohorts=[SPRING, AUTUMN],
        counts={"today": 6, "people": 1},
        staff_role="Coordinator",
        steps=steps,
        day=dt.date(2020, 5, 14),
        moment=dt.datetime(2020, 5, 14, 16, tzinfo=dt.UTC),
        text="# Why\n\nTo *gain* together.",
        weeks=charts.columns(
            "weeks",
            title="Sessions",
            desc="Rising from 4 to 19.",
            points=[("30 Mar", 4), ("6 Apr", 9), ("13 Apr", 19)],
            planned=11,
            head=("Week", "Sessions"),
        ),
        parts=charts.shares(
            [
                ("Agreed", "All", 100, 100),
                ("Tried", "7 to 8 in 10", 70, 80),
                ("Closed", "Not shown: too few", None, None),
            ]
        ),
        spark=charts.sparkline([4, 9, 16], "Sessions each week: 4, 9 and 16"),
        strip=charts.give_and_take(
            "strip",
            title="Who each session was for",
            desc="Two sessions.",
            sessions=[("26 Feb", 0, 2), ("5 Mar", 1, 1)],
            mentor="Kwame",
            mentee="Linh",
        ),
    )


def people(shell, query="", rows=PEOPLE):
    """A list with filters, a sort, ticks and a second page."""
    request = RequestFactory().get("/people/" + query)
    table = PeopleTable(rows, order_by="name")
    table.paginate(per_page=2)
    return draw(
        shell,
        PEOPLE_PAGE,
        request,
        nav="people",
        table=table,
        filterset=PeopleFilter(request.GET, queryset=Nothing()),
    )


class Nothing:
    """As much of a queryset as a filter set asks for before it filters."""

    model = None

    def all(self):
        return self


def session_form(shell, data=None):
    """A form, empty or sent with `data`."""
    return draw(shell, FORM_PAGE, form=SessionForm(data), nav="log")


def page_of(rows, per_page=2, number=1):
    return Paginator(rows, per_page).page(number)
