"""Chat rooms, bounces, and the one gate that all senders pass."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# There is one gate, for ever: it is changed, never added or taken away.
THE_GATE = """
insert into outbox_gate (id) values (1);
revoke insert, delete on outbox_gate from web;
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("accounts", "0004_mail")]

    operations = [
        migrations.CreateModel(
            name="Bounce",
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
                ("message_id", models.CharField(max_length=200)),
                ("address", models.EmailField(max_length=254)),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Soft"), (2, "Hard")]
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="ChatRoom",
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
                ("program_id", models.UUIDField()),
                ("label", models.CharField(max_length=80)),
                ("sealed_address", models.BinaryField()),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("account", "Your account"),
                                ("invitation", "Invitations"),
                                ("session", "Sessions"),
                                ("check-in", "Check-ins"),
                                ("milestone", "Milestones"),
                                ("reflection", "Reflections"),
                                ("pairing", "Pairing"),
                                ("pilot", "The pilot"),
                                ("acknowledgment", "The charter"),
                                ("care", "A hand for your pair"),
                                ("concern", "Concerns you handle or raised"),
                                ("digest", "A summary of what waits"),
                                ("announcement", "Messages from coordinators"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English")], default="en", max_length=12
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["label"],
            },
        ),
        migrations.CreateModel(
            name="DomainPace",
            fields=[
                (
                    "domain",
                    models.CharField(max_length=254, primary_key=True, serialize=False),
                ),
                ("free_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, primary_key=True, serialize=False
                    ),
                ),
                ("held_since", models.DateTimeField(null=True)),
                (
                    "held_because",
                    models.CharField(
                        blank=True, default="", db_default="", max_length=200
                    ),
                ),
                ("failures", models.PositiveIntegerField(db_default=0, default=0)),
                ("closed_until", models.DateTimeField(null=True)),
                ("free_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="claimed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="folded_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="folded",
                to="outbox.notice",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[
                    ("away", "the mail server is away"),
                    ("address", "the address was refused"),
                    ("server", "the mail server did not take it"),
                    ("broken", "the mail could not be written"),
                    ("chat", "the chat did not take it"),
                ],
                default="",
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="slot_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="notice",
            name="channel",
            field=models.CharField(
                choices=[
                    ("email", "By mail"),
                    ("app", "On the site"),
                    ("chat", "In a chat room"),
                ],
                default="email",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account", "Your account"),
                    ("invitation", "Invitations"),
                    ("session", "Sessions"),
                    ("check-in", "Check-ins"),
                    ("milestone", "Milestones"),
                    ("reflection", "Reflections"),
                    ("pairing", "Pairing"),
                    ("pilot", "The pilot"),
                    ("acknowledgment", "The charter"),
                    ("care", "A hand for your pair"),
                    ("concern", "Concerns you handle or raised"),
                    ("digest", "A summary of what waits"),
                    ("announcement", "Messages from coordinators"),
                ],
                max_length=20,
            ),
        ),
        # Django would make the foreign key anew and check every row for it.
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "alter table outbox_notice alter column recipient_id drop not null",
                    "alter table outbox_notice alter column recipient_id set not null",
                )
            ],
            [
                migrations.AlterField(
                    model_name="notice",
                    name="recipient",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="notice",
            name="skipped_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("late", "its time had passed"),
                    ("preference", "the person does not want these"),
                    ("cap", "enough mail this week"),
                    ("gone", "the person has left"),
                    ("bounces", "mail to this address comes back"),
                    ("folded", "folded into one mail"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="preference",
            name="channel",
            field=models.CharField(
                choices=[
                    ("email", "By mail"),
                    ("app", "On the site"),
                    ("chat", "In a chat room"),
                ],
                default="email",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="preference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account", "Your account"),
                    ("invitation", "Invitations"),
                    ("session", "Sessions"),
                    ("check-in", "Check-ins"),
                    ("milestone", "Milestones"),
                    ("reflection", "Reflections"),
                    ("pairing", "Pairing"),
                    ("pilot", "The pilot"),
                    ("acknowledgment", "The charter"),
                    ("care", "A hand for your pair"),
                    ("concern", "Concerns you handle or raised"),
                    ("digest", "A summary of what waits"),
                    ("announcement", "Messages from coordinators"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="bounce",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bounces",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chatroom",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="room",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="outbox.chatroom",
            ),
        ),
        AddConstraintNotValid(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recipient__isnull", False), ("room__isnull", True)),
                    models.Q(("recipient__isnull", True), ("room__isnull", False)),
                    _connector="OR",
                ),
                name="a_notice_is_for_a_person_or_a_room",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)), name="there_is_one_gate"
            ),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.UniqueConstraint(
                fields=("message_id",), name="a_mail_comes_back_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="chatroom",
            constraint=models.UniqueConstraint(
                fields=("program_id", "label"),
                name="one_room_per_name",
                violation_error_message="A room of this name is already there.",
            ),
        ),
        migrations.RunSQL(THE_GATE, "delete from outbox_gate"),
    ]
