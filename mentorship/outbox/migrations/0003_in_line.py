"""Indexes of a large table, made while it is written to."""

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("outbox", "0002_delivery")]

    operations = [
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("room__isnull", False)),
                fields=["room"],
                name="notices_of_a_room",
            ),
        ),
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("folded_into__isnull", False)),
                fields=["folded_into"],
                name="notices_folded",
            ),
        ),
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                fields=["program_id", "due_at"], name="notices_of_a_program"
            ),
        ),
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["pending", "sending"])),
                fields=["due_at", "key"],
                name="notices_in_line",
            ),
        ),
        RemoveIndexConcurrently(
            model_name="notice",
            name="notices_to_send",
        ),
        ValidateConstraint("notice", "a_notice_is_for_a_person_or_a_room"),
    ]
