"""What a screening searches: opened from a home, mapped from its files, built where it is missing.

An index stands below `HOME/index/<state>/`, where the state is that of the versions in force, so
an import makes a new one and never spoils the old, which goes when nobody has opened it for a week.
Files are mapped, not read: a process opens them in an instant, and those that work side by side
share one copy in memory.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from stanch.formats.addresses.forms import wallet_forms
from stanch.model.hits import Hit, Subject
from stanch.model.listed import Entry
from stanch.screening.identifiers import IdentifierIndex
from stanch.screening.index import Index
from stanch.store.arrays import map_arrays, write_arrays
from stanch.store.home import Home
from stanch.store.index_folders import Built, opened
from stanch.store.list_version import json_bytes
from stanch.store.outdir import Kind

MARK: Final = "index.json"
FORMAT: Final = "stanch-identifiers@1"
_TABLES: Final = ("identifiers.arrow", "entries.arrow")
NAMES_FORMAT: Final = "stanch-names@1"
_NAMES_KIND: Final = Kind(MARK, "stanch-names", frozenset({MARK}))
_KIND: Final = Kind(MARK, "stanch-identifiers", frozenset({MARK, *_TABLES}))


class Matcher(Protocol):
    """Whatever finds names: the index of `screening`, or a plain twin in a test."""

    def search(
        self, subjects: Sequence[Subject], top: int, threshold: float
    ) -> list[tuple[Hit, ...]]:
        """For each subject its best hits, at most `top`, none with a score below `threshold`."""


def listed(home: Home) -> Iterator[tuple[str, str, Entry]]:
    """Every entry in force, with its list and that list's version."""
    for version in home.current():
        for entry in version.entries():
            yield version.list, version.version, entry


def open_identifiers(home: Home) -> IdentifierIndex:
    """The identifiers of all entries in force.

    Raises InputError where a list in the home is damaged, OutputError where the index is missing
    and cannot be written.
    """

    def write(partial: Path) -> None:
        index = IdentifierIndex.build(listed(home), wallet_forms)
        for name, table in zip(_TABLES, (index.identifiers, index.entries), strict=True):
            _write(partial / name, table)
        (partial / MARK).write_bytes(json_bytes({"format": FORMAT}))

    with opened(home.index_dir, home.state_key(), Built(FORMAT, _KIND, write)) as folder:
        return IdentifierIndex(*(_mapped(folder / name) for name in _TABLES))


def open_matcher(home: Home) -> Matcher:
    """Whatever finds names in the versions in force. The one place where it is chosen.

    Raises InputError where a list or the index is damaged, OutputError where the index is missing
    and cannot be written.
    """

    def write(partial: Path) -> None:
        write_arrays(partial, Index.arrays_of(listed(home)))
        (partial / MARK).write_bytes(json_bytes({"format": NAMES_FORMAT}))

    built = Built(NAMES_FORMAT, _NAMES_KIND, write)
    with opened(home.index_dir, home.state_key(), built) as folder:
        return Index(map_arrays(folder))


def _write(file: Path, table: pa.Table) -> None:
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())


def _mapped(file: Path) -> pa.Table:
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()
