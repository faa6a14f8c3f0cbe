"""Parties in Parquet: columns named as `columns` says, of text, numbers, dates or lists of them."""

import datetime
from collections.abc import Iterator
from math import isnan
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from stanch.formats.subjects import columns
from stanch.formats.subjects.record import Reader, RefusedSubject
from stanch.model.hits import Subject

MAX_COLUMNS: Final = 2_000
_BATCH: Final = 1024  # rows


def parse(stream: BinaryIO, reader: Reader) -> Iterator[Subject | RefusedSubject]:
    """Subjects of a file; rows count from 1.

    Raises ValueError with a short reason where it is no Parquet file or has no usable column.
    """
    try:
        file = pq.ParquetFile(stream)
        titles = file.schema_arrow.names
        if len(titles) > MAX_COLUMNS:
            raise ValueError(f"has more than {MAX_COLUMNS:,} columns")
        if not any(map(columns.meaning, titles)):
            raise ValueError("has no column with a name (name, query, full_name) or an identifier")
        number = 0
        for batch in file.iter_batches(_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield reader.subject(
                    number, [(title, _texts(value)) for title, value in row.items()]
                )
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0][:200]
        raise ValueError(f"is no Parquet that can be read: {reason}") from None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list | tuple) else (_text(value),)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return "" if isnan(value) else str(int(value) if value.is_integer() else value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)
