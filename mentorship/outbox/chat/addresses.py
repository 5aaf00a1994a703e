"""Which addresses of a chat may be written to.

A coordinator types the address, and our server connects to it: without limits that
would be a way into the network behind it (server-side request forgery).
"""

import ipaddress
import re
from urllib.parse import SplitResult, unquote_plus, urlsplit

from apprise import Apprise, AppriseAsset
from django.conf import settings
from django.utils.translation import gettext_lazy as _

# What a signed webhook of Power Automate needs. Others could read files (template=),
# switch off the check of certificates (verify=) or follow redirects.
PARAMETERS = {"api-version", "sp", "sv", "sig"}
# Ranges that carry an IPv4 address inside, or that lead somewhere of their own.
TUNNELS = [
    ipaddress.ip_network(net)
    for net in (
        "::/96",  # compatible
        "::ffff:0:0/96",  # mapped
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64 of one's own
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local
    )
]
NO_CHAT = _("This is not an address of a chat that we can write to.")


class Refused(Exception):
    """This address may not be written to; the words say why."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    tunnel = found.version == 6 and any(found in net for net in TUNNELS)
    return found.is_global and not found.is_multicast and not tunnel


def check(address: str):
    """The Apprise object of an address. Raises Refused for another scheme than those
    of CHAT_SCHEMES, for settings that only an administrator may choose, and for an IP
    address that is not public. Names are resolved when something is sent."""
    parts = split(address)
    if parts.scheme not in {*settings.CHAT_SCHEMES, "https"}:
        raise Refused(NO_CHAT)
    if parameters_of(address) - PARAMETERS:
        raise Refused(_("Leave out what follows the question mark."))
    asset = AppriseAsset(http_redirects=False, async_mode=False)
    found = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if found is None or not schemes_of(found, parts) & set(settings.CHAT_SCHEMES):
        raise Refused(NO_CHAT)
    refuse_private(parts.hostname or "")
    found.request_rate_per_sec = 0  # it would sleep before it sends
    return found


def split(address: str) -> SplitResult:
    if any(ord(letter) <= 32 for letter in address):
        raise Refused(NO_CHAT)
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  a property that raises
    except ValueError:
        raise Refused(NO_CHAT) from None
    return parts


def parameters_of(address: str) -> set[str]:
    """The names of settings as Apprise finds them: after the first question mark, also
    one behind a #, and with a semicolon for an ampersand."""
    query = address.partition("?")[2]
    parts = filter(None, re.split("[&;]", query))
    return {unquote_plus(part.partition("=")[0]).strip().lower() for part in parts}


def schemes_of(plugin, parts: SplitResult) -> set[str]:
    """The scheme of an address; of one copied from a chat's own page, https, those of
    the plugin that knows it."""
    if parts.scheme != "https":
        return {parts.scheme}
    names = plugin.secure_protocol
    return {names} if isinstance(names, str) else set(names)


def refuse_private(host: str) -> None:
    """Raise Refused when a host is an IP address that is not public."""
    try:
        public = is_public(host)
    except ValueError:
        return  # a name
    if not public and host not in settings.CHAT_PRIVATE_HOSTS:
        raise Refused(_("This address is not on the open internet."))
