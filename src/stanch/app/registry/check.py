"""Check a folder of the registry's files, and describe what may stand in them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanch.formats.registry.describe import datapackage
from stanch.registry.files import shipped
from stanch.registry.registry import checked


@dataclass(frozen=True, slots=True)
class Checked:
    """How many rows each table has, and each fault as one line."""

    rows: dict[str, int]
    faults: tuple[str, ...]


def check(folder: Path | None) -> Checked:
    """Check a folder, or the registry that comes with Stanch. Raises UsageError for no registry."""
    rows, faults = checked(folder or shipped())
    counts = {table: len(lines) for table, lines in rows.of.items()}
    return Checked(counts, tuple(map(str, faults)))


def schema() -> dict[str, Any]:
    """The tables as a Data Package descriptor (Frictionless Table Schema)."""
    return datapackage()
