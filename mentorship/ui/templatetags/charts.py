"""Server-drawn charts: {% load charts %}, then {% columns chart %} and so on."""

from django import template

register = template.Library()


@register.inclusion_tag("ui/charts/columns.html")
def columns(chart):
    """Columns made by `charts.columns`, with the table behind them."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/ranges.html")
def ranges(chart):
    """Columns that end in a range, made by `charts.ranges`, with their table."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/shares.html")
def shares(chart):
    """Bars made by `charts.shares`; the words beside each bar are its table."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/dots.html")
def dots(chart):
    """Piles of dots made by `charts.dots`, with the table behind them."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/intervals.html")
def intervals(chart):
    """Marks with intervals made by `charts.intervals`, with their table."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/dumbbells.html")
def dumbbells(chart):
    """Then and now made by `charts.dumbbells`; the words are its table."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/courses.html")
def courses(chart):
    """Scales over time made by `charts.courses`, with the table behind them."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/sparkline.html")
def sparkline(chart):
    """A small row of columns made by `charts.sparkline`."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/give_and_take.html")
def give_and_take(chart):
    """A pair's strip made by `charts.give_and_take`, with the table behind it."""
    return {"chart": chart}


@register.inclusion_tag("ui/charts/trend.html")
def trend(chart):
    """A small line made by `trends.trend`, with the table behind it."""
    return {"chart": chart}
