from django.urls import path

from pairing.views import offers, pairs, workbench

app_name = "pairing"

urlpatterns = [
    path("cohorts/<uuid:cohort>/pairing/", workbench.workbench, name="workbench"),
    path("cohorts/<uuid:cohort>/pairing/propose/", workbench.propose, name="propose"),
    path("cohorts/<uuid:cohort>/pairing/rules/", workbench.set_rule, name="set_rule"),
    path("cohorts/<uuid:cohort>/pairing/publish/", workbench.publish, name="publish"),
    path("pair-rules/<uuid:rule>/drop/", workbench.drop_rule, name="drop_rule"),
    path("offers/<uuid:proposal>/", offers.offer, name="offer"),
    path("cohorts/<uuid:cohort>/pairs/", pairs.pairs, name="pairs"),
]
