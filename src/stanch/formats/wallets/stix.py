"""The STIX dialect of the field: `cryptocurrency-wallet` and `cryptocurrency-transaction`.

Source: https://github.com/muchdogesec/stix2extensions (extension definitions
be78509e-6958-51b1-8b26-d17ee0eba2d7 and 151d042d-4dcf-5e44-843f-1024440318e5). A wallet has `value`
and `holder_ref`; a transaction `symbol`, `value` (its hash), `fee`, `execution_time`, `input` and
`output`, whose amounts are JSON numbers. What that leaves out stands in our extensions
`stanch-account` and `stanch-transaction`.
"""

from typing import Any, Final

from stanch.formats.stix.exact import exact, number
from stanch.formats.stix.extensions import (
    TRANSACTION_EXTENSION,
    WALLET_EXTENSION,
    extension_id,
)
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.markings import handling_of, marking_refs
from stanch.formats.stix.times import is_timestamp
from stanch.formats.stix.wallet import (
    NO_CURRENCY,
    TRANSACTION,
    WALLET,
    symbol_of,
    transaction_id,
    wallet_id,
)
from stanch.formats.wallets.dialect import Native, Rest
from stanch.model.desk.marking import Marking, Pap
from stanch.model.shared import Shared, SharedTransaction, SharedWallet, Side

_EXTENSIONS: Final = {WALLET: WALLET_EXTENSION, TRANSACTION: TRANSACTION_EXTENSION}
_OURS: Final = {WALLET: extension_id("account"), TRANSACTION: extension_id("transaction")}
_CLEAR: Final = frozenset(marking_refs(PUBLIC))


class Stix:
    """Objects as the field's extension definitions have them."""

    name = "stix"

    def plain(self, thing: Shared) -> Native:
        """The observable."""
        if isinstance(thing, SharedWallet):
            own = _object(WALLET, wallet_id(thing.address)) | {"value": thing.address}
            return own | marked(thing)
        found = _object(TRANSACTION, transaction_id(thing))
        found |= {"value": thing.hash, "symbol": symbol_of(thing)}
        found |= marked(thing)
        if (fee := number(thing.fee)) is not None:
            found["fee"] = fee
        if is_timestamp(thing.time):
            found["execution_time"] = thing.time
        for name, sides in (("input", thing.inputs), ("output", thing.outputs)):
            if sides:
                found[name] = [_side(each) for each in sides]
        return found

    def said(self, native: Native) -> Shared | None:
        """What the observable says. Addresses of a transaction's sides are ids in this dialect."""
        value = native.get("value")
        if not isinstance(value, str) or not value:
            return None
        if native.get("type") == WALLET:
            return SharedWallet(value, marking=marking_in(native), pap=pap_in(native))
        if native.get("type") != TRANSACTION:
            return None
        symbol, time = native.get("symbol"), native.get("execution_time")
        return SharedTransaction(
            value,
            symbol if isinstance(symbol, str) and symbol != NO_CURRENCY else "",
            time=time if isinstance(time, str) else "",
            fee=exact(native.get("fee")),
            marking=marking_in(native),
            pap=pap_in(native),
        )

    def attach(self, native: Native, rest: Rest) -> Native:
        """With our extension beside the field's."""
        ours = {"extension_type": "property-extension", **rest}
        if native["type"] == WALLET and "chain" in rest:
            account = SharedWallet(native["value"], rest["chain"]).account
            ours |= {"accounts": [account]} if account else {}
        extensions = {**native.get("extensions", {}), _OURS[native["type"]]: ours}
        return native | {"extensions": extensions}

    def detach(self, native: Native) -> tuple[Native, Rest]:
        """Without our extension."""
        extensions = native.get("extensions")
        ours = _OURS.get(str(native.get("type")))
        if not isinstance(extensions, dict) or not isinstance(extensions.get(ours), dict):
            return native, {}
        kept = {id: each for id, each in extensions.items() if id != ours}
        said = extensions[ours]
        rest = {k: v for k, v in said.items() if k not in ("extension_type", "accounts", "also")}
        if "chain" not in rest and (chain := _chain(native, said.get("accounts"))):
            rest["chain"] = chain
        bare = {name: each for name, each in native.items() if name != "extensions"}
        return bare | ({"extensions": kept} if kept else {}), rest


def _object(kind: str, id: str) -> Native:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": id,
        "extensions": {_EXTENSIONS[kind]: {"extension_type": "new-sco"}},
    }


def _chain(native: Native, accounts: object) -> str:
    """The chain of the one account that an object names; of several it is not one."""
    if not isinstance(accounts, list) or len(accounts) != 1 or not isinstance(accounts[0], str):
        return ""
    chain, _, address = accounts[0].rpartition(":")
    return chain if address == native.get("value") else ""


def marked(thing: Shared) -> Native:
    """The references to the markings of a thing, TLP and PAP, where it has any."""
    refs = set[str]()
    if thing.marking in set(Marking):
        refs.update(marking_refs(Handling(Marking(thing.marking))))
    if thing.pap in set(Pap):
        refs.update({*marking_refs(Handling(Marking.CLEAR, Pap(thing.pap)))} - _CLEAR)
    return {"object_marking_refs": sorted(refs)} if refs else {}


def marking_in(native: Native) -> str:
    """The TLP label that an object refers to; empty where none is."""
    found = handling_of(_refs(native), {})
    return found.tlp.value if found else ""


def pap_in(native: Native) -> str:
    """The PAP label that an object refers to; empty where none is."""
    found = handling_of([*_refs(native), *_CLEAR], {})
    return found.pap.value if found and found.pap else ""


def _refs(native: Native) -> list[str]:
    refs = native.get("object_marking_refs")
    return [each for each in refs if isinstance(each, str)] if isinstance(refs, list) else []


def _side(side: Side) -> dict[str, Any]:
    found: dict[str, Any] = {"address_ref": wallet_id(side.address)}
    if (amount := number(side.amount)) is not None:
        found["amount"] = amount
    return found
