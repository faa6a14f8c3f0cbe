"""A registry: what its files say, as records. Only one without faults becomes one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

from stanch.errors import InputError
from stanch.formats.registry.reading import Fault
from stanch.model.registry.claim import Claim
from stanch.model.registry.incident import Actor, Body, Incident, Source
from stanch.model.registry.words import PlaceRole
from stanch.registry.columns import Columns, Texts
from stanch.registry.files import Rows, read_all, shipped
from stanch.registry.records import actor, body, claim, incident, source
from stanch.registry.rules import check


@dataclass(frozen=True)
class Registry:
    """Everything by its id, in the order of the files."""

    incidents: Mapping[str, Incident]
    claims: Mapping[str, Claim]
    bodies: Mapping[str, Body]
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]

    @cached_property
    def columns(self) -> Columns:
        """The incidents as columns, laid out once."""
        return Columns.of(
            tuple(self.incidents.values()), self.bodies, self.actors, self.sources
        )  # fmt: skip

    def lay_out(self) -> None:
        """Lay the columns out now, so that nobody waits for them later."""
        _ = self.columns

    def retold(
        self,
        incidents: Mapping[str, Incident],
        bodies: Mapping[str, Body],
        actors: Mapping[str, Actor],
        sources: Mapping[str, Source],
    ) -> Self:
        """The same with other statements of these incidents, and with who makes them. Of what is
        laid out as columns only their rows are looked at again.
        """
        found = replace(
            self, incidents={**self.incidents, **incidents}, bodies=bodies, actors=actors,
            sources=sources,
        )  # fmt: skip
        vars(found)["columns"] = self.columns.retold(incidents, bodies, actors)
        return found

    def countries(self, role: PlaceRole, publisher: str) -> Texts:
        """The country that a total of a body counts each incident under."""
        body = self.bodies.get(publisher)
        return self.columns.country(role, body.name if body else "")


def checked(folder: Path | Traversable) -> tuple[Rows, list[Fault]]:
    """The rows of a folder, and all that is wrong with them, by file and line.

    Raises UsageError where the folder holds no registry.
    """
    rows, faults = read_all(folder)
    return rows, sorted({*faults, *check(rows)})


def load(folder: Path | None = None) -> Registry:
    """The registry of a folder, or the one that comes with Stanch.

    Raises UsageError where there is none, InputError for the first fault of one that has any.
    """
    rows, faults = checked(folder or shipped())
    if faults:
        first, more = faults[0], len(faults) - 1
        reason = f"{first.reason} [{first.rule}]"
        if more:
            reason += f"; and {more} more: stanch incidents check"
        raise InputError(first.file, reason, first.line)
    return of(rows)


def of(rows: Rows) -> Registry:
    """Rows without faults as records."""
    parts = {
        table: rows.by(table, "incident")
        for table in ("places", "amounts", "statements", "seeds", "payments", "links")
    }
    slices = rows.by("slices", "claim")
    return Registry(
        {line["id"]: incident(line, parts) for line in rows["incidents"]},
        {line["id"]: claim(line, slices.get(line["id"], [])) for line in rows["claims"]},
        {line["id"]: body(line) for line in rows["bodies"]},
        {line["id"]: actor(line) for line in rows["actors"]},
        {line["id"]: source(line) for line in rows["sources"]},
    )
