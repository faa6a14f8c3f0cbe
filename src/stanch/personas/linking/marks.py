"""All that is said of records alone."""

from collections.abc import Callable, Iterator
from typing import Final

from stanch.personas.evidence import dates, git_offset, hours, listed, mrz, provenance
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Sight

_FINDERS: Final[tuple[Callable[[Sight], Iterator[Mark]], ...]] = (
    hours.find, git_offset.find, dates.find, mrz.find, provenance.find,
)  # fmt: skip
MARKED: Final = (
    hours.NAME, git_offset.NAME, dates.NAME, mrz.NAME, provenance.NAME, listed.NAME,
)  # fmt: skip


def marks(sight: Sight) -> dict[int, list[Mark]]:
    """The marks of each record that has any."""
    found: dict[int, list[Mark]] = {}
    for find in _FINDERS:
        for mark in find(sight):
            found.setdefault(mark.record, []).append(mark)
    return found
