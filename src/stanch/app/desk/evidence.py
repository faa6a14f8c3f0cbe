"""Evidence that leaves a desk: what of a case may go, and the log's word on what people signed."""

import json
from typing import Any

from sqlalchemy import select

from stanch.app.desk.desk import Desk
from stanch.cases import bundles, cases
from stanch.errors import RefusedError, SignatureError
from stanch.formats.evidence.custody import CUSTODY, Act, entry_from
from stanch.formats.evidence.held_case import CASE, LOG
from stanch.formats.evidence.stamp import stamp_document
from stanch.formats.evidence.statement import EVIDENCE, evidence_from
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import version_document
from stanch.formats.signed.canonical import digest
from stanch.formats.signed.signer import signer
from stanch.members import directory
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk import log
from stanch.store.desk.tables import log as log_table
from stanch.store.desk.transaction import Transaction


def material(desk: Desk, caller: Caller, case: str, to: str) -> dict[str, Any]:
    """What of a case may go to a member, the log's entries about it, and the directory.

    Raises ForbiddenError, NotFoundError, RefusedError, UsageError.
    """
    with desk.database.read() as connection:
        found = bundles.material(connection, caller, case, to)
        versions = [version_document(each.read()) for each in directory.since(connection)]
    said = {"format": CASE, "case": found.case, "items": found.items,
            "judgements": found.judgements}  # fmt: skip
    proof = {"format": LOG, "head": found.head, "entries": found.entries}
    return {"desk": desk.id, "case": said, "log": proof, "directory": versions,
            "left_out": found.left_out}  # fmt: skip


def stamp(desk: Desk, caller: Caller, text: str) -> dict[str, Any]:
    """Log that somebody of the caller's member signed evidence, or an entry of custody; returns the
    log's proof of it. The same text twice is one entry.

    Raises ForbiddenError, NotFoundError for a case that the caller may not see, SignatureError,
    RefusedError where the desk has no directory yet.
    """
    require(caller, Role.ANALYST, Role.APPROVER, scope=Scope.CASES)
    name = digest(text.encode())
    with desk.database.write() as tx:
        verb = _verb(tx, caller, text)
        here = (log_table.c.subject == name, log_table.c.verb == verb)
        if tx.connection.execute(select(log_table.c.n).where(*here)).first() is None:
            tx.record(caller, verb, name, {})
    with desk.database.read() as connection:
        n = connection.execute(select(log_table.c.n).where(*here).limit(1)).scalar_one()
        (row,) = log.entries(connection, n - 1, 1)
        head, path = log.last_head(connection), log.inclusion(connection, n)
    assert head is not None  # it was written with the entry
    return stamp_document(head, json.loads(row.line()), path)


def _verb(tx: Transaction, caller: Caller, text: str) -> str:
    """As what a signed text is logged, once its signature holds here and now."""
    chain = directory.chain(tx.connection)
    if chain is None:
        raise RefusedError("there is no directory of keys yet, and so nobody who could sign")
    claimed = jws.read(text)
    who, public = signer(chain.newest, claimed.kid, tx.at)
    if claimed.typ == EVIDENCE:
        evidence = evidence_from(jws.verify(text, EVIDENCE, public))
        cases.one(tx.connection, caller, evidence.case)
        desk, member, verb = evidence.desk, evidence.member, "evidence.signed"
    else:
        entry = entry_from(jws.verify(text, CUSTODY, public))
        handed = entry.act is Act.HANDED
        desk, member = entry.desk, entry.by
        verb = "evidence.handed" if handed else "evidence.received"
    if desk != chain.newest.desk:
        raise SignatureError(f"it says that it was signed at {desk}, and this is another desk")
    if not who == member == caller.member.id:
        raise SignatureError(f"it is of {member}, signed for {who}; each hands in its own member's")
    return verb
