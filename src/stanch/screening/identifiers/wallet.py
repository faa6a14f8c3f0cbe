"""Addresses of wallets, as text: with a ticker, a URI's scheme or an explorer's link around them.

Schemes: BIP 21 (`bitcoin:…?amount=1`), ERC-681 (`ethereum:pay-0x…@1`), CAIP-10
(`eip155:1:0x…`), ERC-3770 (`eth:0x…`). Letters are folded for every chain. That is safe where case
carries meaning, as in Base58: to find an address that differs from a given one in nothing but
case, and is somebody's, takes more tries than to break a key. So an address is found also where a
system wrote it all in capitals, and no checksum is needed here. What other forms one account has
(CashAddr and Base58, Tron's Base58 and hex) is told by whoever builds the index.
"""

import re

from stanch.screening.identifiers import text

_CHAINS = (
    "eip155:[0-9]+|bip122:[0-9a-f]{32}|tron:0x2b6653dc|ethereum|eth|etc|xbt|btc|bitcoincash|bitcoin|"
    "bch|bsv|btg|ltc|litecoin|trx|tron|usdt|usdc|xmr|monero|dash|zec|zcash|xrp|ripple|xvg|verge|"
    "arbitrum|arb1?|bsc|bnb|matic|polygon|pol|base|optimism|oeth|op|avax|avalanche|sol|solana|doge|"
    "dogecoin|ada|cardano|xlm|stellar|ton|dot|erc-?20|trc-?20|bep-?20|pay"
)
_TITLE = re.compile(
    r"^(?:alt\.\s*)?(?:(?:digital\s+currency|virtual\s+currency|crypto(?:currency)?|deposit|wallet)\s+)?"
    r"(?:(?:wallet|address|account|addr)\b[\s:=-]*)?"
    rf"(?:(?:{_CHAINS})(?:\s*\([a-z0-9 -]+\)\s*:?\s*|\s*[:/=-]\s*|\s+))*(?://)?",
    re.IGNORECASE,
)
_LINK = re.compile(r"^https?://[^\s?]*/(?:address|account|addr|wallet|accounts)/([^/?#\s]+)", re.I)
_TAIL = re.compile(r"(?:@0?x?[0-9a-f]+)?(?:/transfer)?(?:[?#;].*)?$", re.IGNORECASE)
_EVM = re.compile(r"(?:0x|xdc)[0-9a-f]{40}", re.IGNORECASE)
_SHAPE = re.compile(r"[a-zA-Z0-9]{24,128}")


def bare(value: str) -> str:
    """The address alone, letters as they were; empty where it can be no address.

    >>> bare("Digital Currency Address - XBT 134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak")
    '134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak'
    """
    if _SHAPE.fullmatch(value) and value[:3].lower() != "xdc":
        return value  # most are written as they should be
    given = text.refanged(text.plain(value)).strip(" <>\"'")
    link = _LINK.match(given)
    given = link[1] if link else _TAIL.sub("", _TITLE.sub("", given, count=1))
    address = re.sub(r"[\s\-._:,'\"]+", "", given)
    if _EVM.fullmatch(address):
        return "0x" + address[-40:]
    return address if _SHAPE.fullmatch(address) else ""


def normalize(value: str) -> str:
    """The address alone, in lower case; empty where it can be no address.

    >>> normalize("ethereum:0x098B716B8Aaf21512996dC57EB0615e2383E2f96@1?value=1")
    '0x098b716b8aaf21512996dc57eb0615e2383e2f96'
    """
    return bare(value).lower()


def is_valid(value: str) -> bool:
    """Whether it has the form of an address on some chain; `formats.addresses` checks the rest."""
    return bool(bare(value))
