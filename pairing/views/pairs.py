from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from mentorship.charter.shell import coordinator_shell
from pairing.models import Pair
from pairing.tables import PairTable

from .workbench import cohort_to_pair


@require_GET
def pairs(request, cohort):
    """Every pair of a cohort: state and rhythm, no words."""
    cohort = cohort_to_pair(request, cohort)
    table = PairTable(Pair.objects.filter(cohort=cohort).only("pk"))
    RequestConfig(request).configure(table)
    context = {**coordinator_shell(cohort, nav="pairs"), "table": table}
    return render(request, "pairing/pairs.html", context)
