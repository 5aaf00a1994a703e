from django.urls import path

from feedback.views import (
    check_in,
    concern,
    each_other,
    growth,
    measures,
    observing,
    reflection,
    story,
    suggestion,
)

app_name = "feedback"

urlpatterns = [
    path("reflections/<uuid:reflection>/", reflection.reflect, name="reflect"),
    path(
        "reflections/<uuid:reflection>/suggestion/",
        suggestion.suggestion,
        name="suggestion",
    ),
    path("check-ins/<uuid:check_in>/", check_in.check_in, name="check_in"),
    path("concerns/", concern.concerns, name="concerns"),
    path("concerns/new/", concern.raise_concern, name="raise_concern"),
    path("concerns/<uuid:concern>/", concern.concern, name="concern"),
    path("concerns/<uuid:concern>/move/", concern.move_concern, name="move_concern"),
    path("growth/<uuid:asking>/", growth.asking, name="asking"),
    path("places/<uuid:participant>/growth/", growth.growth, name="growth"),
    path(
        "programs/<uuid:program>/growth-questions/",
        measures.measures,
        name="measures",
    ),
    path("seen/<str:token>/", observing.observe, name="observe"),
    path("pairs/<uuid:pair>/feedback/", each_other.each_other, name="each_other"),
    path("feedback/<uuid:feedback_request>/", each_other.give, name="give"),
    path("stories/", story.stories, name="stories"),
    path("pairs/<uuid:pair>/stories/new/", story.tell, name="tell"),
    path("stories/<uuid:story>/", story.story, name="story"),
    path("stories/<uuid:story>/change/", story.change, name="story_change"),
]
