"""Accounts in payment messages: a wallet's address, an IBAN (ISO 13616), or a bank's own number."""

import re
from typing import Final

from stanch.formats.addresses import NAMESPACES, normalise
from stanch.model.listed import WALLET, Identifier

IBAN: Final = "iban"
ACCOUNT: Final = "account"

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def account_identifier(text: str, issuer: str = "") -> Identifier:
    """What an account's number is, told by its form.

    >>> account_identifier("DE89 3704 0044 0532 0130 00").kind
    'iban'
    >>> account_identifier("0x098b716b8aaf21512996dc57eb0615e2383e2f96").kind
    'wallet'
    """
    text = text.strip()
    plain = re.sub(r"\s", "", text).upper()
    if _IBAN.fullmatch(plain):
        return Identifier(IBAN, text, plain[:2])
    return Identifier(WALLET if _is_wallet(text) else ACCOUNT, text, issuer)


def _is_wallet(text: str) -> bool:
    for namespace in NAMESPACES:
        try:
            normalise(namespace, text.rpartition(":")[2])
        except ValueError:
            continue
        return True
    return False
