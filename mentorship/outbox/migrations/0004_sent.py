"""When the last notice went out, and how the last hour went, asked every minute."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("outbox", "0003_in_line")]

    operations = [
        AddIndexConcurrently(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state", "sent")),
                fields=["sent_at"],
                name="notices_sent",
            ),
        ),
    ]
