"""All rows of a desk's database as JSON lines, and back into an empty one, on either engine."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select, text, update

from stanch.errors import RefusedError
from stanch.store.desk.archive import Part
from stanch.store.desk.tables import METADATA, file, log_head, session

# Who was signed in is no evidence, and what has ended must not hold again: all sign in anew.
TABLES: Final = tuple(table for table in METADATA.sorted_tables if table is not session)
_ROWS: Final = 1000  # in memory at once, of tables with small rows
_SUFFIX: Final = ".jsonl"


def part_of(table: Table) -> str:
    """The name of the part that holds a table."""
    return f"{table.name}{_SUFFIX}"


def write(connection: Connection, table: Table, stream: BinaryIO) -> Part:
    """Write the rows of a table, by primary key."""
    known, rows, size = hashlib.sha256(), 0, 0
    query = select(table).order_by(*table.primary_key)
    options = {"yield_per": 1 if table is file else _ROWS}
    for row in connection.execution_options(**options).execute(query).mappings():
        line = _line(row)
        stream.write(line)
        known.update(line)
        rows, size = rows + 1, size + len(line)
    return Part(part_of(table), rows, size, known.hexdigest())


def load(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Insert the rows of a table; returns how many. The caller holds the lock of the log.

    Raises ValueError for a line that is no row.
    """
    turned = [fk.parent.name for fk in table.foreign_keys if fk.column.table is table]
    later: list[Mapping[str, Any]] = []
    rows = 0
    for batch in _batches(table, lines):
        rows += len(batch)
        later += [row for row in batch if any(row[name] is not None for name in turned)]
        new = [{**row, **dict.fromkeys(turned)} for row in batch]
        if table is log_head:  # locked by who loads: it stays where it is, and only grows
            connection.execute(update(log_head).values(new[0]))
        else:
            connection.execute(insert(table), new)
    for row in later:  # a row may name one that comes after it
        own = [column == row[column.name] for column in table.primary_key]
        named = {name: row[name] for name in turned}
        connection.execute(update(table).where(*own).values(named))
    _count_on(connection, table)
    return rows


def clear_way(connection: Connection) -> None:
    """Pass a database that has the schema and nothing in it. Raises RefusedError for any other."""
    for table in METADATA.sorted_tables:
        rows = select(func.count()).select_from(table)
        if table is log_head:
            rows = rows.where(log_head.c.size > 0)
        if connection.execute(rows).scalar_one():
            raise RefusedError(f"the database is not empty: {table.name} has rows")


def _line(row: Mapping[Any, Any]) -> bytes:
    said = {name: _spelled(value) for name, value in row.items()}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _spelled(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value


def _batches(table: Table, lines: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    most = 1 if table is file else _ROWS
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append(_row(table, line))
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def _row(table: Table, line: bytes) -> dict[str, Any]:
    said = json.loads(line)
    if not isinstance(said, dict) or said.keys() != set(table.columns.keys()):
        raise ValueError(f"a row of {table.name} has other columns")
    for column in table.columns:
        if isinstance(column.type, LargeBinary) and said[column.name] is not None:
            said[column.name] = base64.b64decode(said[column.name], validate=True)
    return said


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows by a counter of its own, which inserted numbers do not move."""
    counted = table.autoincrement_column
    if counted is None or connection.dialect.name != "postgresql":
        return
    last = connection.execute(select(func.max(counted))).scalar_one()
    if last is not None:
        sequence = text("select setval(pg_get_serial_sequence(:table, :column), :last)")
        named = {"table": table.name, "column": counted.name, "last": last}
        connection.execute(sequence, named)
