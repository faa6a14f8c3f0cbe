"""Domains, URLs and IP addresses, also as reports write them so that nobody clicks on them.

Domains are written as in the DNS: lower case, no last dot, other scripts in punycode by IDNA 2008
(RFC 5891) after the mapping of UTS 46, so that `STRASSE.example` and `strasse.example` are one and
`straße.example` is another. A leading `www.` goes. Of a URL the scheme, a user's name, the usual
port and the fragment go; path and query stay, letter for letter.
"""

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

import idna

from stanch.screening.identifiers import text

_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_USUAL: Final = (80, 443)
_MOST: Final = 2000  # characters


def domain(value: str) -> str:
    """A domain's name. Raises ValueError.

    >>> domain("WWW.Bücher[.]example."), domain("straße.example")
    ('xn--bcher-kva.example', 'xn--strae-oqa.example')
    """
    bare = text.refanged(text.plain(value)).strip(" <>\"'.,;").lower()
    if not bare.isascii():
        try:
            bare = idna.encode(bare, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise ValueError("is no domain by IDNA 2008") from None
    name = bare.removeprefix("www.")
    if not _NAME.fullmatch(name) or len(name) > 253:
        raise ValueError("is no domain")
    return name


def address(value: str) -> str:
    """An IP address in its one form (RFC 5952). Raises ValueError.

    >>> address("192[.]0[.]2[.]7:8080"), address("[2001:DB8::0:1]:443"), address("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8::1', '192.0.2.7')
    """
    bare = text.refanged(text.plain(value)).strip(" <>\"',;")
    found = re.fullmatch(r"\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5}", bare)
    try:
        ip = ipaddress.ip_address((found[1] or found[2]) if found else bare)
    except ValueError:
        raise ValueError("is no IP address") from None
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id:
            raise ValueError("is an IP address of one machine's own network")
        ip = ip.ipv4_mapped or ip
    return str(ip)


def url(value: str) -> str:
    """A URL: host, an unusual port, path, query. Raises ValueError.

    >>> url("hxxps://www[.]Evil[.]example:443/a/?b=C#d"), url("hxxp://192[.]0[.]2[.]7:8080/x")
    ('evil.example/a/?b=C', '192.0.2.7:8080/x')
    """
    bare = _plain(value)
    if not _SCHEME.match(bare):
        bare = f"http://{bare.removeprefix('//')}"
    try:
        parts = urlsplit(bare)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is no URL") from None
    try:
        ip = address(host)
        where = f"[{ip}]" if ":" in ip and port not in (None, *_USUAL) else ip
    except ValueError:
        where = domain(host)
    if port is not None and port not in _USUAL:
        where += f":{port}"
    path = parts.path if parts.query else parts.path.rstrip("/")
    return where + path + (f"?{parts.query}" if parts.query else "")


def _plain(value: str) -> str:
    """Refanged, but otherwise letter for letter: paths have a case and may be long."""
    bare = value.strip().strip("<>\"'")
    if not bare or len(bare) > _MOST or any(char.isspace() or char < " " for char in bare):
        raise ValueError("is no URL")
    return text.refanged(bare)
