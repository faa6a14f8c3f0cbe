"""Files that rows name by their path: read in the sandbox, their values put beside the others."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from stanch.app.personas import sandbox
from stanch.app.personas.confined import Sandbox
from stanch.model.personas.values import Values
from stanch.sources.personas.batch import Batch, Refused
from stanch.sources.personas.columns import DOCUMENT_FILE, PHOTO_FILE, RESUME_FILE

MOST_BYTES: Final = 40 << 20
_READ_AS: Final = {
    RESUME_FILE: sandbox.RESUME,
    PHOTO_FILE: sandbox.PHOTO,
    DOCUMENT_FILE: sandbox.DOCUMENT,
}


class Attached:
    """Reads the files of batches, with one sandbox."""

    def __init__(self, box: Sandbox) -> None:
        """`box` is ended by whoever made it."""
        self._box = box

    def values(self, batch: Batch, notes: list[Refused]) -> Mapping[str, Values]:
        """Values by kind from all files that a batch names; a file that is refused is noted."""
        found: dict[str, tuple[list[int], list[str]]] = {}
        for meaning, kind in _READ_AS.items():
            named = batch.fields.get(meaning)
            if named is None:
                continue
            for owner, path in zip(named.owner.tolist(), named.text.to_pylist(), strict=True):
                try:
                    said = self._box.read(kind, contents(batch.base, path))
                except ValueError as error:
                    notes.append(Refused(batch.file, batch.rows[owner], str(error), meaning))
                    continue
                for name, texts in said.items():
                    owners, values = found.setdefault(name, ([], []))
                    owners += [owner] * len(texts)
                    values += texts
        return {kind: Values.of([], []).joined(Values.of(*each)) for kind, each in found.items()}


def contents(base: Path, said: str) -> bytes:
    """The bytes of a file that a row names, which lies at or below the folder of the rows.

    Raises ValueError with a reason: a row may come from a stranger, and must not name any file of
    this machine.
    """
    if "\0" in said:
        raise ValueError("names no file that can be read")
    try:
        path = (base / said).resolve(strict=True)
        if not path.is_relative_to(base.resolve()) or not path.is_file():
            raise ValueError("names no file at or below the folder of the rows")
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, RuntimeError):
        raise ValueError("names no file that can be read") from None
    if len(data) > MOST_BYTES:
        raise ValueError(f"names a file of more than {MOST_BYTES >> 20} MiB")
    return data
