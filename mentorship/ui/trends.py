"""A small line over time, as plain data for `{% trend %}`, like those of charts.py."""

from mentorship.ui.charts import _n, _scale

WIDTH, LEFT, TOP, BASE = 270, 44, 12, 84


def trend(key, *, title, desc, points, words, top=None, head=()):
    """A line through `points`: (label, value, is marked, cells) with None where there
    is no figure, which leaves a gap; marked ones are drawn hollow. The line stands on
    0 and ends at `top`, or at a round number; `words` says a value. The cells are the
    row's words in the table under `head`."""
    if top is None:
        top, _ = _scale(max((value for _, value, *_ in points if value), default=0))
    step = (WIDTH - LEFT - 6) / max(len(points) - 1, 1)
    spots = [
        {"x": _n(LEFT + step * at), "y": _n(_y(value, top)), "marked": marked}
        if value is not None
        else None
        for at, (_, value, marked, _) in enumerate(points)
    ]
    return {
        "key": key,
        "title": title,
        "desc": desc,
        "lines": [
            " ".join(f"{spot['x']},{spot['y']}" for spot in run) for run in _runs(spots)
        ],
        "spots": [spot for spot in spots if spot],
        "ticks": [
            {"y": _n(_y(at, top)), "text_y": _n(_y(at, top) + 4), "words": words(at)}
            for at in (0, top)
        ],
        "first": points[0][0] if points else "",
        "last": points[-1][0] if points else "",
        "head": head,
        "rows": [(label, cells) for label, _, _, cells in points],
    }


def _runs(spots):
    """Neighbors without a gap between them."""
    run = []
    for spot in [*spots, None]:
        if spot:
            run.append(spot)
        elif run:
            yield run
            run = []


def _y(value, top):
    return BASE - (BASE - TOP) * value / top
