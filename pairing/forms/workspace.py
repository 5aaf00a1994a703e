"""Writing into a pair's workspace and into one's own notebook."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairing.uploads import NAMES, Refused, accept, too_large

from .once import OnceForm

MOST_SIGNS = 20_000


class NoteForm(OnceForm):
    """A shared note, or a page of a notebook."""

    body = forms.CharField(
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy("Markdown works: **bold**, - lists, # headings."),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Write a line or two."),
            "max_length": gettext_lazy(
                "A note may have 20,000 signs. Split it into two."
            ),
        },
    )


class PageForm(NoteForm):
    body = NoteForm.base_fields["body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("A new page")


class ChangeForm(forms.Form):
    """A new wording of a note, and the version that was seen."""

    body = NoteForm.base_fields["body"]
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 12


class LinkForm(OnceForm):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Paste the address, such as https://example.org."),
            "max_length": gettext_lazy(
                "This address is too long to keep. Use a shorter link to the same."
            ),
        },
    )
    title = forms.CharField(
        label=gettext_lazy("What it is"), max_length=200, required=False
    )

    def clean_url(self):
        """An address to visit or to write to; one without a beginning is a website."""
        url = self.cleaned_data["url"].strip()
        if "://" not in url and not url.lower().startswith("mailto:"):
            url = f"https://{url}"
        if not leads_somewhere(url):
            raise forms.ValidationError(
                _("Give an address that begins with https://, http:// or mailto:.")
            )
        return url


def leads_somewhere(url: str) -> bool:
    """Whether it is a whole address to visit or to write to."""
    if url.lower().startswith("mailto:"):
        return is_clean(url) and "@" in url
    return leads_to_a_page(url)


def leads_to_a_page(url: str) -> bool:
    """Whether it is a whole address of the web, without a name and password in it,
    which only serve to deceive."""
    if not is_clean(url):
        return False
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https")
    return is_web and "." in host and "@" not in parts.netloc


def is_clean(url: str) -> bool:
    return all(c.isprintable() and c not in " <>\"'\\`" for c in url)


class SafeFileField(forms.FileField):
    """A file that may be kept: its clean value is `pairing.uploads.Accepted`."""

    def __init__(self, **kwargs):
        ends = ", ".join(f".{name}" for name in NAMES)
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ends}))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        content = upload.read()
        if upload.size > len(content):
            raise forms.ValidationError(too_large())
        try:
            return accept(upload.name, content)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None


class FileForm(OnceForm):
    file = SafeFileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy(
            "PDF, office documents, text and pictures, up to 10 MB. Pictures lose "
            "the place and time that a camera notes."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
