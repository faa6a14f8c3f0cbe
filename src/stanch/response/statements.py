"""Signed statements about orders: verified, kept, and what the rules make of them; and time.

Any person of a government that sees an order may hand a statement in: who signed it is under the
signature. The same statement twice is one.
"""

import json
from itertools import product
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, or_, select

from stanch.errors import RefusedError, SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import Bundle, statement_digest
from stanch.formats.signed.chain import Chain
from stanch.formats.signed.log_proof import ACCEPTED, TAKEN, proof_document
from stanch.formats.signed.members import dropped
from stanch.formats.signed.verdict import check_statement
from stanch.members import directory
from stanch.members.access.rights import require
from stanch.model.desk.orders import OrderKind, Said, Statement
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.states import OrderState
from stanch.response import basis, deliveries, feed
from stanch.response.basis import NOT_COUNTED, Counts, Looking, check_basis
from stanch.response.history import signed_of, standing_of, texts
from stanch.response.newest import check_now
from stanch.response.notebook import keep
from stanch.response.orders import order_of
from stanch.response.rules import lifecycle
from stanch.response.rules.consequences import Consequence
from stanch.response.rules.emergency import Used
from stanch.response.rules.standing import Revoked, Standing, known
from stanch.response.seen import found, found_by_government
from stanch.store.desk import log
from stanch.store.desk.tables import log as log_table
from stanch.store.desk.tables import order, person, statement, target
from stanch.store.desk.transaction import Transaction, moment, stamp

OPEN: Final = (OrderState.PROPOSED, OrderState.IN_FORCE)


def take(
    tx: Transaction, caller: Caller, order_id: str, text: str, counts: Counts = NOT_COUNTED
) -> tuple[Consequence, ...]:
    """Take a signed statement (JWS); returns what followed, nothing for one taken before.
    `counts` is what `counted` gave before the transaction.

    Call `pass_time` in a transaction before: what time did must not be lost with a refusal.
    Raises ForbiddenError, NotFoundError, SignatureError where the signature does not hold now,
    RefusedError where the rules do not allow it, or an order is proposed that rests on what its
    authority cannot open.
    """
    require(caller, scope=Scope.ORDERS)
    row = found_by_government(tx.connection, caller, order_id)
    digest = statement_digest(text)
    taken = (statement.c.digest == digest, statement.c.order == row.id)
    if tx.connection.execute(select(statement.c.order).where(*taken)).first():
        return ()
    chain = _chain(tx.connection)
    made = order_of(row)
    said = check_statement(text, made, chain)
    check_now(chain.newest, jws.read(text).kid, said, made, tx.at)
    _check_active(tx.connection, said)
    signed = signed_of(text, tx.at, chain)
    before = standing_of(tx.connection, row, chain)
    if known(before, signed):  # the same words under another signature, which its signer can make
        return ()
    if said.said is Said.PROPOSE:
        now = lifecycle.propose(before, signed, _used_up(tx))
        check_basis(tx.connection, made, _looking(caller, said), counts)
    else:
        now = lifecycle.hear(before, signed)
    _keep(tx, caller, now[0], (digest, text))
    keep(tx, caller, row, now)
    return now[1]


def counted(connection: Connection, caller: Caller, order_id: str) -> Counts:
    """The rows of the files on which a draft rests, which its proposal will ask for; nothing of an
    order that was signed. Raises NotFoundError.
    """
    row = found(connection, caller, order_id)
    return basis.counted(connection, order_of(row)) if row.state == OrderState.DRAFT else {}


def pass_time(tx: Transaction, only: str | None = None) -> int:
    """Let what is due take effect, of all orders or of one; how many orders changed."""
    due = or_(order.c.expires <= tx.at, order.c.lapses <= tx.at, order.c.release_due <= tx.at)
    query = select(order).where(order.c.state.in_([each.value for each in OPEN]), due)
    if only is not None:
        query = query.where(order.c.id == only)
    changed, rows = 0, tx.connection.execute(query.order_by(order.c.id)).all()
    chains = [_chain(tx.connection)] if rows else []  # walked once, and only for somebody
    for row, chain in product(rows, chains):
        standing = standing_of(tx.connection, row, chain)
        now = lifecycle.pass_time(standing, moment(tx.at))
        if now[1]:
            keep(tx, None, row, now)
            changed += 1
    return changed + deliveries.pass_deadlines(tx, lambda late: _late(tx, late))


def revoke(tx: Transaction) -> int:
    """A directory was just accepted: hands of keys that it dropped count no more; how many orders.

    In the same transaction as the directory, so that nobody uses such a key in between.
    """
    stored = directory.since(tx.connection)
    if len(stored) < 2:
        return 0
    old, new = (each.read().directory for each in stored[-2:])
    here = select(log_table.c.n).where(log_table.c.subject == stored[-1].hash)
    place = tx.connection.execute(here).scalars().one()
    chain, changed = _chain(tx.connection), 0
    query = select(order).where(order.c.state.in_([each.value for each in OPEN]))
    for row in tx.connection.execute(query).all():
        if not (kids := dropped(old, new, order_of(row))):
            continue
        before = standing_of(tx.connection, row, chain, before=place)
        now = lifecycle.revoke(before, Revoked(kids, moment(stored[-1].created)))
        if now[1]:
            keep(tx, None, row, now)
            changed += 1
    return changed


def bundle(connection: Connection, caller: Caller, order_id: str) -> Bundle:
    """An order with all that proves it to the holder of a pin, offline. Raises NotFoundError."""
    row = found(connection, caller, order_id)
    signed, made = texts(connection, order_id), order_of(row)
    stored = directory.since(connection)
    since = next(n for n, each in enumerate(stored, 1) if each.hash == made.directory)
    subjects = [(TAKEN, statement_digest(text)) for text in signed]
    subjects += [(ACCEPTED, each.hash) for each in stored[since:]]
    size, entries = log.size(connection), []
    for verb, subject in subjects:
        here = (log_table.c.subject == subject, log_table.c.verb == verb)
        n = connection.execute(select(log_table.c.n).where(*here)).scalar_one()
        (entry,) = log.entries(connection, n - 1, 1)
        entries.append((json.loads(entry.line()), log.inclusion(connection, n, size)))
    head = log.last_head(connection)
    proof = proof_document(entries) if head else None
    return Bundle(made, tuple(signed), tuple(each.read() for each in stored), head, proof)


def _chain(connection: Connection) -> Chain:
    chain = directory.chain(connection)
    if chain is None:
        raise RefusedError("there is no directory of keys yet, and so nobody who could sign")
    return chain


def _looking(caller: Caller, said: Statement) -> Looking:
    """Who opens the basis for the authority: its approver, and its person who hands it in."""
    also = (caller.person,) if caller.member.id == said.member else ()
    return Looking(said.member, (said.person, *also))


def _check_active(connection: Connection, said: Statement) -> None:
    """Whose account or role was taken away here signs no more, before any directory says so."""
    here = (person.c.id == said.person, person.c.member == said.member, person.c.active)
    roles = connection.execute(select(person.c.roles).where(*here)).scalar()
    if roles is None or Role.APPROVER not in roles.split():
        raise SignatureError(f"{said.person} is no active person of {said.member}, or no approver")


def _used_up(tx: Transaction) -> list[Used]:
    """The accounts of emergency holds that began and never had their concurrence, and which of
    them are over by now, though nobody may have written that down yet.
    """
    over = or_(
        order.c.state != OrderState.IN_FORCE.value,
        order.c.lapses <= tx.at,
        target.c.ended.is_not(None),
    )
    query = select(target.c.account, func.coalesce(over, False)).join(order)
    spent = (
        order.c.kind == OrderKind.EMERGENCY.value,
        order.c.in_force.is_not(None),
        order.c.confirmed.is_(None),
    )
    return [
        Used(account, bool(gone)) for account, gone in tx.connection.execute(query.where(*spent))
    ]


def _keep(tx: Transaction, caller: Caller, standing: Standing, what: tuple[str, str]) -> None:
    digest, text = what
    taken = standing.statements[-1]
    said = taken.statement
    row = {"order": said.order, "said": said.said.value, "member": said.member,
           "person": said.person, "kid": jws.read(text).kid}  # fmt: skip
    created = stamp(taken.heard)
    kept = {"digest": digest, "jws": text, "created": created, **row}
    tx.connection.execute(insert(statement).values(**kept))
    tx.record(caller, TAKEN, digest, row)


def _late(tx: Transaction, row: Row[Any]) -> None:
    said = {"delivery": row.id, "member": row.member, "due": row.due}
    tx.record(None, "delivery.late", row.order, said)
    feed.tell_owner(tx, row.order, "delivery.late", said)
