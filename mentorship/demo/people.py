"""Who of the sample program stands for each role on the demo's sign-in page."""

from django.utils.translation import gettext_lazy as _

# Role in an address: what the button says, and the person's email.
PEOPLE = {
    "coordinator": (_("Coordinator"), "ingrid.solheim@kestrel.example"),
    "mentor": (_("Mentor"), "kwame.boateng@kestrel.example"),
    "mentee": (_("Mentee"), "linh.nguyen@kestrel.example"),
    "steering": (_("Steering group"), "olufemi.peters@kestrel.example"),
    "facilitator": (_("Facilitator"), "maren.dahl@kestrel.example"),
    "sponsor": (_("Sponsor"), "teresa.okafor@kestrel.example"),
    "administrator": (_("Site administrator"), "admin@kestrel.example"),
}
