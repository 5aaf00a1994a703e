"""What is sent twice by a double click or after a reload, and kept once."""

from uuid import uuid4

from django import forms


class OnceForm(forms.Form):
    """A form that is known again when it comes twice. Its number is kept with a draft,
    so that what was sent before a reload is known as well."""

    form_id = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"data-draft-keep": ""}), initial=uuid4
    )
