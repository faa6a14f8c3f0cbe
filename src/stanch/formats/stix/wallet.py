"""Wallets and transactions as the field's observables, with the account as CAIP-10.

An observable says no more than what it is: whoever refers to it says why, under a marking of its
own. So the same wallet is the same object in every bundle.
"""

from typing import Any, Final

from stanch.formats.networks import ticker
from stanch.formats.stix.exact import number
from stanch.formats.stix.extensions import (
    TRANSACTION_EXTENSION,
    WALLET_EXTENSION,
    extended,
    said_by,
)
from stanch.formats.stix.ids import observable
from stanch.formats.stix.item import Item, Origin, made_of, make
from stanch.formats.stix.times import is_timestamp
from stanch.model.chain import split_account
from stanch.model.shared import SharedTransaction, Side

WALLET: Final = "cryptocurrency-wallet"
TRANSACTION: Final = "cryptocurrency-transaction"
OBSERVABLES: Final = (WALLET, TRANSACTION)
NO_CURRENCY: Final = "XXX"  # ISO 4217: the field's transaction asks for a symbol
_NEW: Final = {"extension_type": "new-sco"}


def wallet_id(address: str) -> str:
    """The id that everybody has for a wallet."""
    return observable(WALLET, {"value": address})


def symbol_of(found: SharedTransaction) -> str:
    """The symbol of a transaction: as it is said, or of the chain's own currency."""
    return found.symbol or ticker(found.chain) or NO_CURRENCY


def transaction_id(found: SharedTransaction) -> str:
    """The id that everybody has for a transaction."""
    return observable(TRANSACTION, {"value": found.hash, "symbol": symbol_of(found)})


def wallet(account: str, of: Origin) -> Item:
    """The wallet at a CAIP-10 account. Raises ValueError where it is no account."""
    return address_wallet(split_account(account)[1], of, account)


def address_wallet(address: str, of: Origin, account: str = "") -> Item:
    """The wallet at an address whose chain may not be known."""
    extensions: dict[str, Any] = {WALLET_EXTENSION: _NEW}
    if account:
        extensions |= extended("account", accounts=[account])
    return make(wallet_id(address), {"value": address, "extensions": extensions}, of)


def transaction(found: SharedTransaction, of: Origin) -> Item:
    """A transaction by its chain and hash, with all that is known of it; its sides are wallets."""
    fee = number(found.fee)
    own: dict[str, Any] = {
        "symbol": symbol_of(found),
        "value": found.hash,
        "fee": fee,
        "execution_time": found.time if is_timestamp(found.time) else "",
        "input": [_side(each, of) for each in found.inputs],
        "output": [_side(each, of) for each in found.outputs],
    }
    ours = extended(
        "transaction",
        chain=found.chain,
        time="" if own["execution_time"] else found.time,
        value=found.value,
        value_usd=found.value_usd,
        value_eur=found.value_eur,
        fee="" if fee is not None else found.fee,
        inputs=[{"address": each.address, "amount": each.amount} for each in found.inputs],
        outputs=[{"address": each.address, "amount": each.amount} for each in found.outputs],
        note=found.note,
    )
    own["extensions"] = {TRANSACTION_EXTENSION: _NEW, **ours}
    return make(transaction_id(found), own, of)


def _side(side: Side, of: Origin) -> dict[str, Any]:
    found: dict[str, Any] = {"address_ref": address_wallet(side.address, of)}
    if (amount := number(side.amount)) is not None:
        found["amount"] = amount
    return found


def both(one: Item, other: Item) -> Item:
    """One observable of two that are marked alike: a wallet on all the chains that either names.

    Raises ValueError for two transactions with one hash that are not the same.
    """
    if one.data["type"] == TRANSACTION:
        raise ValueError(f"two transactions have the id {one.id}, and are not the same")
    found = {
        each
        for item in (one, other)
        for each in (said_by(item.data, "account") or {}).get("accounts", ())
    }
    extensions: dict[str, Any] = {WALLET_EXTENSION: _NEW}
    if found:
        extensions |= extended("account", accounts=sorted(found))
    said = {"value": one.data["value"], "extensions": extensions}
    return make(one.id, said, made_of(one, other))
