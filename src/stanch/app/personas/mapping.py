"""What a user's TOML says of the files of an intake."""

from pathlib import Path
from typing import Any, Final

from stanch.app.read_file import table_in
from stanch.errors import InputError
from stanch.sources.personas.columns import ColumnMap

_KNOWN: Final = ("columns", "country", "separator", "prefix")


def mapping(file: Path | None) -> ColumnMap:
    """The mapping in a file; without one, the usual names of columns alone.

    Raises UsageError, InputError.
    """
    if file is None:
        return ColumnMap()
    said = table_in(file, _KNOWN)
    columns = said.get("columns", {})
    if not isinstance(columns, dict) or not all(isinstance(each, str) for each in columns.values()):
        raise InputError(file.name, 'columns is no table such as "E-Mail" = "email"')
    country = _text(file, said, "country", "").upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InputError(file.name, "country is no code of two letters such as DE")
    separator, prefix = _text(file, said, "separator", ";"), _text(file, said, "prefix", "")
    return ColumnMap(columns, country or None, separator, prefix)


def _text(file: Path, said: dict[str, Any], name: str, usual: str) -> str:
    text = said.get(name, usual)
    if not isinstance(text, str):
        raise InputError(file.name, f"{name} is no text")
    return text
