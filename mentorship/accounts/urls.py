from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    # Before allauth's own of the same address.
    path("accounts/email/", views.address, name="address"),
]
