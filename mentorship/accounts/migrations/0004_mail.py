"""How a person wants to be written to, and whether mail reaches them at all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_reminders_together")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="reminders_a_week",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="returned_address",
            field=models.EmailField(
                blank=True, default="", db_default="", max_length=254
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="returned_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
