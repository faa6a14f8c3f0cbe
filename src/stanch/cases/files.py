"""Files of evidence: kept by what they hold, byte for byte, under a name that is only a label."""

import hashlib
import json
from typing import Final

from sqlalchemy import Connection, Insert, select
from sqlalchemy.dialects import postgresql, sqlite

from stanch.cases.cases import known
from stanch.cases.items import NewItem, add, seen, seen_by_id
from stanch.errors import InvariantError, NotFoundError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import typed
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.tables import case, case_item, file
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
    name = _label(name)
    sha256 = hashlib.sha256(content).hexdigest()
    tx.connection.execute(_written(tx.connection, sha256, content))
    body = {"name": name, "size": len(content), "sha256": sha256}
    return add(tx, caller, NewItem(new.case, "file", body, new.shared), file_hash=sha256)


def read(connection: Connection, caller: Caller, item: str) -> tuple[str, bytes]:
    """The name and the bytes of a file in a case. Raises NotFoundError, InvariantError where the
    bytes are no longer those that were kept.
    """
    require(caller, scope=Scope.READ)
    query = (
        select(case_item.c.body, file.c.sha256, file.c.content)
        .join(file, case_item.c.file == file.c.sha256)
        .where(seen_by_id(caller, known("file", item)))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no file {item}")
    content = bytes(row.content)
    body = json.loads(row.body)
    if not hashlib.sha256(content).hexdigest() == row.sha256 == body["sha256"]:
        raise InvariantError(f"the file of {item} is not the one that was kept: {body['sha256']}")
    return body["name"], content


def own(connection: Connection, caller: Caller, most: int) -> list[dict[str, str]]:
    """Files of the caller's own member, the newest first: item, name, title of the case."""
    require(caller, scope=Scope.READ)
    query = (
        select(case_item.c.id, case_item.c.body, case.c.title)
        .join(case, case_item.c.case == case.c.id)
        .where(case_item.c.kind == "file", case_item.c.owner == caller.member.id, seen(caller))
        .order_by(case_item.c.created.desc(), case_item.c.id)
        .limit(most)
    )
    return [
        {"id": row.id, "name": json.loads(row.body)["name"], "case": row.title}
        for row in connection.execute(query)
    ]


def _label(name: str) -> str:
    name = typed("name", name, _MAX_NAME)
    if "/" in name or "\\" in name or not name.strip("."):
        raise UsageError("name: is a path; give the name of the file alone")
    return name


def _written(connection: Connection, sha256: str, content: bytes) -> Insert:
    """Written anew where it is there already: by the time that it takes, nobody can tell whether
    another has handed in the same.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(file).values(sha256=sha256, size=len(content), content=content)
    same = {"size": new.excluded.size, "content": new.excluded.content}
    again: Insert = new.on_conflict_do_update(index_elements=[file.c.sha256], set_=same)
    return again
