from django.urls import path

from pairing.views import (
    changing,
    decline_reasons,
    endings,
    nudge,
    offers,
    pair,
    pairs,
    pilot,
    say,
    session,
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
    path("places/<uuid:participant>/wishes/", say.wishes, name="wishes"),
    path("places/<uuid:participant>/limits/", say.limits, name="limits"),
    path("places/<uuid:participant>/veto/", say.veto, name="veto"),
    path("say/<uuid:question>/", say.say, name="say"),
    path("offers/<uuid:proposal>/", offers.offer, name="offer"),
    path(
        "programs/<uuid:program>/declined/",
        decline_reasons.decline_reasons,
        name="decline_reasons",
    ),
    path("cohorts/<uuid:cohort>/pairs/", pairs.pairs, name="pairs"),
    path("pairs/<uuid:pair>/", pair.pair, name="pair"),
    path("pairs/<uuid:pair>/nudge/", nudge.nudge, name="nudge"),
    path("pairs/<uuid:pair>/pilot/", pilot.pilot, name="pilot"),
    path("pairs/<uuid:pair>/leave/", endings.leave, name="leave"),
    path("pairs/<uuid:pair>/replan/", endings.replan, name="replan"),
    path("pairs/<uuid:pair>/plan/", session.plan, name="plan"),
    path("sessions/<uuid:session>/", session.session, name="session"),
    path("sessions/<uuid:session>/move/", session.move, name="move"),
    path("sessions/<uuid:session>/cancel/", session.cancel, name="cancel"),
    path("sessions/<uuid:session>/missed/", session.missed, name="missed"),
]
