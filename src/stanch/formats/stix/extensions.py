"""The extensions of STIX that objects of ours use, with their definitions and JSON Schemas.

Ours stand as files in `schemas/`; a definition carries its schema as text, so that a receiver needs
no network. Those of others (the field's wallets and transactions, TLP, PAP, IEP) are referred to
by the ids under which their authors published them, with their definitions as published.
"""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

import rfc8785

from stanch.formats.stix.handling import PUBLIC
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, author, first_hand, make
from stanch.formats.stix.markings import IEP_EXTENSION, PAP_EXTENSION, TLP_EXTENSION

Object = dict[str, Any]

ABOUT: Final = {
    "account": "The account of a wallet as CAIP-10, with exact amounts",
    "transaction": "The chain and the exact amounts of a transaction",
    "incident": "An incident as the registry has it",
    "attribution": "What one body says of who did it",
    "trace": "A trace of stolen money by its manifest",
    "order": "A block order",
    "answer": "What an addressee of a block order found",
    "persona": "Identifiers under an HMAC whose key a group shares",
    "grading": "Admiralty code, and the scale of a confidence",
    "misp": "A piece of MISP as it was",
}
MADE: Final = "2026-11-27T00:00:00.000Z"
_VERSION: Final = "1.0.0"
# The field's own observables: https://github.com/muchdogesec/stix2extensions
WALLET_EXTENSION: Final = "extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7"
TRANSACTION_EXTENSION: Final = "extension-definition--151d042d-4dcf-5e44-843f-1024440318e5"
OPENCTI_EXTENSION: Final = "extension-definition--f93e2c80-4231-4f9a-af8b-95c9bd566a82"
_OASIS_DEFINITIONS: Final = {
    TLP_EXTENSION: ("TLP 2.0", "2022-10-01T00:00:00.000Z", "tlp-2.0"),
    PAP_EXTENSION: ("PAP", "2022-11-28T00:00:00.000Z", "pap"),
    IEP_EXTENSION: ("IEP 2.0", "2022-12-19T00:00:00.000Z", "iep-marking-definition-762"),
}
_OASIS_AUTHOR: Final = "identity--b3bca3c2-1f3d-4b54-b44f-dac42c3a8f01"


def extension_id(name: str) -> str:
    """The id of one of our extensions, by its name in `ABOUT`."""
    return named("extension-definition", name)


def extended(name: str, **said: Any) -> Object:
    """The `extensions` of an object: what one of ours says, without what says nothing."""
    own = {key: value for key, value in said.items() if value not in (None, "", (), [], {})}
    return {extension_id(name): {"extension_type": "property-extension", **own}}


def said_by(data: Object, name: str) -> Object | None:
    """What one of our extensions says on an object; None where it is not there or is no object."""
    extensions = data.get("extensions")
    found = extensions.get(extension_id(name)) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else None


@cache
def schema(name: str) -> Object:
    """The JSON Schema (2020-12) of one of our extensions."""
    text = files("stanch.formats.stix").joinpath("schemas", f"{name}.json").read_text("utf-8")
    found: Object = json.loads(text)
    return found


@cache
def stanch() -> Item:
    """Who publishes our extensions."""
    return author("Stanch", created=MADE, id=named("identity", "stanch"))


@cache
def definition(name: str) -> Item:
    """The extension-definition of one of ours; its `schema` is the JSON Schema as text."""
    said = {
        "created": MADE,
        "modified": MADE,
        "created_by_ref": stanch(),
        "name": f"stanch-{name}",
        "description": f"{ABOUT[name]}.",
        "schema": rfc8785.dumps(schema(name)).decode(),
        "version": _VERSION,
        "extension_types": ["property-extension"],
    }
    return make(extension_id(name), said, first_hand(PUBLIC))


def definitions(used: Iterable[str]) -> list[Object]:
    """The definitions of extensions by their ids, as far as they are known here."""
    ours = {extension_id(name): name for name in ABOUT}
    found: list[Object] = []
    for id in sorted(set(used)):
        if id in ours:
            found += [definition(ours[id]).data, stanch().data]
        elif id in _OASIS_DEFINITIONS:
            found.append(_oasis(id))
    return found


def _oasis(id: str) -> Object:
    name, made, place = _OASIS_DEFINITIONS[id]
    where = "https://github.com/oasis-open/cti-stix-common-objects/tree/master/"
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": id,
        "created_by_ref": _OASIS_AUTHOR,
        "created": made,
        "modified": made,
        "name": name,
        "description": f"This defines {name} as a STIX extension",
        "schema": f"{where}extension-definition-specifications/{place}",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
