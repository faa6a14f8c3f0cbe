"""Check a bundle of somebody else, and move wallets from one dialect to another."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from stanch.app.csv_file import whole_file
from stanch.errors import InputError, UsageError
from stanch.formats.stix.reading import MAX_BYTES, Refused, read
from stanch.formats.stix.relations import advice
from stanch.formats.wallets.dialects import DIALECTS
from stanch.formats.wallets.files import things_in, written

NAMES = tuple(DIALECTS)


@dataclass(frozen=True, slots=True)
class CheckedBundle:
    """How many objects hold, by type; which do not; how many stood there twice, the same; what
    STIX advises against, and how often.
    """

    kinds: Counter[str]
    refused: tuple[Refused, ...]
    repeated: int
    advised: Counter[str]


@dataclass(frozen=True, slots=True)
class Converted:
    """How many things were written, from which kind of file; fields that the dialect cannot say in
    its own words, and how often; what was left out, and why.
    """

    kind: str
    things: int
    beside: Counter[str]
    left: tuple[str, ...]


def check(file: Path) -> CheckedBundle:
    """Hold each object of a bundle to STIX 2.1. Raises UsageError, InputError."""
    data = whole(file)
    try:
        found = read(data)
    except ValueError as error:
        raise InputError(file.name, str(error)) from None
    kinds = Counter(str(each["type"]) for each in found.objects)
    advised = Counter(said for each in found.objects if (said := advice(each)))
    return CheckedBundle(kinds, tuple(found.refused), found.repeated, advised)


def convert(file: Path, dialect: str, out: Path, day: str = "1970-01-01") -> Converted:
    """Write the wallets and transactions of a file in a dialect. `day` dates a MISP event.

    Raises UsageError, InputError for a file that is of none of the kinds or holds none of the
    things, OutputError.
    """
    if dialect not in NAMES:
        raise UsageError(f"--to {dialect}: is none of {', '.join(NAMES)}")
    data = whole(file)
    try:
        found = things_in(data)
    except ValueError as error:
        raise InputError(file.name, str(error)) from None
    if not found.things:
        raise InputError(file.name, "holds neither a wallet nor a transaction")
    made = written(dialect, found.things, day)
    with whole_file(out) as draft:
        draft.write_bytes(made.data)
    done = len(found.things) - len(made.refused)
    return Converted(found.kind, done, made.beside, (*found.left, *made.refused))


def whole(file: Path) -> bytes:
    """A file's bytes, every one: hashes are taken of them. Raises UsageError, InputError."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise InputError(file.name, f"is longer than {MAX_BYTES:,} bytes")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
