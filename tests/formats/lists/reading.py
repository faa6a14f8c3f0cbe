"""How the tests of list parsers call them."""

import io
from dataclasses import dataclass
from pathlib import Path

from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.registry import PARSERS
from stanch.model.listed import Entry, RefusedEntry, UnknownField


@dataclass(frozen=True, slots=True)
class Found:
    entries: dict[str, Entry]
    refused: list[RefusedEntry]
    unknown: dict[str, UnknownField]


def read(kind: str, *files: Path | tuple[str, str | bytes]) -> Found:
    opened = [_opened(file) for file in files]
    parsed = list(PARSERS[kind](opened))
    entries = [each for each in parsed if isinstance(each, Entry)]
    assert len({entry.id for entry in entries}) == len(entries)
    return Found(
        {entry.id: entry for entry in entries},
        [each for each in parsed if isinstance(each, RefusedEntry)],
        {each.name: each for each in parsed if isinstance(each, UnknownField)},
    )


def _opened(file: Path | tuple[str, str | bytes]) -> ListFile:
    if isinstance(file, Path):
        return ListFile(file.name, io.BytesIO(file.read_bytes()))
    name, text = file
    return ListFile(name, io.BytesIO(text if isinstance(text, bytes) else text.encode()))
