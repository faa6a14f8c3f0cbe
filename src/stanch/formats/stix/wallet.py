"""Wallets and transactions as the field's observables, with the account as CAIP-10.

An observable says no more than what it is: whoever refers to it says why, under a marking of its
own. So the same wallet is the same object in every bundle.
"""

from typing import Final

from stanch.formats.stix.extensions import WALLET_EXTENSION, extended, said_by
from stanch.formats.stix.item import Item, Origin, made_of, make
from stanch.formats.wallets.dialect import write
from stanch.formats.wallets.stix import TRANSACTION, WALLET, Stix, wallet_id
from stanch.model.chain import split_account
from stanch.model.shared import SharedTransaction

OBSERVABLES: Final = (WALLET, TRANSACTION)
_MADE: Final = ("type", "id", "spec_version", "object_marking_refs")


def wallet(account: str, of: Origin) -> Item:
    """The wallet at a CAIP-10 account. Raises ValueError where it is no account."""
    return address_wallet(split_account(account)[1], of, account)


def address_wallet(address: str, of: Origin, account: str = "") -> Item:
    """The wallet at an address whose chain may not be known."""
    extensions = {WALLET_EXTENSION: {"extension_type": "new-sco"}}
    if account:
        extensions |= extended("account", accounts=[account])
    return make(wallet_id(address), {"value": address, "extensions": extensions}, of)


def transaction(found: SharedTransaction, of: Origin) -> Item:
    """A transaction by its chain and hash, with all that is known of it; its sides are wallets."""
    native = write(Stix(), found).native
    own = {name: value for name, value in native.items() if name not in _MADE}
    for name, sides in (("input", found.inputs), ("output", found.outputs)):
        for side, ref in zip(sides, own.get(name, ()), strict=False):
            ref["address_ref"] = address_wallet(side.address, of)
    return make(native["id"], own, of)


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
    extensions = {WALLET_EXTENSION: {"extension_type": "new-sco"}}
    if found:
        extensions |= extended("account", accounts=sorted(found))
    said = {"value": one.data["value"], "extensions": extensions}
    return make(one.id, said, made_of(one, other))
