"""A person's private notebook."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentorship.accounts.acting import acting_as
from pairing.models import NotebookEntry


class PageHasChanged(Exception):
    """The page was saved elsewhere meanwhile; `page` is how it stands now."""

    def __init__(self, page: NotebookEntry):
        super().__init__(str(page.pk))
        self.page = page


def write_page(*, by, at: datetime, body: str, form_id: UUID) -> NotebookEntry:
    """Add a page. The same form sent again is the same page."""
    with acting_as(by):
        page, _new = NotebookEntry.objects.get_or_create(
            author=by, form_id=form_id, defaults={"body": body, "created_at": at}
        )
    return page


@transaction.atomic
def change_page(
    page: NotebookEntry, *, by, at: datetime, version: int, body: str
) -> NotebookEntry:
    """Save a new wording. Raises PageHasChanged unless `version` is the newest."""
    with acting_as(by):
        fresh = NotebookEntry.objects.select_for_update().get(pk=page.pk)
        if fresh.version != version:
            raise PageHasChanged(fresh)
        fresh.body, fresh.version, fresh.edited_at = body, version + 1, at
        fresh.save()
    return fresh


def tear_out(page: NotebookEntry, *, by) -> None:
    """Delete a page for good."""
    with acting_as(by):
        page.delete()
