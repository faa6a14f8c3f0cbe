"""Applications from Parquet: whole columns at once, values never one by one in Python."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stanch.errors import InputError
from stanch.model.personas.values import NO_TIME, Values
from stanch.sources.personas.batch import SIZE, Batch, Read, Refused
from stanch.sources.personas.cells import MOST_TEXT, told
from stanch.sources.personas.columns import OF_RECORD, RECEIVED, RECORD_ID, RETAIN_UNTIL, ColumnMap
from stanch.sources.personas.rows import day, hushed, moment, record_id

_MOST_ROW_GROUP: Final = 1 << 31  # bytes that one row group may unpack to


def read(path: Path, file: str, columns: ColumnMap) -> Read:
    """Batches of a file. Raises InputError where it is no Parquet or its pieces are too large."""
    try:
        source = pq.ParquetFile(path)
        names = source.schema_arrow.names
        meanings = columns.meanings(file, names)
        for group in range(source.num_row_groups):
            if source.metadata.row_group(group).total_byte_size > _MOST_ROW_GROUP:
                raise InputError(file, f"a row group is larger than {_MOST_ROW_GROUP:,} bytes")
        wanted = [names[place] for at in meanings.values() for place in at]
        titles = {meaning: [names[place] for place in at] for meaning, at in meanings.items()}
        begun = 1
        for part in source.iter_batches(SIZE, columns=wanted):
            yield from _batch(file, begun, part, titles, columns)
            begun += len(part)
    except (pa.ArrowException, OSError) as error:
        raise InputError(file, f"is no Parquet that can be read ({type(error).__name__})") from None


def _batch(
    file: str,
    begun: int,
    part: pa.RecordBatch,
    titles: Mapping[str, Sequence[str]],
    columns: ColumnMap,
) -> Read:
    kept: list[int] = []
    heads: list[tuple[str, int | None, int | None]] = []
    cells = [_heads(part, titles.get(meaning, ())) for meaning in OF_RECORD]
    assert OF_RECORD == (RECORD_ID, RECEIVED, RETAIN_UNTIL)
    for place in range(len(part)):
        try:
            id, received, retain = (column[place] for column in cells)
            heads.append((record_id(id, columns.prefix), moment(received), day(retain)))
            kept.append(place)
        except ValueError as error:
            yield Refused(file, begun + place, str(error))
    part = part if len(kept) == len(part) else part.take(pa.array(kept, pa.int64()))
    rows = [begun + place for place in kept]
    notes: list[Refused] = []
    fields: dict[str, Values] = {}
    for meaning, names in titles.items():
        if meaning not in OF_RECORD:
            for name in names:
                got = _values(meaning, part.column(name), notes, (file, rows, columns.separator))
                fields[meaning] = fields[meaning].joined(got) if meaning in fields else got
    ids, received_, retain_ = ([head[at] for head in heads] for at in range(3))
    yield Batch(file, rows, ids, received_, retain_, fields, notes)  # type: ignore[arg-type]


def _heads(part: pa.RecordBatch, names: Sequence[str]) -> list[Any]:
    return part.column(names[0]).to_pylist() if names else [None] * len(part)


_Place = tuple[str, list[int], str]


def _values(meaning: str, column: pa.Array, notes: list[Refused], place: _Place) -> Values:
    """Texts, numbers and lists of them column-wise; what is nested deeper one by one."""
    kind = column.type
    owner: Any = np.arange(len(column), dtype=np.int32)
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        owner = pc.list_parent_indices(column).to_numpy(zero_copy_only=False)
        column = pc.list_flatten(column)
        kind = column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or _numeric(kind)):
        return _one_by_one(meaning, column, owner, notes, place)
    text = column.cast(pa.string())
    short = pc.less_equal(pc.utf8_length(text), MOST_TEXT)
    for at in np.flatnonzero(~pc.fill_null(short, True).to_numpy(zero_copy_only=False)):
        row = place[1][int(owner[at])]
        notes.append(Refused(place[0], row, f"is longer than {MOST_TEXT:,} characters", meaning))
    text = pc.if_else(short, pc.utf8_trim_whitespace(text), pa.scalar(None, pa.string()))
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    return Values.of(owner, pa.array([""] * len(owner))).with_text(text)


def _numeric(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _one_by_one(
    meaning: str, column: pa.Array, owner: Any, notes: list[Refused], place: _Place
) -> Values:
    file, rows, separator = place
    owners: list[int] = []
    texts: list[str] = []
    at: list[int] = []
    for number, cell in zip(owner.tolist(), _plain(column), strict=True):
        if cell is None:
            continue
        try:
            for text, time in list(told(meaning, cell, separator)):
                owners.append(number)
                texts.append(text)
                at.append(NO_TIME if time is None else time)
        except (ValueError, TypeError) as error:
            reason = hushed(error) if isinstance(error, ValueError) else "is no text or number"
            notes.append(Refused(file, rows[number], reason, meaning))
    return Values.of(owners, texts, at)


def _plain(column: pa.Array) -> list[Any]:
    """Arrow's values as JSON has them: times as ISO 8601."""
    if pa.types.is_timestamp(column.type):
        return [None if each is None else each.isoformat() for each in column.to_pylist()]
    return [_iso(each) for each in column.to_pylist()]


def _iso(cell: Any) -> Any:
    if isinstance(cell, dict):
        return {name: _iso(each) for name, each in cell.items() if each is not None}
    if isinstance(cell, list):
        return [_iso(each) for each in cell]
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
