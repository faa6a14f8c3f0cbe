"""What whoever runs the server settles: where it is reached, whom it trusts, how often one asks."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from stanch.app.desk.origin import LOOPBACK, check_origin
from stanch.errors import UsageError
from stanch.web.tls import Certificate

SETTLED: Final = 24  # hours
TAXII: Final = 5_000  # requests a second


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket of `burst` requests that fills by `second` requests a second."""

    second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider: its issuer, and what the desk is called and proves itself by."""

    issuer: str
    client: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        """Raise UsageError for an issuer that somebody between could speak for."""
        parts = urlsplit(self.issuer)
        safe = parts.scheme == "https" or parts.hostname in LOOPBACK
        if not safe or not parts.hostname or parts.query or parts.fragment:
            raise UsageError(f"issuer: {self.issuer!r} is none, as https://id.example is")


@dataclass(frozen=True, slots=True)
class Config:
    """How a server is run. `origin` is what browsers see. TLS is spoken with `certificate`, else by
    a reverse proxy.

    `public` lets it listen elsewhere than on this machine. `proxies` are addresses or networks
    whose X-Forwarded-For is believed; none are unless named. `reach` are networks that webhooks may
    be sent to beside public addresses. Who agrees to where a member is told was let in at least
    `settled_hours` ago.
    """

    origin: str = "http://127.0.0.1:8000"
    public: bool = False
    proxies: tuple[str, ...] = ()
    certificate: Certificate | None = None
    provider: Provider | None = None
    reach: tuple[str, ...] = ()
    settled_hours: int = SETTLED
    rate: Rate = Rate(50, 200)
    door: Rate = Rate(0.5, 20)  # of tries to sign in, and of wrong keys for TAXII
    taxii: Rate = Rate(TAXII, 2 * TAXII)  # of one key
    body_seconds: float = 30
    header_seconds: float = 10
    answer_seconds: float = 30  # to take what waits of an answer
    registry: Path | None = None  # a registry of incidents; the one that is shipped without
    lists: Path | None = None  # a home with sanctions lists, to screen addresses against

    def __post_init__(self) -> None:
        """Raise UsageError for an origin or a proxy that is none, and for http with TLS."""
        check_origin(self.origin)
        if self.certificate and not self.tls:
            raise UsageError(f"origin: with TLS it begins with https, and {self.origin!r} does not")
        for proxy in self.proxies:
            try:
                ipaddress.ip_network(proxy)
            except ValueError:
                raise UsageError(f"proxy: {proxy!r} is no address or network") from None

    @property
    def tls(self) -> bool:
        """Whether browsers come by TLS."""
        return self.origin.startswith("https:")

    @property
    def cookie(self) -> str:
        """The name of the session's cookie: one that only this very host can set, where it can."""
        return "__Host-stanch" if self.tls else "stanch"

    def hosts(self) -> frozenset[str]:
        """The names that a request may call this server by."""
        named = urlsplit(self.origin).hostname or ""
        return frozenset({named}) if self.public else frozenset({named, *LOOPBACK})
