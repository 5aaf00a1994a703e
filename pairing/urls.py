from django.urls import path

from pairing.views import (
    changing,
    nudge,
    offers,
    pair,
    pairs,
    pilot,
    rounds,
    session,
    what_counts,
    workbench,
)

app_name = "pairing"

urlpatterns = [
    path("cohorts/<uuid:cohort>/pairing/", workbench.workbench, name="workbench"),
    path("cohorts/<uuid:cohort>/pairing/propose/", changing.propose, name="propose"),
    path("cohorts/<uuid:cohort>/pairing/change/", changing.change, name="change"),
    path("cohorts/<uuid:cohort>/pairing/publish/", changing.publish, name="publish"),
    path("cohorts/<uuid:cohort>/pairing/reopen/", changing.reopen, name="reopen"),
    path("cohorts/<uuid:cohort>/pairing/mending/", workbench.mending, name="mending"),
    path("cohorts/<uuid:cohort>/pairing/mend/", changing.mend, name="mend"),
    path(
        "cohorts/<uuid:cohort>/pairing/others/<uuid:mentee>/",
        workbench.others,
        name="others",
    ),
    path("rounds/<uuid:round>/undo/", changing.undo, name="undo"),
    path("rounds/<uuid:round>/set-aside/", changing.set_aside, name="set_aside"),
    path("rounds/<uuid:round>/cancel/", changing.cancel, name="cancel_round"),
    path("rounds/<uuid:round>/progress/", workbench.progress, name="progress"),
    path(
        "cohorts/<uuid:cohort>/pairing/what-counts/",
        what_counts.weights,
        name="weights",
    ),
    path("cohorts/<uuid:cohort>/pairing/plans/", rounds.rounds, name="rounds"),
    path("cohorts/<uuid:cohort>/pairing/compare/", rounds.compare, name="compare"),
    path(
        "cohorts/<uuid:cohort>/pairing/plans/<int:number>/replay/",
        rounds.replay,
        name="replay",
    ),
    path(
        "cohorts/<uuid:cohort>/pairing/plans/<int:number>/floor/",
        rounds.price,
        name="price_of_floor",
    ),
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
