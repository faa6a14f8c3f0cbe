"""Wallets and transactions in a STIX bundle, of the field's dialect or of OpenCTI's.

All that is said of one address is one object in STIX: what a second source says goes along under
`also` of our extension, and the object bears the narrowest of the markings.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, Final

import rfc8785

from stanch.formats.stix.exact import exact
from stanch.formats.stix.extensions import OPENCTI_EXTENSION, definitions, extension_id
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.ids import named
from stanch.formats.stix.markings import marking_objects
from stanch.formats.stix.wallet import TRANSACTION, WALLET
from stanch.formats.wallets.dialect import Native, read, write
from stanch.formats.wallets.dialects import DIALECTS
from stanch.formats.wallets.misp import strictest_pap
from stanch.formats.wallets.stix import marked
from stanch.model.desk.marking import Marking, Pap, narrowest
from stanch.model.shared import Shared, SharedTransaction, SharedWallet, Side

_ACCOUNT: Final = extension_id("account")
_FIELDS: Final = frozenset(each.name for each in fields(SharedWallet)) - {"address", "carried"}


def observed(objects: Sequence[Native]) -> list[Shared]:
    """The wallets and transactions among the objects of a bundle."""
    addresses = {
        str(each.get("id")): each["value"]
        for each in objects
        if each.get("type") == WALLET and isinstance(each.get("value"), str)
    }
    found: list[Shared] = []
    for each in objects:
        if each.get("type") not in (WALLET, TRANSACTION):
            continue
        thing = read(DIALECTS[_dialect(each)], _first(each))
        if isinstance(thing, SharedWallet):
            found += _all(thing, each)
        elif isinstance(thing, SharedTransaction):
            found.append(_sided(thing, each, addresses))
    return found


def bundled(name: str, things: Iterable[Shared]) -> tuple[bytes, list[str], list[str]]:
    """A bundle in a dialect; fields that went beside, and things that the dialect cannot say."""
    objects: dict[str, Native] = {}
    heard: dict[str, list[Shared]] = {}
    beside: list[str] = []
    refused: list[str] = []
    for thing in things:
        try:
            written = write(DIALECTS[name], thing)
        except ValueError as error:
            refused.append(str(error))
            continue
        beside += written.beside
        id = str(written.native["id"])
        heard.setdefault(id, []).append(thing)
        if id not in objects:
            objects[id] = written.native
            if isinstance(thing, SharedTransaction):
                _ends(thing, name, objects)
    for id, several in heard.items():
        if len(several) > 1:
            objects[id] = _together(name, several)
    return _whole(objects), beside, refused


def _dialect(native: Native) -> str:
    extensions = native.get("extensions")
    if isinstance(extensions, dict) and OPENCTI_EXTENSION in extensions:
        return "opencti"
    return "opencti" if any(each.startswith("x_opencti_") for each in native) else "stix"


def _first(native: Native) -> Native:
    """An object of several statements under the marking of the first, not of the narrowest."""
    extensions = native.get("extensions")
    ours = extensions.get(_ACCOUNT) if isinstance(extensions, dict) else None
    if not isinstance(ours, dict) or "also" not in ours:
        return native
    said = {name: ours[name] for name in ("marking", "pap") if isinstance(ours.get(name), str)}
    if not said:
        return native
    bare = {name: each for name, each in native.items() if name != "object_marking_refs"}
    return bare | marked(SharedWallet("", **said))


def _all(thing: SharedWallet, native: Native) -> list[Shared]:
    """What one object says of an address: by each source, and on each chain."""
    extensions = native.get("extensions")
    ours = extensions.get(_ACCOUNT) if isinstance(extensions, dict) else None
    if not isinstance(ours, dict):
        return [thing]
    also, accounts = ours.get("also"), ours.get("accounts")
    if isinstance(also, list) and all(map(_is_fields, also)):
        return [thing, *(SharedWallet(thing.address, **each) for each in also)]
    if thing.chain or not isinstance(accounts, list) or len(accounts) < 2:
        return [thing]
    chains = [str(each).removesuffix(f":{thing.address}") for each in accounts]
    return [replace(thing, chain=each) for each in chains]


def _is_fields(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= _FIELDS
        and all(isinstance(each, str) for each in value.values())
    )


def _sided(
    thing: SharedTransaction, native: Native, addresses: dict[str, str]
) -> SharedTransaction:
    """With the addresses that its sides refer to, where the bundle has them all."""
    if thing.inputs or thing.outputs:
        return thing
    sides: dict[str, Any] = {}
    for name, field in (("input", "inputs"), ("output", "outputs")):
        listed = native.get(name)
        found = [
            Side(addresses[str(each.get("address_ref"))], exact(each.get("amount")))
            for each in (listed if isinstance(listed, list) else [])
            if isinstance(each, dict) and str(each.get("address_ref")) in addresses
        ]
        if isinstance(listed, list) and len(found) == len(listed):
            sides[field] = tuple(found)
    return replace(thing, **sides)


def _ends(thing: SharedTransaction, name: str, objects: dict[str, Native]) -> None:
    for side in (*thing.inputs, *thing.outputs):
        wallet = SharedWallet(side.address, chain=thing.chain, marking=thing.marking)
        native = write(DIALECTS[name], wallet).native
        objects.setdefault(str(native["id"]), native)


def _together(name: str, several: Sequence[Shared]) -> Native:
    """One object for several statements about one address."""
    first = several[0]
    wallets = [each for each in several if isinstance(each, SharedWallet)]
    if len(wallets) != len(several):
        return write(DIALECTS[name], first).native
    labels = [Marking(each.marking) for each in wallets if each.marking in set(Marking)]
    native = write(DIALECTS[name], first).native
    said = [
        {field: getattr(each, field) for field in sorted(_FIELDS) if getattr(each, field)}
        for each in wallets
    ]
    later = [each for place, each in enumerate(said[1:], 1) if each not in said[:place]]
    rest = dict(
        native.get("extensions", {}).get(_ACCOUNT, {"extension_type": "property-extension"})
    )
    narrow = narrowest(labels).value if labels else ""
    pap = strictest_pap(each.pap for each in wallets)
    native |= marked(SharedWallet("", marking=narrow, pap=pap))
    rest |= {"marking": wallets[0].marking} if labels else {}
    rest |= {"pap": wallets[0].pap} if pap else {}
    accounts = sorted({each.account for each in wallets if each.account})
    rest |= {"accounts": accounts} if accounts else {}
    rest |= {"also": later} if later else {}
    rest |= {"chain": wallets[0].chain}
    return native | {"extensions": {**native["extensions"], _ACCOUNT: rest}}


def _whole(objects: dict[str, Native]) -> bytes:
    """With markings and definitions, by type and id, as canonical JSON."""
    used = [id for each in objects.values() for id in each.get("extensions", ())]
    refs = {ref for each in objects.values() for ref in each.get("object_marking_refs", ())}
    found = dict(objects)
    tlp = (Handling(each) for each in Marking)
    for handling in (*tlp, *(Handling(Marking.CLEAR, each) for each in Pap)):
        for mark in marking_objects(handling):
            if mark["id"] in refs:
                found[mark["id"]] = mark
                used += mark["extensions"]
    if known := definitions(used):
        found |= {each["id"]: each for each in [*known, *marking_objects(PUBLIC)]}
    listed = sorted(found.values(), key=lambda each: (each["type"], each["id"]))
    id = named("bundle", hashlib.sha256(rfc8785.dumps(listed)).hexdigest())
    return rfc8785.dumps({"type": "bundle", "id": id, "objects": listed})
