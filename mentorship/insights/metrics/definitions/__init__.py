"""Every figure, each defined once: pages, the nightly statements and
docs/measures.md all read METRICS."""

from . import concerns, gains, pairs, people, stages
from .metric import Metric, Unit, Whose

METRICS: dict[str, Metric] = {
    metric.name: metric
    for subject in (pairs, gains, people, stages, concerns)
    for metric in subject.METRICS
}
# Those that a night works out.
KEPT = {name: one for name, one in METRICS.items() if not one.only_published}

__all__ = ["KEPT", "METRICS", "Metric", "Unit", "Whose"]
