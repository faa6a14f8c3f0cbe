"""Small files that people write: read whole, up to a length, and tables in TOML or JSON."""

import json
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from stanch.errors import InputError, UsageError

_TABLE: Final = 1 << 20  # bytes


def contents(file: Path, most: int) -> bytes:
    """A file's bytes, without the line end that editors add. Raises UsageError, InputError."""
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 2)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    data = data.removesuffix(b"\n")
    if len(data) > most:
        raise InputError(file.name, f"is longer than {most:,} bytes")
    return data


def table_in(file: Path, known: Collection[str], most: int = _TABLE) -> dict[str, Any]:
    """A table in TOML, or in JSON where the name ends in `.json`, with keys that are `known`.

    Raises UsageError, InputError for what is no such table.
    """
    data = contents(file, most)
    try:
        said = json.loads(data) if file.suffix == ".json" else tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise InputError(file.name, f"is no table in TOML or JSON: {str(error)!r}") from None
    if not isinstance(said, dict):
        raise InputError(file.name, "holds no table")
    if unknown := sorted(said.keys() - set(known)):
        raise InputError(file.name, f"has {unknown[0]!r}, which is not known")
    return said
