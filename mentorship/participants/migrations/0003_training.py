"""Whether orientation helped: asked where it ends, and its author's alone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

AUTHOR_ONLY = """
alter table participants_traininganswer enable row level security;
alter table participants_traininganswer force row level security;
create policy the_author on participants_traininganswer to web
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0002_private"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TrainingAnswer",
            fields=[
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="participants.participant",
                    ),
                ),
                (
                    "value",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Not at all"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Fully"),
                        ]
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__range", (1, 5))),
                        name="training_helped_one_to_five",
                    )
                ],
            },
        ),
        migrations.RunSQL(AUTHOR_ONLY, migrations.RunSQL.noop),
    ]
