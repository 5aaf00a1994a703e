"""What this app does when something happens below."""

from django.dispatch import receiver

from feedback import actions
from pairing.signals import pairs_ended


@receiver(pairs_ended)
def forget(sender, pairs, **kwargs):
    actions.forget_check_ins(pairs)
    actions.forget_askings(pairs)
    actions.forget_requests(pairs)
