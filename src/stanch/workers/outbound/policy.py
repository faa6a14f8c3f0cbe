"""How one desk sends: where to, whom it believes, how long it waits, and with whose signature."""

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from stanch.errors import InvariantError
from stanch.formats.outbound.address import Reach
from stanch.workers.outbound.signature import Sign

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for the name and then for each connection, seconds for all of it, bytes of answer."""

    connect: float = 5.0
    whole: float = 15.0
    answer: int = 64 * 1024


def system_resolve(host: str, port: int) -> list[str]:
    """What the machine's resolver answers, in its order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


def public_trust() -> ssl.SSLContext:
    """The certificate authorities that httpx brings; no variable of the environment counts."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """What stays the same for all that one desk sends. Made once: reading authorities is slow.

    `sign` gives an Ed25519 signature of the desk's key. `resolve` is asked once for each attempt.
    Raises InvariantError where `trust` would take any certificate.
    """

    sign: Sign
    reach: Reach = field(default_factory=Reach)
    trust: ssl.SSLContext = field(default_factory=public_trust)
    resolve: Resolve = system_resolve
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Fail closed: a context that was loosened somewhere else must not be sent with."""
        if self.trust.verify_mode is not ssl.CERT_REQUIRED or not self.trust.check_hostname:
            raise InvariantError("webhooks must not be sent without checking certificates")
