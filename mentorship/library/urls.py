from django.urls import include, path

from .views import reading, writing

app_name = "library"

of_program = [
    path("", writing.own, name="own"),
    path("new/", writing.new, name="new"),
    path("<slug:slug>/write/", writing.write, name="write"),
    path("<slug:slug>/preview/", writing.preview, name="preview"),
    path("<slug:slug>/publish/", writing.publish, name="publish"),
    path("<slug:slug>/take-back/", writing.take_back, name="take_back"),
]

urlpatterns = [
    path("ideas/", reading.ideas, name="ideas"),
    path("ideas/<slug:slug>/", reading.item, name="item"),
    path("ideas/<slug:slug>/timer/", reading.agenda, name="agenda"),
    path("programs/<uuid:program>/ideas/", include(of_program)),
]
