"""The only way out to a chat: resolve once, look, and connect to what was looked at.

Apprise calls `requests`, which would resolve a name anew for each connection, follow
redirects and use a proxy from the environment. Inside `guarded()` the requests of this
thread go through a Door; elsewhere nothing changes.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from urllib.parse import urlsplit

import certifi
import requests
from django.conf import settings
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from .addresses import Refused, is_public

MOST = 256 * 1024  # bytes of an answer; nobody needs more
inside: ContextVar[bool] = ContextVar("writing to a chat", default=False)


@contextmanager
def guarded() -> Iterator[None]:
    """Let this thread's requests reach public addresses at the ports of CHAT_PORTS,
    and nothing else."""
    token = inside.set(True)
    try:
        yield
    finally:
        inside.reset(token)


def resolve(host: str, port: int) -> list[tuple]:
    """What `host` leads to, as (family, sockaddr). Raises Refused unless all of it is
    public, or an administrator has named the host."""
    if port not in settings.CHAT_PORTS:
        raise Refused(f"port {port} is not among CHAT_PORTS")
    found = [
        (family, address)
        for family, _kind, _protocol, _name, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )
    ]
    if host in settings.CHAT_PRIVATE_HOSTS:
        return found
    if not found or not all(is_public(str(address[0])) for _family, address in found):
        raise Refused(f"{host} is not on the open internet")
    return found


def connect(host: str, port: int) -> socket.socket:
    """A connection to the first address that takes it, of those that were looked at."""
    error: OSError = OSError(f"{host} has no address")
    for family, address in resolve(host, port):
        channel = socket.socket(family, socket.SOCK_STREAM)
        channel.settimeout(settings.EMAIL_TIMEOUT)
        try:
            channel.connect(address)
        except OSError as raised:
            channel.close()
            error = raised
        else:
            return channel
    raise error


class Door(BaseAdapter):
    """Sends one request over a connection of its own. An answer that leads elsewhere
    is refused."""

    def send(  # type: ignore[override]
        self, request, **kwargs
    ) -> requests.Response:
        parts = urlsplit(request.url)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
        try:
            channel = connect(parts.hostname, port)
            if parts.scheme == "https":
                trusted = ssl.create_default_context(cafile=certifi.where())
                channel = trusted.wrap_socket(channel, server_hostname=parts.hostname)
            return self.exchange(request, channel, parts.netloc.rpartition("@")[2])
        except (OSError, http.client.HTTPException) as error:
            raise requests.ConnectionError(error, request=request) from error

    def exchange(self, request, channel, host: str) -> requests.Response:
        """Hand over the request and read what is answered."""
        line = http.client.HTTPConnection(host)
        line.sock = channel
        try:
            headers = {"Host": host, **request.headers, "Accept-Encoding": "identity"}
            line.request(request.method, request.path_url, request.body, headers)
            heard = line.getresponse()
            if 300 <= heard.status < 400:
                raise Refused("it redirects elsewhere")
            return answer(request, heard, heard.read(MOST))
        finally:
            line.close()

    def close(self) -> None:
        """Nothing is kept open."""


def answer(request, heard: http.client.HTTPResponse, content: bytes):
    """What was heard, as requests hands it on."""
    found = requests.Response()
    found.request, found.url = request, request.url
    found.status_code, found.reason = heard.status, heard.reason
    found.headers = CaseInsensitiveDict(heard.getheaders())
    found.raw = BytesIO(content)
    found._content, found._content_consumed = content, True
    return found


def stand_guard() -> None:
    """Lay the door in front of requests, once for the process."""
    anywhere = requests.Session.get_adapter

    def get_adapter(session, url):
        return Door() if inside.get() else anywhere(session, url)

    requests.Session.get_adapter = get_adapter  # type: ignore[method-assign]


stand_guard()
