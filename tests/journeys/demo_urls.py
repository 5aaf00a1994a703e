"""The site map as it is in the demo."""

from django.urls import include, path

from mentorship.urls import urlpatterns as everywhere

urlpatterns = [*everywhere, path("demo/", include("mentorship.demo.urls"))]
