"""What a list parser is given and what it gives."""

from dataclasses import dataclass
from typing import BinaryIO

from stanch.model.listed import Entry, RefusedEntry, UnknownField

Parsed = Entry | RefusedEntry | UnknownField


@dataclass(frozen=True, slots=True)
class ListFile:
    """An opened file of a list: its name as the user gave it, and its bytes, unpacked."""

    name: str
    stream: BinaryIO
