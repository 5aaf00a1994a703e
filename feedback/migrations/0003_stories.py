"""Stories: told by one of a pair, agreed to by both, read as far as they have come."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import mentorship.accounts.fields

# The teller reads their words; the other of the pair once asked; coordinators once it
# is offered to them. Nobody but the teller writes, and whoever reads may delete.
READERS = """
create function my_stories() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
as $$
    select id from feedback_story where state <> 'withdrawn' and (
        teller_id = app_user()
        or state in ('asked', 'offered', 'published')
            and pair_id in (select my_pairs())
        or state in ('offered', 'published') and program_id in (
            select program_id from charter_role
            where user_id = app_user() and kind = 'coordinator'))
$$;
revoke execute on function my_stories() from public;
grant execute on function my_stories() to web;

alter table feedback_storywords enable row level security;
alter table feedback_storywords force row level security;
create policy whom_the_state_lets_in on feedback_storywords to web
    using (story_id = any (array(select my_stories())))
    with check (story_id = any (array(select my_stories()))
        and story_id in (
            select id from feedback_story where teller_id = (select app_user())));
"""

# What somebody agreed to stays as it was; only that they take it back is added.
APPENDED = """
revoke update, delete on feedback_consent from web;
grant update (withdrawn_at) on feedback_consent to web;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("charter", "0001_initial"),
        ("feedback", "0002_private"),
        ("pairing", "0002_private"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("words", "How it was for me"),
                            ("win", "What changed in the work"),
                            ("video", "A video"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("steering", "The steering group"),
                            (
                                "program",
                                "The steering group and everybody in the program",
                            ),
                            ("organization", "Everybody with an account here"),
                        ],
                        max_length=12,
                    ),
                ),
                ("with_function", models.BooleanField(default=False)),
                ("expires_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Only you"),
                            ("asked", "Waits for consent"),
                            ("refused", "Not this time"),
                            ("offered", "Offered to the coordinators"),
                            ("set aside", "Not used by the coordinators"),
                            ("published", "Published"),
                            ("expired", "Its time is over"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("form_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stories",
                        to="pairing.pair",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stories",
                        to="charter.program",
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name_plural": "stories", "ordering": ["-told_at"]},
        ),
        migrations.CreateModel(
            name="StoryWords",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="feedback.story",
                    ),
                ),
                (
                    "title",
                    mentorship.accounts.fields.SealedTextField(
                        by="story_id", max_length=60
                    ),
                ),
                (
                    "text",
                    mentorship.accounts.fields.SealedTextField(
                        by="story_id", max_length=1500
                    ),
                ),
                (
                    "url",
                    mentorship.accounts.fields.SealedTextField(
                        by="story_id", max_length=300
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("purpose", models.CharField(max_length=30)),
                ("text_hash", models.CharField(max_length=64)),
                ("version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=10)),
                ("channel", models.CharField(default="page", max_length=10)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="consents",
                        to="feedback.story",
                    ),
                ),
            ],
            options={"ordering": ["at"]},
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.UniqueConstraint(
                fields=("teller", "form_id"), name="a_story_is_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("story", "person", "text_hash"),
                name="one_consent_per_person_and_wording",
            ),
        ),
        migrations.RunSQL(READERS, "drop function my_stories() cascade"),
        migrations.RunSQL(APPENDED, migrations.RunSQL.noop),
    ]
