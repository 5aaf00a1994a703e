"""Whose mail comes back, without looking at everybody."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0004_mail")]

    operations = [
        AddIndexConcurrently(
            model_name="user",
            index=models.Index(
                condition=models.Q(("returned_until__isnull", False)),
                fields=["returned_until"],
                name="people_out_of_reach",
            ),
        ),
    ]
