"""What `kinds.toml` says of each kind of list."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files as resources
from types import MappingProxyType
from typing import Final

from stanch.errors import UsageError

MAX_MIB: Final = 1_024


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind: whose list, under which licence, published where, and what size is plausible."""

    name: str
    title: str
    publisher: str
    licence: str
    url: str
    files: tuple[str, ...]
    min_entries: int
    min_for: Mapping[str, int] = field(default_factory=dict)
    max_mib: int = MAX_MIB

    def minimum(self, files: Iterable[str]) -> int:
        """How many entries files of these names must hold together."""
        names = [name.lower() for name in files]
        told = (
            least
            for pattern, least in self.min_for.items()
            if any(fnmatchcase(name, pattern) for name in names)
        )
        return max(self.min_entries, *told, 0)


@cache
def list_kinds() -> Mapping[str, ListKind]:
    """All kinds by name, in the order of the file."""
    said = tomllib.loads((resources(__package__) / "kinds.toml").read_text("utf-8"))
    kinds = (
        ListKind(name, **each | {"files": tuple(each["files"])}) for name, each in said.items()
    )
    return MappingProxyType({kind.name: kind for kind in kinds})


def list_kind(name: str) -> ListKind:
    """The kind of that name. Raises UsageError where there is none."""
    if (kind := list_kinds().get(name)) is None:
        raise UsageError(f"there is no kind of list {name}: choose from {', '.join(list_kinds())}")
    return kind
