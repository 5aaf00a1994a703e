from .models import User, audit


class AccountIsClosed(Exception):
    """The address belongs to an account that can no longer sign in."""


def find_or_invite(email, *, by, program_id=None, **defaults) -> User:
    """The person with this address, made without a password if there is none yet.

    `defaults` are fields of a new account only; the person signs in by a mailed code.
    Call it in a transaction. Raises AccountIsClosed.
    """
    user, created = User.objects.get_or_create(
        email=User.objects.normalize_email(email),
        defaults={"password": "!", **defaults},
    )
    if created:
        audit("opened account", user, by=by, program_id=program_id)
    elif not user.is_active:
        raise AccountIsClosed
    return user
