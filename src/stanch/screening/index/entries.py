"""The listed entries behind an index, as lines of JSON in one array, each read when it is hit."""

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.model.entry_json import decode, encode
from stanch.model.listed import Entry

Array = npt.NDArray[Any]
Listed = tuple[str, str, Entry]  # list, version, entry

ARRAYS: Final = ("entry_line", "entry_offset", "entry_source", "entry_sources")


def entry_arrays(listed: Sequence[Listed]) -> dict[str, Array]:
    """The arrays that Entries reads; lists and versions are kept once."""
    lines = [encode(entry) for _, _, entry in listed]
    sources = list(dict.fromkeys((list_, version) for list_, version, _ in listed))
    number = {source: place for place, source in enumerate(sources)}
    return {
        "entry_line": np.frombuffer(b"".join(lines), np.uint8),
        "entry_offset": np.cumsum([0, *map(len, lines)], dtype=np.int64),
        "entry_source": np.array(
            [number[list_, version] for list_, version, _ in listed], np.int32
        ),
        "entry_sources": np.frombuffer(json.dumps(sources).encode(), np.uint8),
    }


class Entries:
    """Gives the n-th entry with its list and version."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays of entry_arrays."""
        self._line, self._offset, self._source, sources = (arrays[name] for name in ARRAYS)
        self._sources: list[list[str]] = json.loads(bytes(sources))

    def __getitem__(self, number: int) -> Listed:
        """The entry of this number."""
        start, end = self._offset[number], self._offset[number + 1]
        list_, version = self._sources[self._source[number]]
        return list_, version, decode(bytes(self._line[start:end]))
