import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation; nobody signs up by themselves."""

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Codes are worthless later, so they are sent at once and not queued. A mail
        server that does not answer is our failure, and is told as one."""
        context = {**context, "why": _("Sent because somebody entered this address.")}
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as problem:
            logger.error("Sign-in mail not sent: %s", type(problem).__name__)
            page = render(self.request, "account/mail_failed.html", status=503)
            raise ImmediateHttpResponse(page) from problem

    def confirm_email(self, request, email_address):
        """An address may have come to somebody else since the change was asked for."""
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            messages.error(request, _("Somebody else uses this address by now."))
            return False

    def get_password_change_redirect_url(self, request):
        return "/settings/"
