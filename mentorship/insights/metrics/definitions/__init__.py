"""Every figure of the night, each defined once: pages, the nightly statements and
docs/measures.md all read METRICS."""

from . import concerns, gains, pairs, people, stages
from .metric import Metric, Unit, Whose

METRICS: dict[str, Metric] = {
    metric.name: metric
    for subject in (pairs, gains, people, stages, concerns)
    for metric in subject.METRICS
}

__all__ = ["METRICS", "Metric", "Unit", "Whose"]
