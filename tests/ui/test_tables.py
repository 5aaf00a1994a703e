import pytest

from tests.ui.samples import PEOPLE, people

pytestmark = pytest.mark.urls("tests.ui.urls")


def test_the_name_is_the_heading_of_its_row():
    html = people("ui/coordinator.html")

    assert '<th scope="row" class="">Amara Okafor</th>' in html
    assert html.count('<th scope="row"') == 2


def test_cells_carry_their_label_for_narrow_screens():
    html = people("ui/coordinator.html")

    assert '<td class="c-meta" data-label="Wants to work on">Leading</td>' in html


def test_sorting_is_told_and_keeps_the_filters():
    html = people("ui/coordinator.html", "?q=a&page=2")

    assert 'aria-sort="ascending"' in html
    assert 'href="?q=a&amp;sort=-name"' in html


def test_the_boxes_belong_to_the_bulk_form_and_name_their_row():
    html = people("ui/coordinator.html")

    assert 'name="select" value="1" form="bulk"' in html
    assert "Select Amara Okafor" in html
    assert '<form id="bulk" method="post"' in html


def test_a_chosen_filter_says_what_was_chosen_and_can_be_cleared():
    html = people("ui/coordinator.html", "?site=a&site=n&side=mentor&sort=name")

    assert "Site: Ashby, Northgate" in html
    assert 'href="?side=mentor&amp;sort=name"' in html
    assert '<input type="hidden" name="sort" value="name">' in html


def test_what_was_searched_for_stays_in_the_box():
    html = people("ui/coordinator.html", "?q=%22%3E%3Cscript%3E")

    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_a_list_without_rows_says_so():
    html = people("ui/coordinator.html", rows=[])

    assert "Nobody matches these filters." in html
    assert "<table" not in html


def test_a_long_list_is_cut_into_pages():
    html = people("ui/coordinator.html", rows=PEOPLE)

    assert "1 to 2 of 3" in html
    assert "Zanele" not in html
