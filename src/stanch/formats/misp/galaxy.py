"""A MISP galaxy of threat actors as STIX, and lists of samples as ESET publishes them; and back."""

from collections.abc import Iterable
from typing import Any, Final

from stanch.formats.misp.attributes import file_of
from stanch.formats.misp.pieces import kept, own_id, piece_in, place_of
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Object, Origin, make

_LENGTHS: Final = {32: "MD5", 40: "SHA-1", 64: "SHA-256"}


def galaxy_items(galaxy: Object, of: Origin, at: str) -> list[Item]:
    """A grouping of `threat-actor` objects with their names. Raises ValueError for no galaxy."""
    values = galaxy.get("values")
    if not isinstance(values, list) or not values or not isinstance(galaxy.get("name"), str):
        raise ValueError("is no MISP galaxy: it has no name or no values")
    clusters = [_cluster(place, each, of, at) for place, each in enumerate(values, 1)]
    rest = {name: value for name, value in galaxy.items() if name != "values"}
    said = {
        "created": at,
        "modified": at,
        "name": galaxy["name"],
        "description": str(galaxy.get("description") or ""),
        "context": "unspecified",
        "object_refs": clusters,
        "extensions": kept("galaxy", rest),
    }
    return [make(own_id("grouping", galaxy, galaxy["name"]), said, of)]


def galaxy_of(objects: Iterable[Object]) -> Object:
    """The galaxy in the objects of a bundle. Raises ValueError where there is not exactly one."""
    known = list(objects)
    found = [galaxy for each in known if (galaxy := piece_in(each, "galaxy")) is not None]
    if len(found) != 1:
        raise ValueError(f"holds {len(found)} MISP galaxies, not one")
    clusters = [each for each in known if piece_in(each, "cluster") is not None]
    return found[0] | {
        "values": [piece_in(each, "cluster") for each in sorted(clusters, key=place_of)]
    }


def _cluster(place: int, native: Any, of: Origin, at: str) -> Item:
    if not isinstance(native, dict) or not isinstance(native.get("value"), str):
        raise ValueError(f"cluster {place} of the galaxy has no value")
    meta = native.get("meta") if isinstance(native.get("meta"), dict) else {}
    synonyms = (meta or {}).get("synonyms", [])
    said = {
        "created": at,
        "modified": at,
        "name": native["value"],
        "description": str(native.get("description") or ""),
        "threat_actor_types": ["unknown"],
        "aliases": [str(each) for each in synonyms if each != native["value"]],
        "extensions": kept("cluster", native, place),
    }
    return make(own_id("threat-actor", native, native["value"]), said, of)


def sample_items(name: str, text: str, of: Origin, at: str) -> list[Item]:
    """A list of hashes, one a line, as files in a grouping; the text goes along as it was.

    Raises ValueError with the line that is no MD5, SHA-1 or SHA-256.
    """
    files: dict[str, Item] = {}
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip()
        kind = _LENGTHS.get(len(word))
        if not word:
            continue
        if kind is None or not set(word.lower()) <= set("0123456789abcdef"):
            raise ValueError(f"line {number} is no MD5, SHA-1 or SHA-256")
        item = file_of({kind: word.lower()}, "", of)
        files[item.id] = item
    if not files:
        raise ValueError("holds no hash")
    said = {
        "created": at,
        "modified": at,
        "name": name,
        "context": "malware-analysis",
        "object_refs": [*files.values()],
        "extensions": kept("samples", {"name": name, "text": text}),
    }
    return [make(named("grouping", "samples", name, text), said, of)]


def samples_of(objects: Iterable[Object]) -> dict[str, str]:
    """The lists in the objects of a bundle, by their names."""
    found = [piece for each in objects if (piece := piece_in(each, "samples")) is not None]
    return {each["name"]: each["text"] for each in found}
