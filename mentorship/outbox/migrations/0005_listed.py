"""The coordinator's list of mail, and what is to be seen to, without reading the rest."""

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("outbox", "0004_sent")]

    operations = [
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                fields=["program_id", "due_at", "id"],
                name="notices_of_a_program_listed",
            ),
        ),
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["pending", "dead"])),
                fields=["program_id", "state", "due_at"],
                name="notices_to_see_to",
            ),
        ),
        RemoveIndexConcurrently(
            model_name="notice",
            name="notices_of_a_program",
        ),
    ]
