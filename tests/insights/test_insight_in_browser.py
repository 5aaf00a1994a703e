"""Patterns with something to tell, in a real browser; the sample has the rest."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.axe import in_both_lights
from tests.browser import WIDTHS, picture, sign_in
from tests.insights.closed import closed_pairs

pytestmark = pytest.mark.django_db(transaction=True)


def test_patterns_read_well_and_print_their_table(new_page, live_server):
    program = make.ProgramFactory(name="Rising Leads")
    closed_pairs(program, 120)
    coordinator = make.RoleFactory(program=program).user
    for width in WIDTHS:
        page = new_page(width)
        sign_in(page, live_server, coordinator)
        page.goto(live_server.url + reverse("insights:patterns", args=[program.pk]))
        assert in_both_lights(page, f"patterns-{width}") == []
        assert page.evaluate(
            "document.documentElement.scrollWidth <= window.innerWidth"
        )
    assert page.get_by_role("columnheader", name="With more of it").is_hidden()
    page.emulate_media(media="print")
    picture(page, "patterns-print")
    assert page.get_by_role("columnheader", name="With more of it").is_visible()
    assert page.get_by_role("link", name="CSV").is_hidden()
