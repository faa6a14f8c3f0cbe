"""The kinds of indicators, and what an indicator without a kind must be."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stanch.screening.identifiers import phone as digits
from stanch.screening.identifiers import text
from stanch.sharing.common.indicators.mailboxes import mailbox
from stanch.sharing.common.indicators.network import address, domain, url
from stanch.sharing.common.indicators.wallets import looks_like_wallet, of_known_chain, wallet

_HASH: Final = re.compile(r"(?:0x)?([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})")
_ABROAD: Final = re.compile(r"(?:[a-z .]*[:.=-]?\s*)?(?:\+|00)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def phone(value: str) -> str:
    """E.164 with its plus. Raises ValueError, also where the country's code is missing.

    >>> phone("tel:+82 (0)10-1234-5678"), phone("0082 10 1234 5678")
    ('+821012345678', '+821012345678')
    """
    if not _ABROAD.match(text.plain(value)):
        raise ValueError("is no telephone number with its country's code, such as +82 10 1234 5678")
    found = digits.normalize(value)
    if not found or found[0] == "0":
        raise ValueError("is no telephone number of 7 to 15 digits")
    return f"+{found}"


def file_hash(value: str) -> str:
    """A hash in hex, of a file or a transaction. Raises ValueError.

    >>> file_hash("0xD41D8CD98F00B204E9800998ECF8427E")
    'd41d8cd98f00b204e9800998ecf8427e'
    """
    found = _HASH.fullmatch(text.plain(value).lower())
    if found is None:
        raise ValueError("is no MD5, SHA-1, SHA-256 or SHA-512 in hex")
    return found[1]


KINDS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "wallet": wallet,
        "email": mailbox,
        "phone": phone,
        "domain": domain,
        "url": url,
        "ip": address,
        "hash": file_hash,
    }
)


def normal(value: str, kind: str = "") -> str:
    """An indicator as `kind:value`; without a kind it is guessed. Raises ValueError.

    >>> normal("Kim.Su+work(at)Gmail[.]com"), normal("hxxp://Evil[.]example/")
    ('email:kimsu@gmail.com', 'domain:evil.example')
    """
    kind = kind.strip().lower() or guess(value)
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind: choose {', '.join(KINDS)}")
    found = KINDS[kind](value)
    if kind == "url" and "/" not in found and "?" not in found:
        kind = "ip" if _is(address, found) else "domain"  # a site without a page is its host
    return f"{kind}:{found}"


def guess(value: str) -> str:
    """The one kind that such a text can be. Raises ValueError where there is none.

    Hex of 40 digits is a wallet with `0x` before it and a hash without.
    """
    bare = text.refanged(text.plain(value))
    if "@" in bare and not _SCHEME.match(bare) and _is(mailbox, value):
        return "email"
    if _is(address, value):
        return "ip"
    if of_known_chain(value):
        return "wallet"
    if _is(file_hash, value):
        return "hash"
    if looks_like_wallet(value):
        return "wallet"
    if _SCHEME.match(bare) or "/" in bare:
        return "url"
    for kind in ("phone", "domain"):
        if _is(KINDS[kind], value):
            return kind
    raise ValueError("is no indicator that can be told without its kind: add a column `kind`")


def _is(fits: Callable[[str], str], value: str) -> bool:
    try:
        return bool(fits(value))
    except ValueError:
        return False
