from django.urls import include, path

from .views import charter, cohorts, programs, reminders, video_room

app_name = "charter"

of_program = [
    path("charter/", charter.read, name="charter"),
    path("charter/draft/", charter.draft, name="draft"),
    path("charter/draft/start/", charter.start, name="start_draft"),
    path("charter/publish/", charter.publish, name="publish"),
    path("charter/<int:number>/changes/", charter.changes, name="changes"),
    path("roles/", programs.roles, name="roles"),
    path("roles/<uuid:role>/take/", programs.take, name="take_role"),
    path("cohorts/new/", cohorts.create, name="create_cohort"),
    path("video-room/", video_room.video_room, name="video_room"),
    path("log/", programs.log, name="audit"),
    path("reminders/", reminders.of_program, name="reminders"),
    path("reminders/<slug:kind>/", reminders.program_rhythm, name="program_rhythm"),
]

urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/new/", programs.create, name="create"),
    path("programs/<uuid:program>/", include(of_program)),
    path("cohorts/<uuid:cohort>/stage/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:cohort>/stage/move/", cohorts.move, name="move_cohort"),
    path("cohorts/<uuid:cohort>/rhythm/", cohorts.rhythm, name="rhythm"),
    path(
        "cohorts/<uuid:cohort>/reminders/",
        reminders.of_cohort,
        name="cohort_reminders",
    ),
    path(
        "cohorts/<uuid:cohort>/reminders/<slug:kind>/",
        reminders.cohort_rhythm,
        name="cohort_rhythm",
    ),
    path(
        "cohorts/<uuid:cohort>/reminders/<slug:kind>/drop/",
        reminders.drop,
        name="drop_rhythm",
    ),
    path("cohorts/<uuid:cohort>/busy/", cohorts.busy, name="busy"),
    path(
        "cohorts/<uuid:cohort>/busy/<uuid:busy>/drop/",
        cohorts.drop_busy,
        name="drop_busy",
    ),
]
