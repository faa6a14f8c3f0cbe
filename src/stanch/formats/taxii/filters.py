"""What a request asks of a collection, from its query (TAXII 2.1, section 3.4)."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from stanch.formats.taxii.versions import sortable

MOST: Final = 1000  # objects of one page
_MOST_VALUES: Final = 500  # of one filter
_WORDS: Final = ("last", "first", "all")
_LISTS: Final = {
    "match[id]": "ids", "match[type]": "types", "match[spec_version]": "spec_versions",
    "match[version]": "versions",
}  # fmt: skip
OBJECTS: Final = frozenset({*_LISTS, "added_after", "limit", "next"})
OBJECT: Final = OBJECTS - {"match[id]", "match[type]"}
VERSIONS: Final = OBJECT - {"match[version]"}
DELETE: Final = frozenset({"match[version]", "match[spec_version]"})


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty tuples match all; `versions` are `last`, `first`, `all` or times as `sortable` has
    them, and none means `last`. `after` is a time, exclusive; `next` a sealed cursor.
    """

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    spec_versions: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    after: str = ""
    limit: int = MOST
    next: str = ""


EVERYTHING: Final = Filters()


def filters(query: str, known: frozenset[str]) -> Filters:
    """The filters in a query. Raises ValueError for a value that is none, a name given twice, and
    one that is not `known`: a filter with a slip in its name would list all.
    """
    found: dict[str, object] = {}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError:
        raise ValueError("the query is no query of UTF-8 with 50 fields at most") from None
    for name, value in pairs:
        if name not in known:
            raise ValueError(f"no parameter {name[:40]!r}; there are: {', '.join(sorted(known))}")
        field = _LISTS.get(name, "after" if name == "added_after" else name)
        if field in found:
            raise ValueError(f"{name} is there twice: part values by a comma")
        found[field] = _value(name, field, value)
    return Filters(**found)  # type: ignore[arg-type]


def narrowed(said: Filters, ids: tuple[str, ...], versions: tuple[str, ...] = ()) -> Filters:
    """The same for one object, and with these versions where they are given."""
    return replace(said, ids=ids, versions=versions or said.versions)


def _value(name: str, field: str, value: str) -> object:
    if not value or "\0" in value:
        raise ValueError(f"{name} is empty or holds a NUL")
    if field == "limit":
        if not value.isascii() or not value.isdigit() or int(value[:10]) < 1:
            raise ValueError("limit is no integer above zero")
        return min(int(value[:10]), MOST)
    if field == "next":
        return value
    if field == "after":
        return sortable(value)[:26] + "Z"  # `added` has microseconds: what is finer changes nothing
    parts = value.split(",")
    if len(parts) > _MOST_VALUES:
        raise ValueError(f"{name} has more than {_MOST_VALUES} values")
    return _versions(parts) if field == "versions" else tuple(dict.fromkeys(parts))


def _versions(parts: list[str]) -> tuple[str, ...]:
    """Each version once, and `all` alone (TAXII 2.1, section 3.4.1)."""
    found = [each if each in _WORDS else sortable(each) for each in parts]
    if len(set(found)) < len(found):
        raise ValueError("match[version] names a version twice")
    if "all" in found and len(found) > 1:
        raise ValueError("match[version]: all stands alone")
    return tuple(found)
