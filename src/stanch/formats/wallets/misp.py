"""MISP's dialect: objects `coin-address` and `cryptocurrency-transaction`, or those of Bitcoin.

Source: the object templates of https://github.com/MISP/misp-objects (coin-address 7, btc-wallet 3,
btc-transaction 4, cryptocurrency-transaction 3). `Misp` writes the first two for every chain;
`MispBitcoin` writes `btc-wallet` and `btc-transaction`, for Bitcoin alone. Both read all four.
Amounts are MISP floats: texts in JSON, which PyMISP rounds. What goes along stands in the
object's comment, behind the word `stanch`.
"""

from collections.abc import Iterable
from typing import Any, Final
from uuid import uuid5

from stanch.formats.networks import ticker
from stanch.formats.stix.exact import exact, number
from stanch.formats.stix.ids import NAMESPACE
from stanch.formats.wallets.dialect import Native, Rest, packed, unpacked
from stanch.model.desk.marking import Marking, Pap, narrowest
from stanch.model.shared import Shared, SharedTransaction, SharedWallet

_MARK: Final = "stanch "
_TEMPLATES: Final = {
    "coin-address": (
        "d0e6997e-78da-4815-a6a1-cfc1c1cb8a46",
        "7",
        "An address used in a cryptocurrency",
    ),
    "cryptocurrency-transaction": (
        "a4aab70f-e43a-48cb-bf82-505de8228dd6",
        "3",
        "An object to describe a cryptocurrency transaction.",
    ),
    "btc-wallet": (
        "22910c83-dd0e-4ed2-9823-45f8cad562a4",
        "3",
        "An object to describe a Bitcoin wallet. Best to be used with btc-transaction object.",
    ),
    "btc-transaction": (
        "b7341729-5a8a-439f-a775-6d814da3c7b5",
        "4",
        "An object to describe a Bitcoin transaction. Best to be used with bitcoin-wallet.",
    ),
}
# (relation, type, field); of a field that stands twice the first that fits is written
_COIN: Final = (
    ("symbol", "text", "symbol"), ("text", "text", "note"),
    ("first-seen", "datetime", "first_seen"), ("last-seen", "datetime", "last_seen"),
    ("last-updated", "datetime", "updated"), ("current-balance", "float", "balance"),
    ("total-received", "float", "received"), ("total-sent", "float", "sent"),
    ("total-transactions", "text", "transactions"),
)  # fmt: skip
_COIN_ADDRESSES: Final = (("address", "btc"), ("address-xmr", "xmr"), ("address-crypto", "text"))
_BTC: Final = (
    ("time", "datetime", "updated"), ("balance_BTC", "float", "balance"),
    ("BTC_received", "float", "received"), ("BTC_sent", "float", "sent"),
)  # fmt: skip
_PAID: Final = (
    ("time", "datetime", "time"), ("value_USD", "float", "value_usd"),
    ("value_EUR", "float", "value_eur"),
)  # fmt: skip
_CRYPTO_PAID: Final = (("symbol", "text", "symbol"), ("value", "float", "value"), *_PAID)
_BTC_PAID: Final = (("value_BTC", "float", "value"), *_PAID)
_BITCOIN: Final = ("BTC", "XBT")


class Misp:
    """Objects for every chain."""

    name = "misp"

    def plain(self, thing: Shared) -> Native:
        """The MISP object. Its UUID comes of the address or the hash, and the symbol."""
        if isinstance(thing, SharedTransaction):
            found = _object("cryptocurrency-transaction", thing.hash, thing.symbol)
            _put(found, ("transaction-number", "text"), thing.hash)
            return _with(found, _CRYPTO_PAID, thing)
        found = _object("coin-address", thing.address, thing.symbol)
        relation, kind = _coin_address(thing)
        _put(found, (relation, kind), thing.address)
        return _with(found, _COIN, thing)

    def said(self, native: Native) -> Shared | None:
        """What one of the four objects says; values that stand more than once count as first."""
        kind, values = native.get("name"), _values(native)
        if kind == "coin-address":
            address = next((values[each] for each, _ in _COIN_ADDRESSES if values.get(each)), "")
            coin = _said(values, _COIN) | _handled(native)
            return SharedWallet(address, **coin) if address else None
        if kind == "btc-wallet" and values.get("wallet-address"):
            return SharedWallet(
                values["wallet-address"],
                symbol="BTC",
                **_handled(native),
                **_said(values, _BTC),
            )
        hash = values.get("transaction-number", "")
        if kind == "cryptocurrency-transaction" and hash:
            return SharedTransaction(hash, **_handled(native), **_said(values, _CRYPTO_PAID))
        if kind == "btc-transaction" and hash:
            return SharedTransaction(
                hash, symbol="BTC", **_handled(native), **_said(values, _BTC_PAID)
            )
        return None

    def attach(self, native: Native, rest: Rest) -> Native:
        """In the object's comment; one that stands there goes along too."""
        was = {"comment": native["comment"]} if "comment" in native else {}
        return native | {"comment": _MARK + packed({"rest": rest, **was})}

    def detach(self, native: Native) -> tuple[Native, Rest]:
        """With the comment that stood there before."""
        comment = native.get("comment")
        if not isinstance(comment, str) or not comment.startswith(_MARK):
            return native, {}
        found = unpacked(comment.removeprefix(_MARK))
        rest = found.get("rest")
        if not isinstance(rest, dict) or found.keys() - {"comment", "rest"}:
            return native, {}
        bare = {name: each for name, each in native.items() if name != "comment"}
        return bare | {name: found[name] for name in ("comment",) if name in found}, rest


class MispBitcoin(Misp):
    """Objects of Bitcoin alone."""

    name = "misp-btc"

    def plain(self, thing: Shared) -> Native:
        """The MISP object. Raises ValueError for another chain than Bitcoin."""
        if _symbol(thing) not in _BITCOIN:
            raise ValueError("MISP's btc objects are for symbol BTC")
        if isinstance(thing, SharedTransaction):
            found = _object("btc-transaction", thing.hash, "BTC")
            _put(found, ("transaction-number", "text"), thing.hash)
            return _with(found, _BTC_PAID, thing)
        found = _object("btc-wallet", thing.address, "BTC")
        _put(found, ("wallet-address", "btc"), thing.address)
        return _with(found, _BTC, thing)


def _symbol(thing: Shared) -> str:
    return thing.symbol or ticker(thing.chain)


def _coin_address(thing: SharedWallet) -> tuple[str, str]:
    if _symbol(thing) in _BITCOIN:
        return _COIN_ADDRESSES[0]
    return _COIN_ADDRESSES[1] if _symbol(thing) == "XMR" else _COIN_ADDRESSES[2]


def _object(name: str, *key: str) -> Native:
    uuid, version, about = _TEMPLATES[name]
    return {
        "name": name,
        "meta-category": "financial",
        "description": about,
        "template_uuid": uuid,
        "template_version": version,
        "uuid": str(uuid5(NAMESPACE, "\n".join(("misp", name, *key)))),
        "comment": "",
        "Attribute": [],
    }


def _put(found: Native, relation: tuple[str, str], value: str) -> None:
    name, kind = relation
    category = "Other" if kind in ("text", "float", "datetime") else "Financial fraud"
    found["Attribute"].append(
        {
            "uuid": str(uuid5(NAMESPACE, "\n".join((found["uuid"], name, value)))),
            "object_relation": name,
            "type": kind,
            "category": category,
            "to_ids": kind in ("btc", "xmr"),
            "value": value,
        }
    )


def _with(found: Native, columns: tuple[tuple[str, str, str], ...], thing: Shared) -> Native:
    tags: list[dict[str, str]] = []
    if thing.marking in set(Marking):
        tags.append({"name": thing.marking.lower()})
    if thing.pap in set(Pap):
        tags.append({"name": thing.pap})
    if tags:
        found["Attribute"][0]["Tag"] = tags
    for relation, kind, name in columns:
        value = _symbol(thing) if name == "symbol" else getattr(thing, name)
        if value and (kind != "float" or number(value) is not None):
            _put(found, (relation, kind), value)
    return found


def _handled(native: Native) -> dict[str, Any]:
    """The narrowest labels of TLP and PAP among the tags of an object's attributes."""
    attributes = native.get("Attribute")
    tags = [
        tag.get("name")
        for each in (attributes if isinstance(attributes, list) else [])
        for tag in (each.get("Tag") if isinstance(each, dict) else None) or []
        if isinstance(tag, dict)
    ]
    return {"marking": marking_of(tags), "pap": pap_of(tags)}


def marking_of(tags: Iterable[object]) -> str:
    """The narrowest TLP label among MISP tags such as `tlp:amber`; empty where none is."""
    words = {str(each).upper().replace("TLP:WHITE", "TLP:CLEAR") for each in tags}
    found = [each for each in Marking if each in words]
    return narrowest(found) if found else ""


def pap_of(tags: Iterable[object]) -> str:
    """The narrowest PAP label among MISP tags such as `PAP:AMBER`; empty where none is."""
    words = {str(each).upper().replace("PAP:WHITE", "PAP:CLEAR") for each in tags}
    return strictest_pap(words)


def strictest_pap(labels: Iterable[str]) -> str:
    """Of PAP labels the one that allows least; empty where none is."""
    said = set(labels)
    found = [each.value for each in Pap if each.value in said]
    return found[-1] if found else ""


def _values(native: Native) -> dict[str, str]:
    found: dict[str, str] = {}
    attributes = native.get("Attribute")
    for each in attributes if isinstance(attributes, list) else []:
        if isinstance(each, dict) and isinstance(each.get("object_relation"), str):
            found.setdefault(each["object_relation"], _text(each.get("value")))
    return found


def _said(values: dict[str, str], columns: tuple[tuple[str, str, str], ...]) -> dict[str, Any]:
    return {
        name: exact(values[relation]) if kind == "float" else values[relation]
        for relation, kind, name in columns
        if relation in values
    }


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return exact(value)
