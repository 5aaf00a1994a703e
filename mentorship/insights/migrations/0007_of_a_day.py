"""One day's figures without reading those of all other days."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("insights", "0006_themes")]

    operations = [
        AddIndexConcurrently(
            model_name="dailymetric",
            index=models.Index(fields=["as_of", "name"], name="metrics_of_a_day"),
        )
    ]
