"""Which chain an address in a label file belongs to, from the file's word for it.

Label files write tickers (`BTC`, `USDT`), CAIP-2 chains, or nothing. A ticker of a token tells
the namespace only, and that from the address's form. Source of the EVM chain ids:
https://chainid.network
"""

import re
from typing import Final, NamedTuple

from stanch.model import chain as chains


class Place(NamedTuple):
    """CAIP-2 namespace, and the CAIP-2 chain where the file says it."""

    namespace: str
    chain: str | None


_CHAINS: Final = {
    "BTC": chains.BITCOIN,
    "XBT": chains.BITCOIN,
    "BCH": chains.BITCOIN_CASH,
    "LTC": chains.LITECOIN,
    "DOGE": chains.DOGECOIN,
    "DASH": chains.DASH,
    "ZEC": chains.ZCASH,
    "TRX": chains.TRON,
    "ETH": chains.ETHEREUM,
    "OP": "eip155:10",
    "CRO": "eip155:25",
    "RBTC": "eip155:30",
    "BSC": "eip155:56",
    "BNB": "eip155:56",
    "BEP20": "eip155:56",
    "ETC": "eip155:61",
    "XDAI": "eip155:100",
    "MATIC": "eip155:137",
    "POL": "eip155:137",
    "FTM": "eip155:250",
    "BASE": "eip155:8453",
    "ARB": "eip155:42161",
    "AVAX": "eip155:43114",
}  # fmt: skip

_TICKERS: Final = {chain: ticker for ticker, chain in reversed(_CHAINS.items())}

_EVM_FORM = re.compile(r"0x[0-9a-fA-F]{40}")
_TRON_FORM = re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}")
_UTXO_FORM = re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{24,34}|(?i:bc1|ltc1|bitcoincash:)\w+")
_CAIP2 = re.compile(r"([-a-z0-9]{3,8})(?::([-_a-zA-Z0-9]{1,32}))?")


def ticker(chain: str) -> str:
    """The ticker of a chain's own currency; empty where it is not known.

    >>> ticker("eip155:1"), ticker("eip155:56")
    ('ETH', 'BSC')
    """
    return _TICKERS.get(chain, "")


def place(currency: str, address: str) -> Place:
    """Where `address` belongs, by the file's word for its currency or chain ('' for none).

    Raises ValueError with a short reason where that cannot be told.
    """
    word = currency.strip()
    chain = _CHAINS.get(word.upper())
    if chain is not None:
        return _on(chain, address)
    match = _CAIP2.fullmatch(word)
    if match and match[2]:
        return Place(match[1], word)
    if match and match[1] in (chains.EVM, chains.UTXO, chains.TRON_NAMESPACE):
        return Place(match[1], None)
    return _by_form(word, address)


def _on(chain: str, address: str) -> Place:
    """The chain as said, or by form: Avalanche's older chains and Cronos have other addresses."""
    namespace = chain.partition(":")[0]
    if namespace == chains.EVM and not address.startswith("0x"):
        raise ValueError(f"{address[:80]!r} is not an EVM address (0x and 40 hex digits)")
    return Place(namespace, chain)


def _by_form(word: str, address: str) -> Place:
    if _EVM_FORM.fullmatch(address):
        return Place(chains.EVM, None)
    if _TRON_FORM.fullmatch(address):
        return Place(chains.TRON_NAMESPACE, None)
    if word.upper() in ("USDT", "OMNI") and _UTXO_FORM.fullmatch(address):
        return Place(chains.UTXO, chains.BITCOIN)  # Tether's first home is a layer on Bitcoin
    if not word and _UTXO_FORM.fullmatch(address):
        return Place(chains.UTXO, None)
    if word:
        raise ValueError(f"addresses of {word[:40]} cannot be checked yet")
    raise ValueError(f"{address[:80]!r} has the form of no known chain: add a column chain")
