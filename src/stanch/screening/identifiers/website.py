"""Websites: URLs (RFC 3986) and domain names (RFC 1035, international ones by RFC 3490).

Scheme, port, a leading `www.`, the fragment and the case of the host carry nothing. The path
does: a listed page on a large site must not make that site's every page match.
"""

import re

from stanch.screening.identifiers import text

_TITLE = re.compile(r"^(?:alt\.\s*)?(?:website|web\s*site|web|url|domain)s?\b[\s:=-]+", re.I)
_PARTS = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?([^/?#:\s]+)(?::\d+)?([^#\s]*)")
_HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})"
)


def normalize(value: str) -> str:
    """Host in lower case, and the path where there is one; empty where there is no host.

    >>> normalize("hxxps://www[.]Evil[.]example:443/"), normalize("evil.example/a/b/")
    ('evil.example', 'evil.example/a/b')
    """
    url = _TITLE.sub("", text.refanged(text.plain(value)), count=1).strip(" <>\"'.,;")
    parts = _PARTS.match(url if "://" in url else url.removeprefix("//"), 0)
    if parts is None or "@" in parts[0]:
        return ""
    host = domain(parts[1])
    return host + parts[2].rstrip("/?") if host else ""


def domain(host: str) -> str:
    """A host's name in the form of the wire, without `www.`; empty where it is none.

    >>> domain("WWW.bücher.example.")
    'xn--bcher-kva.example'
    """
    try:
        wire = host.strip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return wire.removeprefix("www.") if _HOST.fullmatch(wire) else ""


def wider(normal: str) -> tuple[str, ...]:
    """The site of a page: a listed site covers its pages, not the other way round.

    >>> wider("evil.example/a/b")
    ('evil.example',)
    """
    host = normal.partition("/")[0].partition("?")[0]
    return (host,) if host != normal else ()


def is_valid(value: str) -> bool:
    """Whether it holds a domain name."""
    return bool(normalize(value))
