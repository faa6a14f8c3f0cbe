"""Accounts and assets in signed documents: in canonical form, or not at all.

Two spellings of one account would be two targets, and a release of one would leave the other held.
"""

from typing import Final

from stanch.errors import SignatureError
from stanch.formats.addresses import NAMESPACES, normalise
from stanch.model.asset import Asset
from stanch.model.chain import TRON, TRON_NAMESPACE, split_account

_CONTRACTS: Final = ("erc20", "erc721", "erc1155", "trc20")


def account(text: str) -> str:
    """A CAIP-10 account. Raises SignatureError, also where the canonical form is another."""
    try:
        chain, address = split_account(text)
        _canonical(chain, address)
    except ValueError as error:
        raise SignatureError(f"no account in canonical form: {_line(error)}") from None
    return text


def asset(text: str, of: str) -> str:
    """A CAIP-19 asset on the chain of the account `of`. Raises SignatureError."""
    try:
        parsed = Asset.parse(text)
        if parsed.namespace in _CONTRACTS:
            _canonical(parsed.chain, parsed.reference)
    except ValueError as error:
        raise SignatureError(f"no asset in canonical form: {_line(error)}") from None
    if str(parsed) != text or parsed.chain != split_account(of)[0]:
        raise SignatureError(f"asset {text!a} is not on the chain of its account")
    return text


def _canonical(chain: str, address: str) -> None:
    # CAIP-2 has no one reference for Tron: under another name an account could be held once more.
    if chain.partition(":")[0] == TRON_NAMESPACE and chain != TRON:
        raise ValueError(f"{chain} is another spelling of {TRON}, or another chain")
    if chain.partition(":")[0] not in NAMESPACES:
        return
    if normalise(chain, address) != address:
        raise ValueError(f"{address} is another spelling of {normalise(chain, address)}")


def _line(error: ValueError) -> str:
    return ascii(str(error))[1:-1][:200]
