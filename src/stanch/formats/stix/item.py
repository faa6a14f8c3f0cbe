"""One STIX object of ours. Its marking cannot be forgotten.

`make` is the only way to an `Item`, and it asks what the object is made of: things that are said
first here (`first_hand`, with the marking that their owner gave them) or other items (`made_of`).
Another object is referred to by its `Item`, not by a text, so that whatever stands in `_ref` and
`_refs` is counted too. The object gets the strictest handling of all, and `object_marking_refs` is
written by `make` alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from stanch.formats.stix.handling import PUBLIC, Handling, strictest
from stanch.formats.stix.markings import marking_refs

Object = dict[str, Any]

_SEAL: Final = object()
_OURS: Final = ("type", "id", "spec_version", "object_marking_refs", "granular_markings")


@dataclass(frozen=True, slots=True)
class Origin:
    """What an object is made of, as far as its handling goes."""

    handling: Handling


class Item:
    """An object, its handling, and the items that it refers to or was made of."""

    __slots__ = ("data", "handling", "parts")

    def __init__(self, seal: object, data: Object, handling: Handling, parts: tuple["Item", ...]):
        """For `make` alone: raises TypeError for others."""
        if seal is not _SEAL:
            raise TypeError("an Item is made by make(), which asks what it is made of")
        self.data: Final = data
        self.handling: Final = handling
        self.parts: Final = parts

    @property
    def id(self) -> str:
        """Its STIX id."""
        return str(self.data["id"])

    @property
    def bytes(self) -> bytes:
        """Its canonical JSON (RFC 8785): the same object gives the same bytes."""
        return rfc8785.dumps(self.data)

    def with_these(self, *items: "Item") -> "Item":
        """The same object; the items go wherever it goes, and nowhere without it."""
        return Item(_SEAL, self.data, self.handling, (*self.parts, *items))


@dataclass(frozen=True, slots=True)
class Outside:
    """An object of others that is public, by its id, such as a group of MITRE ATT&CK."""

    id: str


def first_hand(handling: Handling) -> Origin:
    """What is said here first is handled as its owner says."""
    return Origin(handling)


def made_of(first: Item, *more: Item) -> Origin:
    """What is made of these is handled by the strictest of them."""
    return Origin(strictest(each.handling for each in (first, *more)))


def make(id: str, said: Mapping[str, Any], of: Origin) -> Item:
    """An object by its id. `said` are its own properties; those that say nothing are left out.

    Raises ValueError where `said` sets what is not its to set, or refers to an object by a text.
    """
    for name in _OURS:
        if name in said:
            raise ValueError(f"{name} is written by make()")
    own, parts = _told(said)
    handling = strictest((of.handling, *(each.handling for each in parts)))
    data: Object = {
        "type": id.partition("--")[0],
        "spec_version": "2.1",
        "id": id,
        **own,
        "object_marking_refs": marking_refs(handling),
    }
    return Item(_SEAL, data, handling, tuple(parts))


def narrowed(item: Item, of: Origin, parts: tuple[Item, ...], more: Mapping[str, Any]) -> Item:
    """The same object under its id, made of something more: handled by that too, saying `more`
    beside. `parts` are its parts, narrowed as well.

    Raises ValueError where `more` sets what is not its to set.
    """
    for name in _OURS:
        if name in more:
            raise ValueError(f"{name} is written by make()")
    handling = strictest((item.handling, of.handling))
    data = {**item.data, **more, "object_marking_refs": marking_refs(handling)}
    return Item(_SEAL, data, handling, parts)


def handled(said: Mapping[str, Any], of: Origin) -> Handling:
    """How an object that says this will be handled."""
    return strictest((of.handling, *(each.handling for each in _told(said)[1])))


def _told(said: Mapping[str, Any]) -> tuple[Object, list[Item]]:
    parts: list[Item] = []
    own = {name: _plain(name, value, parts) for name, value in said.items() if _says(value)}
    return own, parts


def _says(value: Any) -> bool:
    """STIX allows neither empty texts nor empty lists; zero and false say something."""
    return value is not None and value not in ("", [], (), {})


def _plain(name: str, value: Any, parts: list[Item]) -> Any:
    if isinstance(value, Item):
        parts.append(value)
        return value.id
    if isinstance(value, Outside):
        return value.id
    if isinstance(value, Mapping):
        return {key: _plain(key, each, parts) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, each, parts) for each in value]
    if name.endswith(("_ref", "_refs")):
        raise ValueError(f"{name}: an object is referred to by its Item, which knows its marking")
    return value


def author(name: str, handling: Handling = PUBLIC, *, created: str, id: str) -> Item:
    """An organisation as the one who says something."""
    said = {
        "name": name, "identity_class": "organization", "created": created, "modified": created,
    }  # fmt: skip
    return make(id, said, first_hand(handling))
