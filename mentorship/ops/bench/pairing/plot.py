"""Growth as a picture: two panels with both axes in powers of ten, as one SVG."""

import math
from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, TOP = 340, 250, 62, 40
GAP = 60
INK, FAINT, LINE = "#24312d", "#6a7570", "#1f6f5c"
FONT = "font-family='system-ui, sans-serif' font-size='12'"

Points = Sequence[tuple[float, float]]


def growth(
    panels: Sequence[tuple[str, Points]],
    *,
    title: str,
    across: str = "mentees, and as many mentors",
    power: int = 2,
) -> str:
    """An SVG with a panel for each of `panels`: what it shows, and its points.

    A dashed line through the first point grows with that power of the size, which
    `across` names.
    """
    drawn = [
        f"<g transform='translate({number * (LEFT + WIDTH + GAP)} 0)'>"
        f"{_panel(name, points, across, power)}</g>"
        for number, (name, points) in enumerate(panels)
    ]
    wide = len(panels) * (LEFT + WIDTH + GAP)
    high = TOP + HEIGHT + 50
    return "\n".join(
        [
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {wide} {high}' "
            f"role='img' {FONT} fill='{INK}'>",
            f"<title>{title}</title>",
            f"<rect width='{wide}' height='{high}' fill='white'/>",
            *drawn,
            "</svg>\n",
        ]
    )


def _panel(name: str, points: Points, words: str, power: int) -> str:
    across = _Axis([x for x, _ in points], LEFT, LEFT + WIDTH)
    up = _Axis([y for _, y in points], TOP + HEIGHT, TOP)
    spots = [(across(x), up(y)) for x, y in points]
    parts = [f"<text x='{LEFT}' y='{TOP - 18}' font-weight='600'>{name}</text>"]
    for x in across.ticks:
        parts.append(_line(across(x), TOP, across(x), TOP + HEIGHT))
        parts.append(_label(across(x), TOP + HEIGHT + 18, x, "middle"))
    for y in up.ticks:
        parts.append(_line(LEFT, up(y), LEFT + WIDTH, up(y)))
        parts.append(_label(LEFT - 8, up(y) + 4, y, "end"))
    parts.append(_dashed(points[0], across, up, power))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    parts.append(
        f"<polyline points='{path}' fill='none' stroke='{LINE}' stroke-width='2'/>"
    )
    parts += [
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{LINE}'/>" for x, y in spots
    ]
    middle = LEFT + WIDTH / 2
    parts.append(
        f"<text x='{middle}' y='{TOP + HEIGHT + 38}' fill='{FAINT}' "
        f"text-anchor='middle'>{words}</text>"
    )
    return "".join(parts)


class _Axis:
    """A scale in powers of ten from the tick below the least to that above the most."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        low = math.floor(math.log10(min(values)))
        high = max(math.ceil(math.log10(max(values))), low + 1)
        self.low, self.high, self.start, self.end = low, high, start, end
        self.ticks = [10.0**power for power in range(low, high + 1)]

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def _dashed(first: tuple[float, float], across: _Axis, up: _Axis, power: int) -> str:
    """The dashed line from the first point to where that power leaves the panel."""
    x, y = first
    most = min(10.0**across.high / x, (10.0**up.high / y) ** (1 / power))
    ends = across(x), up(y), across(x * most), up(y * most**power)
    return _line(*ends, f"stroke-dasharray='4 4' stroke='{FAINT}'")


def _line(x, y, to_x, to_y, style="stroke='#e2e6e3'") -> str:
    return f"<line x1='{x:.1f}' y1='{y:.1f}' x2='{to_x:.1f}' y2='{to_y:.1f}' {style}/>"


def _label(x: float, y: float, value: float, anchor: str) -> str:
    words = f"{value:,.0f}" if value >= 1 else f"{value:g}"
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{FAINT}'>"
        f"{words}</text>"
    )
