"""Which column of a CSV file means what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from stanch.errors import InputError, UsageError

MEANINGS: Final = ("tx", "time", "from", "to", "amount", "block", "order")
NEEDED: Final = ("time", "from", "to", "amount")


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each meaning in a row; None where the file has no such column."""

    time: int
    source: int
    target: int
    amount: int
    tx: int | None
    block: int | None
    order: int | None

    @classmethod
    def of(cls, file: str, header: list[str], mapped: Mapping[str, str]) -> Self:
        """Find the columns that `mapped` names, and under their own names the others.

        Raises InputError where the file lacks one that is needed or was mapped.
        """
        places: dict[str, int] = {}
        for meaning in MEANINGS:
            name = mapped.get(meaning, meaning)
            if header.count(name) > 1:
                raise InputError(file, f"has two columns named {name}")
            if name in header:
                places[meaning] = header.index(name)
            elif meaning in mapped or meaning in NEEDED:
                raise InputError(file, _lacking(meaning, name, header))
        return cls(
            time=places["time"],
            source=places["from"],
            target=places["to"],
            amount=places["amount"],
            tx=places.get("tx"),
            block=places.get("block"),
            order=places.get("order"),
        )


def check(mapped: Mapping[str, str]) -> None:
    """Raises UsageError where `--map` speaks of something that a transfer does not have."""
    for meaning in mapped:
        if meaning not in MEANINGS:
            raise UsageError(f"--map: {meaning} is none of {', '.join(MEANINGS)}")


def _lacking(meaning: str, name: str, header: list[str]) -> str:
    hint = "" if name != meaning else f"; say which with --map {meaning}=COLUMN"
    return f"has no column {name} (it has {', '.join(header)}){hint}"
