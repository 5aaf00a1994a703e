from django.urls import path

from .views import (
    breaks,
    declared,
    imports,
    joining,
    orientation,
    people,
    person,
    profile,
)

app_name = "participants"

IMPORTS = "cohorts/<uuid:cohort_id>/import/"
IMPORT = f"{IMPORTS}<uuid:pk>/"

PEOPLE = "cohorts/<uuid:cohort>/people/"
PERSON = "people/<uuid:participant>/"
PLACE = "places/<uuid:participant>/"

urlpatterns = [
    # People
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}add/", people.add, name="add"),
    path(f"{PEOPLE}invite/", people.invite, name="invite"),
    path(f"{PEOPLE}remind/", people.remind, name="remind"),
    path(f"{PEOPLE}write/", people.write, name="write"),
    path(f"{PEOPLE}export/<slug:kind>/", people.export, name="export"),
    path(PERSON, person.person, name="person"),
    path(f"{PERSON}edit/", person.edit, name="edit"),
    path(f"{PERSON}waive/", person.waive, name="waive"),
    path(f"{PERSON}withdraw/", person.withdraw, name="withdraw"),
    # Joining
    path("join/<str:token>/", joining.join, name="join"),
    path("join/<str:token>/again/", joining.new_link, name="new_link"),
    path("profile/", profile.profile, name="profile"),
    path("profile/about-you/", declared.about_you, name="about_you"),
    path("profile/<slug:step>/", profile.step, name="profile"),
    path(f"{PLACE}welcome/", orientation.welcome, name="welcome"),
    path(f"{PLACE}orientation/", orientation.orientation, name="orientation"),
    path(f"{PLACE}charter/", orientation.charter, name="charter"),
    path(f"{PLACE}break/", breaks.pause, name="break"),
    # Roster import
    path(IMPORTS, imports.import_new, name="import_new"),
    path(f"{IMPORT}reading/", imports.import_reading, name="import_reading"),
    path(f"{IMPORT}columns/", imports.import_columns, name="import_columns"),
    path(f"{IMPORT}preview/", imports.import_preview, name="import_preview"),
    path(f"{IMPORT}failed/<slug:kind>/", imports.import_failed, name="import_failed"),
    path(f"{IMPORT}commit/", imports.import_commit, name="import_commit"),
    path(f"{IMPORT}result/", imports.import_result, name="import_result"),
    path(f"{IMPORT}undo/", imports.import_undo, name="import_undo"),
]
