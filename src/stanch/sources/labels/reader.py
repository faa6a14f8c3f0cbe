"""Reading one path of labels: a file of any kind, or a folder of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stanch.errors import InputError, UsageError
from stanch.formats import ofac_wallets, tagpack
from stanch.formats.label_csv import LabelColumns
from stanch.formats.safe_yaml import MAX_BYTES
from stanch.formats.tag import RawTag, RefusedTag
from stanch.formats.tagpack import Actor
from stanch.model.tables import OWN_RANKS
from stanch.sources.labels.kinds import Kind, kind_of, label_files
from stanch.sources.labels.tag_rows import TagRows
from stanch.sources.reading import DAMAGE, CsvFile, Line, damage_reason, open_bytes, open_csv

HEAD: Final = 4096  # bytes that tell an unnamed kind


@dataclass(slots=True)
class Reading:
    """What the paths read so far hold: tags and refusals, and the actors that packs refer to.

    `step` is called with the bytes of each file when it has been read.
    """

    rows: TagRows = field(default_factory=TagRows)
    actors: dict[str, Actor] = field(default_factory=dict)
    step: Callable[[int], None] | None = None


def read(path: Path, order: int, into: Reading) -> None:
    """Add all tags below `path`, the `order`-th (from 0) that the user gave.

    The user's own rows get rank `order`, all others `OWN_RANKS + order`. Raises UsageError
    where the path does not exist, InputError where it holds no label at all.
    """
    if not path.exists():
        raise UsageError(f"labels: there is no file or folder {path}")
    before = (into.rows.count, len(into.actors))
    files = files_of(path)
    for file in files:
        name = file.relative_to(path.parent).as_posix() if path.is_dir() else file.name
        try:
            _read_file(file, name, min(order, OWN_RANKS - 1), into)
        except ValueError as error:
            if not path.is_dir():
                raise InputError(name, str(error)) from None
            into.rows.refuse(name, 0, str(error))
        if into.step:
            into.step(file.stat().st_size)
    if before == (into.rows.count, len(into.actors)):
        raise InputError(path.name, _nothing(into, files))


def files_of(path: Path) -> list[Path]:
    """The label files that a path stands for: itself, or those in the folder."""
    return list(label_files(path)) if path.is_dir() else [path]


def _nothing(into: Reading, files: list[Path]) -> str:
    rejected = into.rows.rejected()
    if not files:
        return "holds no label files (.yaml, .csv, .csv.gz, sanctioned_addresses_*.txt)"
    if rejected.num_rows:
        last = rejected.column("reason")[-1].as_py()
        return f"holds no label that can be used; the last reason: {last}"
    return "holds no labels"


def _read_file(path: Path, name: str, order: int, into: Reading) -> None:
    """Add one file. Raises ValueError with a short reason where it is of no kind."""
    try:
        with open_bytes(path) as file:
            kind = kind_of(path, file.read(HEAD))
    except DAMAGE as error:
        raise ValueError(damage_reason(error)) from None
    if kind is Kind.TABLE:
        _read_table(path, name, order, into)
    elif kind is Kind.TAGPACK:
        pack = tagpack.parse(_whole(path))
        into.actors.update((actor.id, actor) for actor in pack.actors)
        into.rows.take(name, OWN_RANKS + order, [*pack.refused, *pack.tags])
    elif kind is Kind.SANCTIONS:
        text = _whole(path).decode("utf-8", errors="replace")
        entries = ofac_wallets.parse(text, path.name)
        into.rows.take(name, OWN_RANKS + order, entries)
    else:
        raise ValueError("is neither a TagPack, a label table nor a list of sanctioned addresses")


def _read_table(path: Path, name: str, order: int, into: Reading) -> None:
    try:
        file = open_csv(path)
    except InputError as error:
        raise ValueError(error.reason) from None
    columns = LabelColumns.of(file.header)
    for entry in _entries(file, columns):
        own = isinstance(entry, RawTag) and entry.own
        into.rows.take(name, order if own else OWN_RANKS + order, (entry,))


def _entries(file: CsvFile, columns: LabelColumns) -> Iterator[RawTag | RefusedTag]:
    for line in file.rows:
        if not isinstance(line, Line):
            yield RefusedTag(line.row, line.reason)
            continue
        try:
            yield columns.tag(line.row, line.fields)
        except ValueError as error:
            yield RefusedTag(line.row, str(error))


def _whole(path: Path) -> bytes:
    """All bytes of a file, unpacked. Raises ValueError where they are too many or damaged."""
    with open_bytes(path) as file:
        try:
            data = file.read(MAX_BYTES + 1)
        except DAMAGE as error:
            raise ValueError(damage_reason(error)) from None
    if len(data) > MAX_BYTES:
        raise ValueError(f"is larger than {MAX_BYTES >> 20} MiB")
    return bytes(data)
