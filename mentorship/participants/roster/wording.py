"""What to do about each kind of bad cell, in words."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "too_long": _("Text too long"),
    "cell_error": _("Spreadsheet error"),
    "long_id": _("Employee number rounded by the spreadsheet"),
    "duplicate_id": _("Employee number twice in the list"),
    "missing_email": _("Address missing"),
    "bad_email": _("Not an address"),
    "duplicate_email": _("Address twice in the list"),
    "missing_name": _("Name missing"),
    "missing_role": _("Role missing"),
    "unknown_role": _("Role not known"),
    "ambiguous_role": _("Role with two meanings"),
    "unknown_timezone": _("Time zone not known"),
    "unknown_language": _("Language not known"),
    "bad_capacity": _("Capacity outside 1 to 3"),
    "bad_level": _("Level outside 1 to 5"),
    "bad_yes_no": _("Neither yes nor no"),
    "bad_date": _("Not a date"),
    "ambiguous_date": _("Date with two meanings"),
    "email_in_use": _("Address of somebody else"),
    "id_in_use": _("Another employee number here"),
    "email_is_theirs": _("Address that only the person can change"),
    "same_person": _("One person in two rows"),
}

SENTENCES = {
    "too_long": _("This text is longer than its field can hold. Shorten it."),
    "cell_error": _(
        "The spreadsheet shows an error in this cell. Mend the formula or type the "
        "value."
    ),
    "long_id": _(
        "Employee numbers can have up to 15 digits; the spreadsheet has rounded this "
        "one. Format the column as text and enter the number again."
    ),
    "duplicate_id": _(
        "The same employee number is already in row %(first_row)s, which counts. "
        "Correct the number or remove one of the two rows."
    ),
    "missing_email": _("An email address is missing. Every person needs one."),
    "bad_email": _("This is not an email address. Enter one, like rosa@example.org."),
    "duplicate_email": _(
        "The same address is already in row %(first_row)s, which counts. Correct the "
        "address or remove one of the two rows."
    ),
    "missing_name": _("A name is missing. Enter a first or a last name."),
    "missing_role": _("The role is missing. Enter mentor, mentee or both."),
    "unknown_role": _("The role can be mentor, mentee or both."),
    "ambiguous_role": _("“M” can mean mentor or mentee. Write the word in full."),
    "unknown_timezone": _(
        "We do not know this time zone. Enter one like Europe/Lisbon, Lisbon or UTC+2."
    ),
    "unknown_language": _(
        "We do not know one of these languages. Enter names like English or codes "
        "like en, parted by a semicolon."
    ),
    "bad_capacity": _("Capacity can be 1 to 3."),
    "bad_level": _(
        "Levels can be 1 to 5, in brackets after the skill: Negotiation (4)."
    ),
    "bad_yes_no": _("The answer can be yes or no."),
    "bad_date": _("This is not a date. Enter one like 2026-03-09 or 9.3.2026."),
    "ambiguous_date": _(
        "This date can be read in two ways. Choose under “How to read it” whether the "
        "day or the month comes first."
    ),
    "unknown_wish": _(
        "This wish names somebody who is neither in the list nor here. The person is "
        "imported all the same."
    ),
    # Found when the rows meet the people who are already here.
    "email_in_use": _(
        "Somebody else here has this address. Check the employee number and the "
        "address."
    ),
    "id_in_use": _(
        "The person with this address has another employee number here. Check both."
    ),
    "email_is_theirs": _(
        "The person with this employee number signs in with another address. They "
        "can change it themselves, in their settings."
    ),
    "same_person": _(
        "This is the same person as in row %(first_row)s, one found by number and "
        "one by address. Remove one of the two rows."
    ),
    "says_so_themselves": _(
        "This person has joined and keeps their own profile and time zone. The list "
        "changes only their name, work and place here."
    ),
    "has_left": _(
        "This person has left the cohort. The list does not bring them back."
    ),
}  # fmt: skip


def sentence(problem):
    """The problem in one or two sentences, with what to do about it."""
    text = str(SENTENCES[problem.kind])
    return text % {"first_row": problem.first_row} if problem.first_row else text
