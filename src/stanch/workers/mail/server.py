"""The mail server that takes the desk's e-mail: where it is, and on what terms it is spoken to.

Submission (RFC 6409), with TLS from the start (`smtps://`, RFC 8314) or by STARTTLS (`smtp://`, RFC
3207), without which nothing is said unless the server is on this very machine.
"""

import ipaddress
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from stanch.errors import InvariantError, UsageError
from stanch.model.desk.mail import is_address

USER: Final = "STANCH_SMTP_USER"
PASSWORD: Final = "STANCH_SMTP_PASSWORD"
_PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for each answer, until the message must be on its way, and for all of it.

    What is not on its way in time is not sent: the lease on it, longer than all of this, is then
    another's. All of it must leave room for the answer to a message that was taken.
    """

    answer: float = 10.0
    begun: float = 20.0
    whole: float = 40.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed in, and from whom it is. Raises UsageError for an address that is none
    or half a login, InvariantError where `trust` would take any certificate.
    """

    host: str
    port: int
    implicit: bool  # TLS from the first byte on
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Fail closed, before anything is sent."""
        if not is_address(self.sender):
            raise UsageError(f"--smtp-from: {self.sender!r} is no address")
        if bool(self.user) != bool(self.password):
            raise UsageError(f"a login is ${USER} and ${PASSWORD}, both or none")
        if not (self.user + self.password).isascii():
            raise UsageError(f"${USER} and ${PASSWORD}: ASCII only, as SMTP has it")
        if self.trust.verify_mode is not ssl.CERT_REQUIRED or not self.trust.check_hostname:
            raise InvariantError("e-mail must not be sent without checking certificates")

    @property
    def plain(self) -> bool:
        """Whether no TLS is asked for: to this very machine, where nobody stands between."""
        return not self.implicit and _is_loopback(self.host)


def mail_server(url: str, sender: str, environment: Mapping[str, str]) -> MailServer:
    """The server of `smtp://host:port` or `smtps://host:port`, with the environment's login.

    Raises UsageError.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if "@" in parts.netloc:
        raise UsageError(
            f"--smtp: everybody can read a command; the login is ${USER} and ${PASSWORD}"
        )
    plain = url.isascii() and url.isprintable() and " " not in url
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if not plain or parts.scheme not in _PORTS or not host or rest or port == 0:
        raise UsageError(f"--smtp: {url!r} is none, as smtp://mail.example:587 is")
    login = environment.get(USER, ""), environment.get(PASSWORD, "")
    at = port or _PORTS[parts.scheme]
    return MailServer(host, at, parts.scheme == "smtps", sender, *login)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
