"""Wallets of an intake, which are addresses alone, as accounts (CAIP-10).

An address of the EVM is one holder's on every chain of it, and stands for Ethereum here; one that
begins as Bitcoin's stands for Bitcoin.
"""

from typing import Final

from stanch.formats.addresses import bitcoin, evm, tron
from stanch.model.chain import BITCOIN, ETHEREUM, TRON

SOLANA: Final = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"
_LENGTHS: Final = range(32, 45)


def as_account(text: str) -> str:
    """The account of an address; what is one already, or is no address, stays as it is.

    >>> as_account("0x28C6c06298d514Db089934071355E5743bf21d60")
    'eip155:1:0x28c6c06298d514db089934071355e5743bf21d60'
    >>> as_account("KR-77"), as_account("eip155:1:0xab")
    ('KR-77', 'eip155:1:0xab')
    """
    if ":" in text:
        return text
    for chain, read in ((ETHEREUM, evm.normalise), (TRON, tron.normalise), (BITCOIN, _bitcoin)):
        try:
            return f"{chain}:{read(text)}"
        except ValueError:
            continue
    return f"{SOLANA}:{text}" if len(text) in _LENGTHS and text.isalnum() else text


def _bitcoin(text: str) -> str:
    return bitcoin.normalise(BITCOIN, text)
