"""What the charter app says to people, as unsaved notices."""

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice


def role_given(role, *, by, at) -> Notice:
    """To the person who now holds a role: which one, in what program, who gave it."""
    return Notice(
        recipient=role.user,
        kind=Kind.ACCOUNT,
        template="charter/role_given",
        key=f"role:{role.pk}",
        context={
            "program": role.program.name,
            "role": role.kind,
            "by": by.name,
            "path": reverse("charter:charter", args=[role.program_id]),
        },
        due_at=at,
        program_id=role.program_id,
        about_kind=role._meta.label_lower,
        about_id=role.pk,
    )
