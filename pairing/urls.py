from django.urls import path

from pairing.views import (
    inclusion,
    nudge,
    offers,
    pair,
    pairs,
    pilot,
    session,
    workbench,
)

app_name = "pairing"

urlpatterns = [
    path("cohorts/<uuid:cohort>/pairing/", workbench.workbench, name="workbench"),
    path("cohorts/<uuid:cohort>/pairing/propose/", workbench.propose, name="propose"),
    path("cohorts/<uuid:cohort>/pairing/rules/", workbench.set_rule, name="set_rule"),
    path("cohorts/<uuid:cohort>/pairing/publish/", workbench.publish, name="publish"),
    path(
        "cohorts/<uuid:cohort>/pairing/inclusion/",
        inclusion.inclusion,
        name="inclusion",
    ),
    path("pair-rules/<uuid:rule>/drop/", workbench.drop_rule, name="drop_rule"),
    path("offers/<uuid:proposal>/", offers.offer, name="offer"),
    path("cohorts/<uuid:cohort>/pairs/", pairs.pairs, name="pairs"),
    path("pairs/<uuid:pair>/", pair.pair, name="pair"),
    path("pairs/<uuid:pair>/nudge/", nudge.nudge, name="nudge"),
    path("pairs/<uuid:pair>/pilot/", pilot.pilot, name="pilot"),
    path("pairs/<uuid:pair>/plan/", session.plan, name="plan"),
    path("sessions/<uuid:session>/", session.session, name="session"),
    path("sessions/<uuid:session>/move/", session.move, name="move"),
    path("sessions/<uuid:session>/cancel/", session.cancel, name="cancel"),
    path("sessions/<uuid:session>/missed/", session.missed, name="missed"),
]
