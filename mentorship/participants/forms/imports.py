"""Uploading a roster, how to read it, and what its columns hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..proposing import read_sheet
from ..roster.columns import SEARCHED_ROWS
from ..roster.fields import LABELS
from ..roster.refusals import MAX_BYTES, MESSAGES, RosterRefused

ENCODINGS = [
    ("utf-8", _("Unicode (UTF-8)")),
    ("utf-16", _("Unicode (UTF-16)")),
    ("cp1252", _("Western European (Windows)")),
    ("iso-8859-15", _("Western European (ISO)")),
    ("cp1250", _("Central European (Windows)")),
    ("cp1251", _("Cyrillic (Windows)")),
    ("cp1253", _("Greek (Windows)")),
    ("cp1254", _("Turkish (Windows)")),
    ("cp932", _("Japanese (Shift JIS)")),
    ("gb18030", _("Chinese, simplified (GB 18030)")),
    ("big5", _("Chinese, traditional (Big5)")),
    ("cp949", _("Korean (Windows)")),
]
DELIMITERS = [
    (",", _("Comma")),
    (";", _("Semicolon")),
    ("\t", _("Tab")),
    ("|", _("Vertical bar")),
]
DATE_ORDERS = [
    ("", _("Only if every date is clear")),
    ("dmy", _("Day first: 31/12/2026")),
    ("mdy", _("Month first: 12/31/2026")),
]
NAMES = {"given_name", "family_name", "full_name"}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The list"),
        help_text=_(
            "Excel, OpenDocument or CSV, up to 10 MB and 20,000 people. Nothing is "
            "stored for anybody until you have seen what would happen."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file with the list.")},
    )

    def clean_file(self):
        """Refused before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(MESSAGES["too_large"])
        return file


class ReadingForm(forms.Form):
    """How to read the stored file; `read` is the sheet by the latest valid choices."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    encoding = forms.ChoiceField(
        label=_("Characters"),
        choices=ENCODINGS,
        help_text=_("Choose another if accents look wrong below."),
    )
    delimiter = forms.ChoiceField(label=_("Columns are parted by"), choices=DELIMITERS)
    header_row = forms.IntegerField(
        label=_("Row with the column names"), min_value=1, max_value=SEARCHED_ROWS
    )
    date_order = forms.ChoiceField(
        label=_("Dates such as 03/09/2026"), choices=DATE_ORDERS, required=False
    )

    def __init__(self, *args, import_, **kwargs):
        super().__init__(*args, initial=import_.options, **kwargs)
        self.import_ = import_
        self.read = read_sheet(import_)
        if self.read.kind == "text":
            del self.fields["sheet"]
        else:
            del self.fields["encoding"], self.fields["delimiter"]
            self.fields["sheet"].choices = [
                (name, _("%(sheet)s (hidden)") % {"sheet": name})
                if name in self.read.hidden
                else (name, name)
                for name in self.read.sheets
            ]

    def clean(self):
        """Read the file by the new choices; a refusal is the form's error."""
        options = super().clean()
        try:
            self.read = read_sheet(self.import_, **options)
        except RosterRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        if options.get("header_row", 1) > len(self.read.rows):
            self.add_error("header_row", _("The list is shorter than that."))
        return options

    def shown_rows(self, count):
        """[(row number, cells)] from the header row on."""
        chosen = str(self["header_row"].value())
        start = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else 1
        return list(enumerate(self.read.rows, 1))[max(start, 1) - 1 :][:count]


class ColumnsForm(forms.Form):
    """One choice for each column, by its number: a field, or nothing.

    `guesses` is {column: (field, how it is known)}.
    """

    def __init__(self, *args, headers, guesses, **kwargs):
        super().__init__(*args, **kwargs)
        self.guesses = guesses
        choices = [("", _("Leave out")), *LABELS.items()]
        for column, header in enumerate(headers):
            self.fields[str(column)] = forms.ChoiceField(
                label=str(header) or _("Column %(number)d") % {"number": column + 1},
                choices=choices,
                initial=guesses.get(column, ("", ""))[0],
                required=False,
            )

    def how_known(self, column):
        """ "remembered", "sure", "likely" or "chosen" before; "" without a guess."""
        return self.guesses.get(column, ("", ""))[1]

    @property
    def chosen(self):
        """{column: field} of the columns that are not left out."""
        return {int(key): name for key, name in self.cleaned_data.items() if name}

    def clean(self):
        """Each field once; an address, a role and a name are needed."""
        first = {}
        for key, name in list(super().clean().items()):
            if name and first.setdefault(name, key) != key:
                words = _("Another column is the %(field)s already. Leave one out.")
                self.add_error(key, words % {"field": LABELS[name]})
        if "email" not in first:
            self.add_error(None, _("Choose which column holds the email address."))
        if "role" not in first:
            self.add_error(
                None, _("Choose which column says who is mentor and who is mentee.")
            )
        if not NAMES & first.keys():
            self.add_error(None, _("Choose which column holds the name."))
