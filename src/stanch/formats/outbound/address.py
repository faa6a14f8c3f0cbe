"""May the desk send to this URL? Pure: the caller resolves the host between the two questions.

A URL is read once, by the strict grammar below, into a `Destination`; what is sent goes to its
parts, never to the text again, so that no second reader can understand it otherwise.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import httpx

from stanch.errors import RefusedError
from stanch.formats.outbound.public import Address, Network, is_public, read

PORTS: Final = frozenset({443, 8443})
MAX_URL: Final = 2000

# RFC 3986 without what a webhook never needs: credentials and a fragment. No backslash, blank or
# control character fits, wherever other readers would cut the text there.
_URL: Final = re.compile(
    r"(?P<scheme>[A-Za-z]+)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]/?#:@\\%\s]+)"
    r"(?::(?P<port>[0-9]+))?"
    r"(?P<path>/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?P<query>\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?",
)
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
# Three full stops of other scripts, at which IDNA would part labels: no one writes them in a URL
# that is to be read by others, and they make addresses of what did not look like one.
_STOPS: Final = re.compile("[\u3002\uff0e\uff61]")
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the desk may send beside public addresses: ranges that its configuration names.

    Within `ranges` any port will do, and plain http; everywhere else https on `ports` alone.
    """

    ranges: tuple[Network, ...] = ()
    ports: frozenset[int] = PORTS

    def has(self, address: Address) -> bool:
        """Whether a range names this very address, as it is written."""
        return any(address in network for network in self.ranges)


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL in its parts. `host` is in lower case and ASCII, an IPv6 address without brackets;
    `literal` is set where the host is an address; `path` holds the query too.
    """

    scheme: str
    host: str
    port: int
    path: str
    literal: Address | None = None

    @property
    def url(self) -> str:
        """The URL in its one spelling."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}{self.path}"


def destination(url: str, reach: Reach) -> Destination:
    """Read `url`. Raises RefusedError where the desk may not send there, whatever DNS says."""
    found = _URL.fullmatch(url) if len(url) <= MAX_URL else None
    if found is None:
        raise RefusedError(
            "a webhook's URL is https://host/path, at most 2,000 characters, without user, "
            "password or fragment, and other characters percent-encoded"
        )
    scheme = found["scheme"].lower()
    if scheme not in ({"https", "http"} if reach.ranges else {"https"}):
        raise RefusedError("a webhook's URL must begin with https://")
    host, literal = _host(found["host"])
    port = _port(found["port"], scheme)
    if not reach.ranges and port not in reach.ports:
        raise RefusedError(f"a webhook's port must be one of {_listed(reach.ports)}, not {port}")
    path = (found["path"] or "/") + (found["query"] or "")
    target = Destination(scheme, host, port, path, literal)
    if literal is not None:
        allowed_addresses(target, [str(literal)], reach)
    return target


def allowed_addresses(to: Destination, answers: Sequence[str], reach: Reach) -> tuple[Address, ...]:
    """All addresses that DNS answered, each checked; the caller connects to these and no other.

    Raises RefusedError where there is none, or a single one is not allowed: a name that leads
    inside now and then is not to be trusted at other times. The message does not say to which
    address, or whoever sets a webhook could read the desk's own DNS.
    """
    addresses = tuple(dict.fromkeys(map(read, answers)))
    if not addresses:
        raise RefusedError("the webhook's host has no address")
    checked = tuple(a for a in addresses if a is not None and (reach.has(a) or is_public(a)))
    if len(checked) < len(addresses):
        raise RefusedError("the webhook's host has an address that is not public")
    usual = to.scheme == "https" and to.port in reach.ports
    if not usual and not all(map(reach.has, checked)):
        raise RefusedError(
            f"a webhook must be https on a port of {_listed(reach.ports)} outside of the ranges "
            "that the desk's configuration allows"
        )
    return checked


def _host(text: str) -> tuple[str, Address | None]:
    """The host in one spelling. Raises RefusedError."""
    if text.startswith("["):
        address = read(text[1:-1])
        if not isinstance(address, IPv6Address) or str(address) != text[1:-1].lower():
            raise RefusedError("a webhook's IPv6 address must be in its short form (RFC 5952)")
        return str(address), address
    host = text.lower() if text.isascii() else _ascii(text)
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        # The URL standard of browsers reads any such host as an IPv4 address, in octal and
        # hexadecimal too: 0x7f.1 and 2130706433 are 127.0.0.1.
        address = read(host)
        if not isinstance(address, IPv4Address) or host != text:
            raise RefusedError("a webhook's IPv4 address must be four decimal numbers")
        return host, address
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise RefusedError("a webhook's host is no name of DNS")
    return host, None


def _ascii(text: str) -> str:
    """A name in other scripts, as DNS has it (IDNA 2008). httpx encodes it, as it would later."""
    if _STOPS.search(text):
        raise RefusedError("a webhook's host must be parted by plain full stops")
    try:
        return httpx.URL(f"https://{text}/").raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, UnicodeError):
        raise RefusedError("a webhook's host is no international name (IDNA 2008)") from None


def _port(text: str | None, scheme: str) -> int:
    if text is None:
        return 443 if scheme == "https" else 80
    if not _PORT.fullmatch(text) or int(text) > 65535:
        raise RefusedError("a webhook's port must be a plain number from 1 to 65535")
    return int(text)


def _listed(ports: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ports)))
