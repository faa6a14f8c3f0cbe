"""The whole log as one file, for somebody who has nothing of Stanch: docs/verify_log.py checks it.

JSON lines. First the entries, `{"entry":ROW,"leaf":"HEX"}`, where ROW is the very text whose leaf
is hashed; then the signed heads, `{"head":"JWS"}`; last the desk,
`{"desk":"ID","format":"stanch-log@1","key":"PUBLIC KEY"}`.
"""

import json
from dataclasses import asdict
from typing import BinaryIO, Final

from sqlalchemy import Connection, select

from stanch.errors import InvariantError
from stanch.model.desk.canonical import canonical
from stanch.model.desk.log_row import Row
from stanch.store.desk import log
from stanch.store.desk.log_walk import RUN, runs
from stanch.store.desk.tables import desk

FORMAT: Final = "stanch-log@1"


def export(connection: Connection, stream: BinaryIO) -> int:
    """Write the log as it now stands; returns how many entries. Raises InvariantError without desk.

    An entry that was tampered with is written as it is found, for the reader to find too.
    """
    named = connection.execute(select(desk.c.id, desk.c.key)).one_or_none()
    if named is None:
        raise InvariantError("table desk has no row: an export must name its desk")
    total = log.size(connection)
    for run in runs(connection, total):
        for n in sorted(run.rows):
            row, leaf = run.rows[n]
            kept = bytes(leaf).hex() if isinstance(leaf, bytes | memoryview) else ""
            stream.write(b'{"entry":%b,"leaf":"%b"}\n' % (_line(row), kept.encode()))
    _heads(connection, total, stream)
    last = {"desk": named.id, "format": FORMAT, "key": named.key}
    stream.write(canonical(last) + b"\n")
    return total


def _line(row: Row) -> bytes:
    try:
        return row.line()
    except (ValueError, TypeError, AttributeError):
        return json.dumps(asdict(row), default=str, sort_keys=True, separators=(",", ":")).encode()


def _heads(connection: Connection, total: int, stream: BinaryIO) -> None:
    after = 0
    while signed := [head for head in log.heads(connection, after, RUN) if head[0] <= total]:
        for after, jws in signed:  # noqa: B007 - the last one is where the next look begins
            stream.write(canonical({"head": jws}) + b"\n")
