"""For whoever watches the site: does the process live, can it serve, is all well?"""

from functools import wraps
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..watching import figures
from ..watching.facts import facts

# Tables never go away under a process that runs, so one yes lasts.
complete: set[str] = set()


@login_not_required
@require_safe
def livez(request):
    """The process answers. It asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """The database answers within a second and has every table. Neither Redis nor the
    mail server counts: without them pages still work."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = '1s'")
            cursor.execute("select 1")
            missing = unapplied()
    except Error:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    if missing:
        words = f"{missing} migrations to run\n"
        return HttpResponse(words, content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def unapplied() -> int:
    """How many migrations of this version the database lacks; asked until none."""
    database = str(connection.settings_dict["NAME"])
    if database in complete:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not missing:
        complete.add(database)
    return missing


def for_watchers(view):
    """For who brings WATCH_TOKEN as a bearer token; to others it does not exist."""

    @wraps(view)
    def watched(request):
        given = request.headers.get("Authorization", "").encode()
        wanted = f"Bearer {settings.WATCH_TOKEN}".encode()
        if not settings.WATCH_TOKEN or not compare_digest(given, wanted):
            raise Http404
        return view(request)

    return login_not_required(require_safe(watched))


@for_watchers
def healthz(request):
    """Everything that should happen by itself, each with its limit; 503 when late."""
    try:
        found = {fact.name: fact for fact in facts(timezone.now())}
    except DatabaseError:
        away = {"database": {"state": "late"}}
        return JsonResponse({"state": "late", "checks": away}, status=503)
    ok = all(fact.ok for fact in found.values())
    checks = {name: fact.as_json() for name, fact in found.items()}
    answer = {"state": "ok" if ok else "late", "checks": checks}
    return JsonResponse(answer, status=200 if ok else 503)


@for_watchers
def metrics(request):
    """The same and more as Prometheus reads it; no label names a person."""
    text = figures.text(timezone.now())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
