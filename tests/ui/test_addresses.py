"""Addresses from memory are the same as Django's."""

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from mentorship.ui.addresses import address


def drawn(source, **context):
    return Template(source).render(Context(context))


def test_a_page_is_where_django_finds_it():
    for key in (uuid4(), uuid4()):
        where = reverse("pairing:pair", args=[key])
        assert address("pairing:pair", key) == where
        assert drawn("{% url 'pairing:pair' key %}", key=key) == where
        named = drawn("{% url 'pairing:pair' key as at %}-{{ at }}", key=key)
        assert named == f"-{where}"


def test_two_keys_keep_their_order():
    keys = uuid4(), uuid4()
    where = reverse("charter:drop_busy", args=keys)
    found = drawn("{% url 'charter:drop_busy' one two %}", one=keys[0], two=keys[1])
    assert found == address("charter:drop_busy", *keys) == where


def test_other_addresses_are_found_by_django():
    key, source = uuid4(), "{% url 'home:review' key 'midpoint' %}"
    assert drawn(source, key=key) == reverse("home:review", args=[key, "midpoint"])
    found = drawn("{% url 'pairing:pair' pair=key %}", key=key)
    assert found == reverse("pairing:pair", args=[key])


def test_a_page_that_is_not_there_says_so_as_ever():
    assert drawn("{% url 'nowhere:at_all' as at %}[{{ at }}]") == "[]"
    for missing in (uuid4(), None, ""):
        with pytest.raises(NoReverseMatch):
            drawn("{% url 'nowhere:at_all' key %}", key=missing)
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'pairing:pair' key %}", key="")


@pytest.mark.urls("tests.ui.urls")
def test_another_map_of_addresses_is_another():
    assert address("accounts:settings") == "/settings/"
    with pytest.raises(NoReverseMatch):
        address("pairing:session", uuid4())
