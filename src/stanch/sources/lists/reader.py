"""Reading the files of one list with the parser of its kind."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from stanch.errors import InputError
from stanch.formats.lists.listfile import Parsed
from stanch.formats.lists.registry import PARSERS
from stanch.sources.lists.kinds import ListKind
from stanch.sources.lists.opening import opened


def read(kind: ListKind, paths: Sequence[Path]) -> Iterator[Parsed]:
    """Entries, refused rows and unknown fields of the files, in their order.

    Raises UsageError where a file is missing, InputError where one is damaged or, as a whole, not
    of that kind.
    """
    with opened(paths, kind.max_mib) as files:
        try:
            yield from PARSERS[kind.name](files)
        except ValueError as error:
            names = ", ".join(file.name for file in files)
            raise InputError(names, str(error)) from None
