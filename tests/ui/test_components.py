import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import timezone

from tests.ui.samples import PAIR, page_of


def draw(source, **context):
    template = engines["django"].from_string("{% load ui %}" + source)
    return template.render(context, RequestFactory().get("/list/?q=a&page=2"))


def test_an_icon_comes_from_the_sprite():
    html = draw('{% icon "left" "dir" %}')

    assert 'class="i i--dir"' in html
    assert re.search(r'<use href="/static/icons[^"]*\.svg#left"/>', html)


def test_faces_are_decoration_and_shapes_tell_the_side():
    html = draw("{% duo pair %}", pair=PAIR)

    assert html.count('aria-hidden="true"') == 2
    assert html.index("av--mentor") < html.index("KB") < html.index("av--mentee")


def test_a_person_is_always_named():
    html = draw('{% person who "mentor" "Ward" url="/p/1/" %}', who="Amara <Okafor>")

    assert '<a href="/p/1/">Amara &lt;Okafor&gt;</a>' in html
    assert "Ward" in html


def test_an_unknown_kind_of_tag_is_a_mistake():
    with pytest.raises(TemplateSyntaxError):
        draw('{% tag "Active" "green" %}')


@pytest.mark.parametrize(
    ("who", "label"),
    [
        ("only_you", "Only you"),
        ("you_and", "You and Linh"),
        ("coordinators", "Coordinators can read this"),
        ("chosen", "The person you choose"),
        ("counted", "Counted with others, never alone"),
        ("steering", "The steering group, as you approved it"),
    ],
)
def test_every_reader_has_one_label(who, label):
    assert label in draw("{% readers who name='Linh' %}", who=who)


def test_private_and_shared_frames_never_look_alike():
    private = draw('{% note "only_you" %}words{% endnote %}')
    shared = draw('{% note "you_and" name="Linh" pair=pair %}x{% endnote %}', pair=PAIR)

    assert "note--private" in private
    assert "note--shared" not in private
    assert "note--shared" in shared
    assert 'class="lock"' not in shared


def test_the_readers_come_before_the_place_to_write():
    html = draw('{% note "only_you" %}<textarea></textarea>{% endnote %}')

    assert html.index("Only you") < html.index("<textarea>")


def test_a_day_names_its_year_only_when_it_is_another():
    this_year = dt.date(timezone.localdate().year, 5, 14)

    assert ">14 May<" in draw("{{ d|day }}", d=this_year)
    assert ">14 May 2019<" in draw("{{ d|day }}", d=dt.date(2019, 5, 14))
    assert ">Tuesday 14 May 2019<" in draw(
        "{{ d|day:'weekday' }}", d=dt.date(2019, 5, 14)
    )


def test_a_moment_names_its_zone():
    with timezone.override("Asia/Kolkata"):
        html = draw("{{ m|moment }}", m=dt.datetime(2019, 5, 14, 20, tzinfo=dt.UTC))

    assert "15 May 2019, 01:30 (Kolkata)" in html


def test_nothing_is_shown_for_a_day_not_known():
    assert draw("{{ d|day }}{{ d|moment }}", d=None) == ""


def test_the_pager_keeps_the_rest_of_the_address():
    html = draw("{% pager page %}", page=page_of([1, 2, 3, 4, 5], number=2))

    assert 'href="?q=a&amp;page=1"' in html
    assert 'href="?q=a&amp;page=3"' in html
    assert "3 to 4 of 5" in html


def test_one_page_needs_no_pager():
    assert draw("{% pager page %}", page=page_of([1])).strip() == ""


def test_the_stage_strip_says_each_state_in_words():
    steps = [
        SimpleNamespace(label="Charter", detail="", state="done"),
        SimpleNamespace(label="Active", detail="week 7", state="now"),
    ]

    html = draw("{% stages steps %}", steps=steps)

    assert 'Charter<span class="vh">, done' in html
    assert html.count('aria-current="step"') == 1
