"""Addresses of wallets, in the canonical form that traces and orders have them in.

An address is compared without its chain: one key holds the same address on all EVM chains. Bitcoin
Cash's CashAddr becomes the Base58 of the same key, Tron's hex its Base58. An address of a chain
whose checksum is known must have a right one; of other chains only the shape is known, and its
letters stay as they are.
"""

import re
from typing import Final

from stanch.formats.addresses import NAMESPACES, normalise
from stanch.formats.addresses.forms import wallet_forms
from stanch.model.chain import EVM, TRON_NAMESPACE, UTXO
from stanch.screening.identifiers import text
from stanch.screening.identifiers import wallet as screened

_CAIP: Final = re.compile(r"(eip155:\d{1,20}|bip122:[0-9a-f]{32}|tron:[-_a-zA-Z0-9]{1,32}):(\w+)")
# What can be of no other chain, right or wrong: a mistake in it is told, not passed over.
_EVM: Final = re.compile(r"0x[0-9a-f]{40}", re.IGNORECASE)
_SEGWIT: Final = re.compile(r"(?:bc1|ltc1|tb1)[a-z0-9]{20,90}", re.IGNORECASE)
_BASE58: Final = re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{25,34}")
_CASH: Final = re.compile(r"[qpQP][a-zA-Z0-9]{41}")
_TRON: Final = re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}|41[0-9a-fA-F]{40}")
_SHAPE: Final = re.compile(r"[a-zA-Z0-9]{24,128}")


def wallet(value: str) -> str:
    """The canonical address. Raises ValueError.

    >>> wallet("ethereum:0x098B716B8Aaf21512996dC57EB0615e2383E2f96")
    '0x098b716b8aaf21512996dc57eb0615e2383e2f96'
    >>> wallet("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a")
    '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'
    """
    caip = _CAIP.fullmatch(text.plain(value))
    bare = caip[2] if caip else screened.bare(value)
    if not bare:
        raise ValueError("is no address of a wallet")
    namespace = caip[1].partition(":")[0] if caip else _namespace(bare)
    if namespace not in NAMESPACES:
        return bare
    found = normalise(caip[1] if caip else namespace, bare)
    if namespace == UTXO and _CASH.fullmatch(found):
        return next(iter(wallet_forms(found)), found)
    return found


def of_known_chain(value: str) -> bool:
    """Whether it says its chain (CAIP-10), or has the form of an address of a known one."""
    plain = text.plain(value)
    return bool(_CAIP.fullmatch(plain) or _namespace(screened.bare(value)))


def looks_like_wallet(value: str) -> bool:
    """Whether it has letters and digits as addresses of other chains have."""
    bare = screened.bare(value)
    return bool(_SHAPE.fullmatch(bare)) and not (bare.isdigit() or bare.isalpha())


def _namespace(bare: str) -> str:
    if _EVM.fullmatch(bare):
        return EVM
    if _TRON.fullmatch(bare):
        return TRON_NAMESPACE
    if _SEGWIT.fullmatch(bare) or _BASE58.fullmatch(bare) or _CASH.fullmatch(bare):
        return UTXO
    return ""
