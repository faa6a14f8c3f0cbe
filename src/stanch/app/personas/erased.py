"""Who was erased or ran out: commitments, one a line, in a file beside the key.

Opening an intake applies them before anything else, so a record that came back with a copy of its
folder stays away. A line is `COMMITMENT DAY why`; without the key it tells nothing of a record.
"""

import fcntl
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from stanch.app.personas.secret import Commitments, Secret
from stanch.errors import InputError, OutputError

_LINE: Final = re.compile(r"([0-9a-f]{64}) (\d{4}-\d\d-\d\d) ([a-z-]+)")


def beside(secret: Secret) -> Path:
    """Where the list of a key file stands."""
    return secret.file.with_suffix(".erased")


def erased(secret: Secret) -> frozenset[str]:
    """All commitments. Raises InputError where a line cannot be read: one that is lost would bring
    a person back.
    """
    file = beside(secret)
    try:
        text = file.read_text("ascii")
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError):
        raise InputError(str(file), "cannot be read") from None
    found = set()
    for number, line in enumerate(text.splitlines(), 1):
        if (match := _LINE.fullmatch(line)) is None:
            raise InputError(str(file), "is no line of a list of the erased", number)
        found.add(match[1])
    return frozenset(found)


def add(secret: Secret, record_ids: Iterable[str], day: date, why: str) -> int:
    """Put records on the list, those that are there already once; on the disk when it returns.

    Returns how many are new. Raises OutputError, InputError.
    """
    file = beside(secret)
    commit = Commitments(secret).of
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise OutputError(f"{file}: cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        known = erased(secret)
        new = [each for each in dict.fromkeys(map(commit, record_ids)) if each not in known]
        stream.write("".join(f"{each} {day.isoformat()} {why}\n" for each in new).encode())
        stream.flush()
        os.fsync(stream.fileno())
    return len(new)
