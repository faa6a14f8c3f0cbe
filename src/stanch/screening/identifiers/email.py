"""E-mail addresses: RFC 5321 and 5322, the domain as in RFC 3490.

The standard lets the part before the @ depend on case; no provider of weight does, so it is
folded. Dots and plus signs are kept: what they mean is each provider's own rule.
"""

import re

from stanch.screening.identifiers import text, website

_TITLE = re.compile(r"^(?:alt\.\s*)?(?:mailto|e-?mail)(?:\s+address)?\s*[:=-]?\s*", re.IGNORECASE)
_LOCAL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}")


def normalize(value: str) -> str:
    """Lower case, as it was before it was made harmless; empty where it is no address.

    >>> normalize("mailto:Kim.Su(at)Mail[.]example"), normalize("Email kim [@] mail.example.")
    ('kim.su@mail.example', 'kim@mail.example')
    """
    bare = text.refanged(text.plain(value)).strip(" <>\"'.,;")
    title = _TITLE.match(bare)
    if title and not bare[title.end() :].startswith("@"):
        bare = bare[title.end() :]
    local, at, host = re.sub(r"\s*@\s*", "@", bare).strip(" <>").rpartition("@")
    wire = website.domain(host) if at else ""
    return f"{local.lower()}@{wire}" if wire and _LOCAL.fullmatch(local) else ""


def is_valid(value: str) -> bool:
    """Whether it has the form of an address."""
    return bool(normalize(value))
