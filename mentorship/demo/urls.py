"""Only in the demo: mentorship/urls.py includes these nowhere else."""

from django.urls import path

from . import views

app_name = "demo"

urlpatterns = [
    path("enter/<slug:role>/", views.enter, name="enter"),
    path("mail/", views.mail, name="mail"),
    path("mail/<int:number>/", views.letter, name="letter"),
    path("mail/<int:number>/html/", views.letter_html, name="letter_html"),
]
