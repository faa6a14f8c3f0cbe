"""Wallets on any chain that is known here, in their canonical form."""

import re
from typing import Final

import base58

from stanch.formats.addresses import bitcoin, evm, tron

_SOLANA: Final = re.compile(r"[1-9A-HJ-NP-Za-km-z]{32,44}")


def wallet(text: str) -> str:
    """The address. Raises ValueError where no chain has such a one, or its checksum is wrong."""
    text = text.strip().rpartition(":")[2]  # CAIP-10 names the chain before it
    for read in (evm.normalise, tron.normalise, _bitcoin, _solana):
        try:
            return read(text)
        except ValueError:
            continue
    raise ValueError("is no address of a chain that is known, or its checksum is wrong")


def _bitcoin(text: str) -> str:
    return bitcoin.normalise("bip122", text)


def _solana(text: str) -> str:
    if not _SOLANA.fullmatch(text) or len(base58.b58decode(text)) != 32:
        raise ValueError("is no address of Solana")
    return text
