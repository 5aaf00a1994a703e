from django.urls import path

from . import views

app_name = "outbox"

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("settings/mail/", views.preferences, name="preferences"),
    path("settings/mail/again/", views.again, name="write_again"),
    path("messages/", views.inbox, name="messages"),
]
