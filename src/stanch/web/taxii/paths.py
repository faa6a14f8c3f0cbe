"""Which resource of TAXII a path is (TAXII 2.1, section 3.1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PREFIX: Final = "/taxii2/"
ROOT: Final = "/taxii2/desk/"
_GET: Final = ("GET", "HEAD")


class Kind(StrEnum):
    """The endpoints, each by its route as the log has it."""

    DISCOVERY = PREFIX
    ROOT = ROOT
    STATUS = ROOT + "status/{status}/"
    COLLECTIONS = ROOT + "collections/"
    COLLECTION = ROOT + "collections/{collection}/"
    MANIFEST = ROOT + "collections/{collection}/manifest/"
    OBJECTS = ROOT + "collections/{collection}/objects/"
    OBJECT = ROOT + "collections/{collection}/objects/{object}/"
    VERSIONS = ROOT + "collections/{collection}/objects/{object}/versions/"


METHODS: Final = {
    kind: (*_GET, "POST") if kind == Kind.OBJECTS
    else (*_GET, "DELETE") if kind == Kind.OBJECT
    else _GET
    for kind in Kind
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A resource: its kind, and the ids in its path."""

    kind: Kind
    collection: str = ""
    object: str = ""
    status: str = ""


def target_of(path: str) -> Target | None:
    """The resource of a path, with or without its last slash; None where there is none."""
    match path.removesuffix("/").split("/")[2:]:
        case []:
            return Target(Kind.DISCOVERY)
        case ["desk"]:
            return Target(Kind.ROOT)
        case ["desk", "status", status] if status:
            return Target(Kind.STATUS, status=status)
        case ["desk", "collections"]:
            return Target(Kind.COLLECTIONS)
        case ["desk", "collections", collection, *rest] if collection:
            return _within(collection, rest)
    return None


def _within(collection: str, rest: list[str]) -> Target | None:
    match rest:
        case []:
            return Target(Kind.COLLECTION, collection)
        case ["manifest"]:
            return Target(Kind.MANIFEST, collection)
        case ["objects"]:
            return Target(Kind.OBJECTS, collection)
        case ["objects", object] if object:
            return Target(Kind.OBJECT, collection, object)
        case ["objects", object, "versions"] if object:
            return Target(Kind.VERSIONS, collection, object)
    return None
