"""Bodies that come with the program: words, schedule and agenda, to be filled with members."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from stanch.errors import UsageError

NAMES: Final = ("trilateral", "korea-australia")


@dataclass(frozen=True, slots=True)
class Template:
    """A body without its members. `seats` has an agency for each country (ISO 3166-1 alpha-2)."""

    name: str
    basis: str
    scope: str
    rule: str
    clock: str
    zone: str
    minutes: int
    seats: Mapping[str, str]
    agenda: tuple[tuple[str, str], ...]


@cache
def template(name: str) -> Template:
    """The template of this name. Raises UsageError where there is none."""
    if name not in NAMES:
        raise UsageError(f"template: {name[:80]!r} is none of: {', '.join(NAMES)}")
    text = (files("stanch.body") / "shipped" / f"{name}.toml").read_text("utf-8")
    said = tomllib.loads(text)
    agenda = tuple((each["topic"], each["title"]) for each in said.pop("agenda"))
    return Template(**said | {"seats": MappingProxyType(said["seats"]), "agenda": agenda})
