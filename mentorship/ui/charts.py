"""Charts as plain data for templates: geometry in numbers, color by class.

Each function returns a dict for the tag of the same name in `{% load charts %}`.
Every chart has a `key`, unique on its page, a `title` that says what it is, a `desc`
that says what it shows, and a table with the same figures.
"""

from collections import Counter

WIDTH, LEFT, TOP, BASE = 440, 26, 24, 180
MOST_LABELS = 4
DOTS_WIDTH, DOTS_EDGE, DOTS_BASE, MOST_DOTS = 270, 12, 118, 10
ROW, ROW_LEFT = 26, 186  # of charts with a row for each label
TRACK, TRACK_EDGE = 380, 9  # of charts with words above each line
LANE_TOP, LANE_BASE = 8, 56


def columns(key, *, title, desc, points, planned=None, head=("", "")):
    """Columns over time from `points`, pairs of label and count; `planned` draws a
    dashed line; `head` names the table's two columns."""
    top, ticks = _scale(max([value for _, value in points] + [planned or 0]))
    bars = [
        spot | {"y": _n(_y(value, top)), "height": _n(BASE - _y(value, top))}
        for spot, (_, value) in zip(_spots(points), points, strict=True)
    ]
    return {
        "key": key,
        "title": title,
        "desc": desc,
        "bars": bars,
        "ticks": _ticks(ticks, top),
        "planned_y": _n(_y(planned, top)) if planned is not None else "",
        "last": points[-1][1] if points else "",
        "last_y": _n(_y(points[-1][1], top) - 7) if points else "",
        "head": head,
        "rows": points,
    }


def ranges(key, *, title, desc, points, head=("", "")):
    """Columns that end in a range, from `points`: (label, words, low, high). Solid up
    to low, pale from there to high; the words say the same in the table."""
    top, ticks = _scale(max((high for *_, high in points), default=0))
    bars = [
        spot
        | {
            "y": _n(_y(low, top)),
            "height": _n(BASE - _y(low, top)),
            "range_y": _n(_y(high, top)),
            "range_height": _n(_y(low, top) - _y(high, top)),
        }
        for spot, (_, _, low, high) in zip(_spots(points), points, strict=True)
    ]
    return {
        "key": key,
        "title": title,
        "desc": desc,
        "bars": bars,
        "ticks": _ticks(ticks, top),
        "head": head,
        "rows": [(label, words) for label, words, _, _ in points],
    }


def _spots(points):
    """Where each column of a chart over time stands, and the labels that fit."""
    step = (WIDTH - LEFT) / max(len(points), 1)
    every = -(-len(points) // MOST_LABELS) or 1
    for index, (label, *_) in enumerate(points):
        x = LEFT + step * index + step * 0.135
        yield {
            "x": _n(x),
            "width": _n(step * 0.73),
            "middle": _n(x + step * 0.365),
            "label": label if index % every == 0 else "",
            **_label_at(index, len(points), x + step * 0.365),
        }


def _label_at(index, count, middle):
    """The outer labels end where the chart does, the others stand below a column."""
    if index == 0:
        return {"anchor": "", "label_x": _n(LEFT)}
    if index == count - 1:
        return {"anchor": "t-end", "label_x": _n(WIDTH)}
    return {"anchor": "t-mid", "label_x": _n(middle)}


def _ticks(values, top):
    return [
        {"y": _n(_y(at, top)), "text_y": _n(_y(at, top) + 4), "value": at}
        for at in values
    ]


def shares(items):
    """Bars for shares from `items`: (label, words, low, high) with low and high from 0
    to 100; equal ones are a plain bar, different ones a bar that ends in a range.
    Where a share is not shown, low and high are None and words say why."""
    return {
        "bars": [
            {
                "label": label,
                "words": words,
                "shown": low is not None,
                "low": _n(low or 0),
                "beyond": _n((high or 0) - (low or 0)) if high != low else "",
            }
            for label, words, low, high in items
        ]
    }


def dots(key, *, title, desc, values, low=0, floor=None, head=("", "")):
    """A row of dots from whole `values` of 0 to 100, equal ones on top of each other:
    those under `low` stand out, and `floor` draws a dashed line. Where a pile is too
    high, one dot stands for `each` values, so that a single one is never lost."""
    start = min([value // 20 * 20 for value in values] + [80])
    piles = Counter(values)
    each = -(-max(piles.values(), default=1) // MOST_DOTS)
    return {
        "key": key,
        "title": title,
        "desc": desc,
        "each": each,
        "dots": [
            {
                "x": _n(_dot_x(value, start)),
                "y": _n(DOTS_BASE - 8 - 10 * step),
                "low": value < low,
            }
            for value, count in sorted(piles.items())
            for step in range(-(-count // each))
        ],
        "ticks": [
            {"x": _n(_dot_x(at, start)), "value": at} for at in range(start, 101, 20)
        ],
        "floor_x": _n(_dot_x(floor, start)) if floor is not None else "",
        "head": head,
        "rows": _by_tens(piles),
    }


def _dot_x(value, start):
    """How far along the row of dots a value stands, inside its margins."""
    return DOTS_EDGE + (DOTS_WIDTH - 2 * DOTS_EDGE) * (value - start) / (100 - start)


def _by_tens(piles):
    """(label, count) of every ten points between the lowest value and the highest."""
    tens = Counter()
    for value, count in piles.items():
        tens[min(value, 99) // 10 * 10] += count
    if not tens:
        return []
    return [
        (f"{ten}–{100 if ten == 90 else ten + 9}", tens[ten])
        for ten in range(max(tens), min(tens) - 1, -10)
    ]


def intervals(key, *, title, desc, rows, scale, ticks, rule=None, head=()):
    """Marks with an interval, row under row, from `rows`: (label, before, low, at,
    high, cells). Filled at `at`, hollow at `before` when there is one, a line from low
    to high; `scale` is (start, end), `ticks` are (place, words), `rule` draws a dashed
    line. The cells are the row's words in the table under `head`."""
    x = _along(*scale)
    marks = [
        {
            "label": label,
            "y": _n(ROW * number + 24),
            "text_y": _n(ROW * number + 28),
            "before": x(before) if before is not None else "",
            "from": x(low),
            "at": x(at),
            "to": x(high),
        }
        for number, (label, before, low, at, high, _) in enumerate(rows)
    ]
    return {
        "key": key,
        "title": title,
        "desc": desc,
        "marks": marks,
        "ticks": [{"x": x(place), "words": words} for place, words in ticks],
        "rule_x": x(rule) if rule is not None else "",
        "base": _n(ROW * len(rows) + 10),
        "tick_y": _n(ROW * len(rows) + 26),
        "height": ROW * len(rows) + 32,
        "head": head,
        "rows": [(label, cells) for label, *_, cells in rows],
    }


def _along(start, end):
    """A function from a value to its place across; beyond an end is at the end."""

    def x(value):
        share = (min(max(value, start), end) - start) / (end - start)
        return _n(ROW_LEFT + (WIDTH - 8 - ROW_LEFT) * share)

    return x


def dumbbells(rows, *, before, now, side="", ends=()):
    """Then and now on a line each, from `rows`: (label, then, now, words then, words
    now, steps) with places from 0 to 1 on a line of so many steps. Hollow is then,
    filled is now; `before` and `now` name the two, and the words are the table. A
    `side`, mentor or mentee, has its color and shape; `ends` name the line's ends."""
    return {
        "before": before,
        "now": now,
        "side": side,
        "ends": [(_n(_on_track(n)), words) for n, words in enumerate(ends)],
        "rows": [
            {
                "label": label,
                "words_then": words_then,
                "words_now": words_now,
                "then_x": _n(_on_track(then)),
                "now_x": _n(_on_track(at)),
                "ticks": [_n(_on_track(step / (steps - 1))) for step in range(steps)],
            }
            for label, then, at, words_then, words_now, steps in rows
        ],
    }


def _on_track(share):
    return TRACK_EDGE + (TRACK - 2 * TRACK_EDGE) * share


def courses(key, *, days, lanes, head=""):
    """How a few worded scales went over days, a lane each, from `lanes`: (title,
    values, words) with a value of 1, 2, 3 … or None for every day."""
    return {
        "key": key,
        "lanes": [_lane(key, number, *lane) for number, lane in enumerate(lanes)],
        "head": [head, *(title for title, *_ in lanes)],
        "rows": [
            (day, [_word(values[at], words) for _, values, words in lanes])
            for at, day in enumerate(days)
        ],
    }


def _lane(key, number, title, values, words):
    """One scale over time: dots, joined in their order."""
    step = 1 / max(len(values) - 1, 1)
    rise = (LANE_BASE - LANE_TOP) / (len(words) - 1)
    dots = [
        {"x": _n(_on_track(step * at)), "y": _n(LANE_BASE - rise * (value - 1))}
        for at, value in enumerate(values)
        if value
    ]
    return {
        "key": f"{key}-{number}",
        "title": title,
        "first": _word(next(filter(None, values), None), words),
        "last": _word(next(filter(None, reversed(values)), None), words),
        "dots": dots,
        "line": " ".join(f"{dot['x']},{dot['y']}" for dot in dots),
        "levels": [_n(LANE_BASE - rise * level) for level in range(len(words))],
    }


def _word(value, words):
    return words[value - 1] if value else ""


def sparkline(values, label):
    """A small row of columns in running text; `label` says every value in words."""
    top = max([*values, 1])
    step = 104 / max(len(values), 1)
    bars = [
        {
            "x": _n(step * index),
            "y": _n(28 - 26 * value / top),
            "width": _n(step - 3),
            "height": _n(26 * value / top),
        }
        for index, value in enumerate(values)
    ]
    return {"label": label, "bars": bars}


def give_and_take(key, *, title, desc, sessions, mentor, mentee, head=""):
    """Marks above a line for what was useful to the mentor, below for the mentee, from
    `sessions`: (label, for_mentor, for_mentee) with counts of 0 to 3."""
    gap = (270 - 50) / max(len(sessions) - 1, 1)
    spots = []
    for index, (label, for_mentor, for_mentee) in enumerate(sessions):
        x = 24 + gap * index
        spots.append(
            {
                "x": _n(x),
                "label": label if len(sessions) <= MOST_LABELS or not index % 2 else "",
                "above": [_n(35 - 17 * i) for i in range(min(for_mentor, 3))],
                "below": [_n(57.5 + 17 * i) for i in range(min(for_mentee, 3))],
            }
        )
    return {
        "key": key,
        "title": title,
        "desc": desc,
        "spots": spots,
        "mentor": mentor,
        "mentee": mentee,
        "for_mentor": sum(count for _, count, _ in sessions),
        "for_mentee": sum(count for _, _, count in sessions),
        "head": head,
        "rows": sessions,
    }


def _scale(highest):
    """The end of an axis that starts at 0, and its two or three round ticks."""
    unit = 1
    while True:
        for factor in (1, 2, 5):
            step = unit * factor
            if step * 2 >= highest:
                return step * 2, [0, step, step * 2]
        unit *= 10


def _y(value, top):
    return BASE - (BASE - TOP) * value / top


def _n(number):
    """A number for an SVG attribute: never in the reader's own decimal notation."""
    return f"{float(number):.1f}"
