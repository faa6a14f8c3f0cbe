"""FollowTheMoney: a wallet is an entity `CryptoWallet`. Transactions are not written.

Source: https://followthemoney.tech/explorer/schemata/CryptoWallet/. Properties are lists of texts;
what the schema cannot carry is one more of the `notes`, behind the word `stanch`.
"""

from typing import Any, Final
from uuid import uuid5

from stanch.formats.networks import ticker
from stanch.formats.stix.ids import NAMESPACE
from stanch.formats.wallets.dialect import Native, Rest, packed, unpacked
from stanch.model.shared import Shared, SharedWallet

_MARK: Final = "stanch "
_FIELDS: Final = (
    ("publicKey", "address"), ("currency", "symbol"), ("balance", "balance"), ("name", "label"),
    ("balanceDate", "updated"), ("sourceUrl", "source"), ("notes", "note"),
)  # fmt: skip


class FollowTheMoney:
    """Entities, as they stand in a file with one a line."""

    name = "ftm"

    def plain(self, thing: Shared) -> Native:
        """The entity. Raises ValueError for a transaction."""
        if not isinstance(thing, SharedWallet):
            raise ValueError("transactions are not written as FollowTheMoney")
        said = {name: [getattr(thing, own)] for name, own in _FIELDS if getattr(thing, own)}
        if not thing.symbol and ticker(thing.chain):
            said["currency"] = [ticker(thing.chain)]
        id = f"stanch-{uuid5(NAMESPACE, f'ftm{chr(10)}{thing.chain}{chr(10)}{thing.address}')}"
        return {"id": id, "schema": "CryptoWallet", "properties": said}

    def said(self, native: Native) -> Shared | None:
        """What an entity says; of several values the first."""
        properties = native.get("properties")
        if native.get("schema") != "CryptoWallet" or not isinstance(properties, dict):
            return None
        if not all(isinstance(each, list) for each in properties.values()):
            return None
        said: dict[str, Any] = {own: _first(properties.get(name)) for name, own in _FIELDS}
        return SharedWallet(**said) if said["address"] else None

    def attach(self, native: Native, rest: Rest) -> Native:
        """As the last of the notes."""
        properties = native["properties"]
        was = {"empty": True} if properties.get("notes") == [] else {}
        notes = [*properties.get("notes", ()), _MARK + packed({"rest": rest, **was})]
        return native | {"properties": {**properties, "notes": notes}}

    def detach(self, native: Native) -> tuple[Native, Rest]:
        """Without our note."""
        properties = native.get("properties")
        if not isinstance(properties, dict):
            return native, {}
        notes = _list(properties.get("notes"))
        last = notes[-1] if notes else None
        if not isinstance(last, str) or not last.startswith(_MARK):
            return native, {}
        found = unpacked(last.removeprefix(_MARK))
        if not isinstance(found.get("rest"), dict) or found.keys() - {"rest", "empty"}:
            return native, {}
        kept = {name: each for name, each in properties.items() if name != "notes"}
        if notes[:-1] or "empty" in found:
            kept["notes"] = notes[:-1]
        return native | {"properties": kept}, found["rest"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(value: Any) -> str:
    found = next(iter(_list(value)), "")
    return found if isinstance(found, str) else ""
