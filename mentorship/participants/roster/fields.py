"""The fields a roster can fill, in the order people read them."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "external_id": _("Employee number"),
    "email": _("Email"),
    "full_name": _("Full name"),
    "given_name": _("First name"),
    "family_name": _("Last name"),
    "role": _("Role"),
    "function": _("Function"),
    "site": _("Site"),
    "job_title": _("Job title"),
    "manager_email": _("Manager’s email"),
    "timezone": _("Time zone"),
    "languages": _("Languages"),
    "capacity": _("Capacity"),
    "skills_offered": _("Skills offered"),
    "skills_wanted": _("Skills wanted"),
    "goals": _("Goals"),
    "interests": _("Interests"),
    "working_style": _("Working style"),
    "good_mentor": _("A good mentor"),
    "learning_style": _("Learning style"),
    "availability": _("Availability"),
    "remote": _("Remote"),
    "start_date": _("Start date"),
    "channel": _("Preferred channel"),
    "wishes": _("Wishes"),
}
FIELDS = list(LABELS)
