"""GraphSense TagPacks: a wallet is a tag. They have no transactions.

Source: https://github.com/graphsense/graphsense-tagpacks/wiki/GraphSense-TagPacks. A tag needs an
address, a currency, a label and a source; `context` is free JSON in a text, and there goes what it
cannot carry. A file is a header and its tags: a tag takes from the header each field that it lacks.
"""

from typing import Any, Final

from stanch.formats.networks import ticker
from stanch.formats.tag import confidence
from stanch.formats.wallets.dialect import Native, Rest, packed, unpacked
from stanch.model.shared import Shared, SharedWallet

_FIELDS: Final = (
    ("currency", "symbol"), ("label", "label"), ("source", "source"), ("category", "category"),
    ("abuse", "abuse"), ("actor", "holder"), ("confidence", "confidence"),
)  # fmt: skip


class TagPack:
    """Tags, as they stand in a pack."""

    name = "tagpack"

    def plain(self, thing: Shared) -> Native:
        """The tag. Raises ValueError for a transaction."""
        if not isinstance(thing, SharedWallet):
            raise ValueError("a TagPack has no transactions")
        found: Native = {"address": thing.address, "label": thing.label or thing.address}
        found |= {name: getattr(thing, own) for name, own in _FIELDS if getattr(thing, own)}
        if not thing.symbol and ticker(thing.chain):
            found["currency"] = ticker(thing.chain)
        try:
            confidence(thing.confidence)
        except ValueError:
            del found["confidence"]
        return found

    def said(self, native: Native) -> Shared | None:
        """What a tag says."""
        address = native.get("address")
        if not isinstance(address, str) or not address:
            return None
        said: dict[str, Any] = {own: _text(native.get(name)) for name, own in _FIELDS}
        return SharedWallet(address, **said)

    def attach(self, native: Native, rest: Rest) -> Native:
        """In `context`; what stands there goes along too."""
        return native | {"context": packed({"stanch": {"rest": rest} | _context(native)})}

    def detach(self, native: Native) -> tuple[Native, Rest]:
        """With the context that stood there before."""
        context = native.get("context")
        found = unpacked(context) if isinstance(context, str) else {}
        ours = found.get("stanch") if found.keys() == {"stanch"} else None
        if not isinstance(ours, dict) or not isinstance(ours.get("rest"), dict):
            return native, {}
        bare = {name: each for name, each in native.items() if name != "context"}
        return bare | ({"context": ours["context"]} if "context" in ours else {}), ours["rest"]


def _context(native: Native) -> dict[str, Any]:
    return {"context": native["context"]} if "context" in native else {}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, list | dict | bool) else str(value)
