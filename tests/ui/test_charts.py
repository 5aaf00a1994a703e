import pytest
from django.template.loader import render_to_string

from mentorship.ui import charts
from mentorship.ui.trends import trend


def test_columns_stand_on_zero_and_the_highest_fits():
    chart = charts.columns("k", title="", desc="", points=[("a", 0), ("b", 19)])

    assert chart["bars"][0]["height"] == "0.0"
    assert float(chart["bars"][1]["y"]) >= charts.TOP
    assert [tick["value"] for tick in chart["ticks"]] == [0, 10, 20]


def test_the_planned_line_is_never_above_the_picture():
    chart = charts.columns("k", title="", desc="", points=[("a", 1)], planned=11)

    assert charts.TOP <= float(chart["planned_y"]) <= charts.BASE


def test_at_most_five_columns_are_labeled():
    points = [(f"week {n}", n) for n in range(14)]

    chart = charts.columns("k", title="", desc="", points=points)

    assert sum(bool(bar["label"]) for bar in chart["bars"]) <= charts.MOST_LABELS
    assert chart["rows"] == points


def test_the_outer_labels_stay_inside_the_picture():
    points = [(f"{n} November", n) for n in range(13)]

    bars = charts.columns("k", title="", desc="", points=points)["bars"]

    assert (bars[0]["anchor"], bars[0]["label_x"]) == ("", "26.0")
    assert (bars[12]["anchor"], bars[12]["label_x"]) == ("t-end", "440.0")


def test_a_chart_without_points_is_an_empty_axis():
    chart = charts.columns("k", title="", desc="", points=[])

    assert chart["bars"] == []
    assert chart["last"] == ""


@pytest.mark.parametrize(
    ("low", "high", "beyond"), [(80, 80, ""), (70, 80, "10.0"), (0, 100, "100.0")]
)
def test_a_share_known_as_a_range_is_drawn_as_one(low, high, beyond):
    bar = charts.shares([("Tried", "words", low, high)])["bars"][0]

    assert bar["beyond"] == beyond


def test_a_share_that_is_not_shown_has_no_bar():
    bar = charts.shares([("Closed", "Not shown: too few", None, None)])["bars"][0]

    assert not bar["shown"]


def test_the_strip_counts_both_sides():
    chart = charts.give_and_take(
        "k",
        title="",
        desc="",
        sessions=[("a", 0, 2), ("b", 1, 1)],
        mentor="Kwame",
        mentee="Linh",
    )

    assert (chart["for_mentor"], chart["for_mentee"]) == (1, 3)
    assert [len(spot["below"]) for spot in chart["spots"]] == [2, 1]


def test_equal_dots_are_piled_up_and_low_ones_stand_out():
    chart = charts.dots("k", title="", desc="", values=[58, 80, 80], low=60)

    assert len({dot["x"] for dot in chart["dots"]}) == 2
    assert len({dot["y"] for dot in chart["dots"]}) == 2
    assert [dot["low"] for dot in chart["dots"]] == [True, False, False]
    assert [tick["value"] for tick in chart["ticks"]] == [40, 60, 80, 100]
    assert chart["rows"] == [("80–89", 2), ("70–79", 0), ("60–69", 0), ("50–59", 1)]


def test_a_thousand_dots_stay_inside_the_picture_and_none_is_lost():
    chart = charts.dots("k", title="", desc="", values=[71] * 999 + [0])

    assert chart["each"] == 100
    assert len(chart["dots"]) == 11
    assert all(float(dot["y"]) > 10 for dot in chart["dots"])
    assert all(10 < float(dot["x"]) < 260 for dot in chart["dots"])


def test_no_dots_are_an_empty_axis():
    chart = charts.dots("k", title="", desc="", values=[])

    assert (chart["dots"], chart["rows"], chart["floor_x"]) == ([], [], "")


def test_an_interval_stays_inside_the_picture_and_its_table_says_the_same():
    rows = [("Skills", 0.3, 0.2, 0.35, 0.9, ["30 %", "35 %"])]

    chart = charts.intervals(
        "k", title="", desc="", rows=rows, scale=(0, 0.5), ticks=[(0, "0")], rule=0.25
    )

    mark = chart["marks"][0]
    places = [float(mark[name]) for name in ("from", "before", "at", "to")]
    assert places == sorted(places)
    assert places[0] > charts.ROW_LEFT
    assert places[-1] == charts.WIDTH - 8
    assert chart["rows"] == [("Skills", ["30 %", "35 %"])]


def test_then_and_now_of_a_side_has_its_color_and_the_ends_of_its_scale():
    row = ("Confidence: +1.0", 0.5, 0.75, "3.0 of 5", "4.0 of 5", 5)

    chart = charts.dumbbells(
        [row], before="Before", now="Now", side="mentee", ends=("1", "5")
    )
    html = render_to_string("ui/charts/dumbbells.html", {"chart": chart})

    assert html.count('class="to--mentee"') == 1
    assert chart["ends"] == [("9.0", "1"), ("371.0", "5")]
    assert 'text x="371.0"' in html


def test_a_trend_leaves_a_gap_where_there_is_no_figure():
    values = (0.5, 0.6, None, 0.9)
    points = [(f"{n} May", at, n == 1, ["cell"]) for n, at in enumerate(values)]

    chart = trend("k", title="", desc="", points=points, words=str, top=1)

    assert [len(line.split()) for line in chart["lines"]] == [2, 1]
    assert [spot["marked"] for spot in chart["spots"]] == [False, True, False]
    assert len(chart["rows"]) == 4
    assert (chart["first"], chart["last"]) == ("0 May", "3 May")


def test_a_trend_without_figures_is_an_empty_axis():
    chart = trend("k", title="", desc="", points=[], words=str)

    assert (chart["lines"], chart["spots"]) == ([], [])
    assert [tick["words"] for tick in chart["ticks"]] == ["0", "2"]
