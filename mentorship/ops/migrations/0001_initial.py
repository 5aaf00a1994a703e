from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # Which says what `web` may do with every new table.
    dependencies = [("accounts", "0002_roles")]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("beat", "Beat"),
                            ("sweep", "Sweep"),
                            ("night", "Night"),
                            ("backup", "Backup"),
                            ("drill", "Drill"),
                        ],
                        max_length=20,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("facts", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Answered",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("route", models.CharField(max_length=80)),
                ("status", models.PositiveSmallIntegerField()),
                ("within", models.FloatField()),
                ("requests", models.BigIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("route", "status", "within"),
                        name="one_sum_per_page_and_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("requests__gte", 0)),
                        name="sums_of_requests_only_grow",
                    ),
                ],
            },
        ),
    ]
