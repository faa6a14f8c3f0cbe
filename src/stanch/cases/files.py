"""Files of evidence: kept by what they hold, byte for byte, under a name that is only a label."""

import hashlib
import json
from typing import Final

from sqlalchemy import Connection, insert, select

from stanch.cases.items import NewItem, add, seen
from stanch.errors import InvariantError, NotFoundError, UsageError
from stanch.members.words import typed
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import case_item, file
from stanch.store.desk.transaction import Transaction

LARGEST: Final = 25 * 2**20  # bytes
_MAX_NAME: Final = 120


def keep(tx: Transaction, caller: Caller, new: NewItem, name: str, content: bytes) -> str:
    """Keep a file in a case; returns the item's id. The same bytes twice are kept once.

    `name` is what people call it; it is no path and is never used as one.
    Raises as `items.add`, UsageError for a file that is empty or too large.
    """
    if not 0 < len(content) <= LARGEST:
        raise UsageError(f"file: from 1 byte to {LARGEST // 2**20} MiB")
    name = typed("name", name, _MAX_NAME)
    sha256 = hashlib.sha256(content).hexdigest()
    there = select(file.c.sha256).where(file.c.sha256 == sha256)
    if tx.connection.execute(there).first() is None:
        row = {"sha256": sha256, "size": len(content), "content": content}
        tx.connection.execute(insert(file).values(row))
    body = {"name": name, "size": len(content), "sha256": sha256}
    return add(tx, caller, NewItem(new.case, "file", body, new.shared), file_hash=sha256)


def read(connection: Connection, caller: Caller, item: str) -> tuple[str, bytes]:
    """The name and the bytes of a file in a case. Raises NotFoundError, InvariantError where the
    bytes are no longer those that were kept.
    """
    query = (
        select(case_item.c.body, file.c.sha256, file.c.content)
        .join(file, case_item.c.file == file.c.sha256)
        .where(case_item.c.id == item, seen(caller))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no file {item}")
    content = bytes(row.content)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise InvariantError(f"the file of {item} is not the one that was kept: {row.sha256}")
    return json.loads(row.body)["name"], content
