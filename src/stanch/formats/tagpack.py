"""GraphSense TagPacks and ActorPacks: attribution tags in YAML.

A pack is a header and a list under `tags` (or `actors`); a tag takes from the header each field
that it lacks. Source: https://github.com/graphsense/graphsense-tagpacks/wiki/GraphSense-TagPacks
`is_cluster_definer` and `lastmod` are read over: clusters are not built here, and the day of an
edit is not the day since when a tag is true.
"""

from dataclasses import dataclass
from typing import Any, Final

from stanch.formats.safe_yaml import load
from stanch.formats.tag import RawTag, RefusedTag, confidence

MAX_FIELD: Final = 2000  # characters; longer ones are no label but an accident or an attack

_WORDS: Final = ("category", "concepts", "abuse")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who stands behind tags: its id, name, and GraphSense's words for what it does."""

    id: str
    name: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What one file holds: tags or actors, and the entries that cannot be used."""

    tags: list[RawTag]
    refused: list[RefusedTag]
    actors: list[Actor]


def parse(data: bytes) -> Pack:
    """Read a TagPack or ActorPack. `row` is an entry's place in its list, from 1.

    Raises ValueError with a short reason where the file as a whole is neither.
    """
    root = load(data)
    if not isinstance(root, dict):
        raise ValueError("is YAML but no TagPack: it has no fields")
    pack = Pack([], [], [])
    if isinstance(root.get("tags"), list):
        _read_tags(root, pack)
    elif isinstance(root.get("actors"), list):
        _read_actors(root["actors"], pack)
    else:
        raise ValueError("is YAML but no TagPack: it has no list of tags")
    return pack


def _read_tags(root: dict[Any, Any], pack: Pack) -> None:
    header = {key: value for key, value in root.items() if key != "tags"}
    for row, entry in enumerate(root["tags"], 1):
        try:
            pack.tags.append(_tag(row, header, entry))
        except ValueError as error:
            pack.refused.append(RefusedTag(row, str(error)))


def _tag(row: int, header: dict[Any, Any], entry: object) -> RawTag:
    if not isinstance(entry, dict):
        raise ValueError("tag has no fields")
    fields = header | entry
    if isinstance(fields.get("address"), int):
        raise ValueError("address is a number in YAML: it needs quotes")
    address = _text(fields, "address")
    if not address:
        raise ValueError("tag has no address")
    currency = _text(fields, "network") or _text(fields, "currency") or _text(fields, "asset")
    if not currency:
        raise ValueError("tag has no currency")
    tag = RawTag(
        row=row,
        address=address,
        name=_text(fields, "label").strip("'"),
        terms=_terms(fields),
        currency=currency,
        entity=_text(fields, "actor"),
        confidence=confidence(_text(fields, "confidence")),
        source=_text(fields, "source"),
    )
    if not (tag.name or tag.terms or tag.entity):
        raise ValueError("tag says nothing: no label, category, abuse or actor")
    return tag


def _terms(fields: dict[Any, Any]) -> tuple[str, ...]:
    terms: list[str] = []
    for key in _WORDS:
        value = fields.get(key)
        terms += (
            [_scalar(key, each) for each in value]
            if isinstance(value, list)
            else [_text(fields, key)]
        )
    return tuple(dict.fromkeys(filter(None, terms)))


def _read_actors(entries: list[Any], pack: Pack) -> None:
    for row, entry in enumerate(entries, 1):
        try:
            if not isinstance(entry, dict) or not _text(entry, "id"):
                raise ValueError("actor has no id")
            words = entry.get("categories")
            listed = words if isinstance(words, list) else []
            terms = tuple(filter(None, (_scalar("categories", each) for each in listed)))
            pack.actors.append(Actor(_text(entry, "id"), _text(entry, "label"), terms))
        except ValueError as error:
            pack.refused.append(RefusedTag(row, str(error)))


def _text(fields: dict[Any, Any], key: str) -> str:
    return _scalar(key, fields.get(key))


def _scalar(key: str, value: object) -> str:
    """A plain value as text. Lists and mappings are refused before anything walks into them."""
    if value is None:
        return ""
    if isinstance(value, list | dict | set | tuple | bytes):
        raise ValueError(f"{key} is not plain text")
    if isinstance(value, int) and value.bit_length() > 256:
        raise ValueError(f"{key} is a number too large to be meant")
    text = str(value).strip()
    if len(text) > MAX_FIELD:
        raise ValueError(f"{key} is longer than {MAX_FIELD} characters")
    return text
