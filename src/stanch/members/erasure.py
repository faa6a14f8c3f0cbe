"""Erase who a person was, once they have left: name, e-mail addresses and identity.

What they decided stays under their id, which says nothing of them; so does what they signed.
"""

from typing import Final

from sqlalchemy import delete, select, update

from stanch.errors import NotFoundError, RefusedError
from stanch.members.access.rights import require, require_session
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.erasure import forget
from stanch.store.desk.tables import mail, notice, person
from stanch.store.desk.transaction import Transaction

ERASED: Final = "(erased)"


def erase_person(tx: Transaction, caller: Caller | None, id: str) -> int:
    """Erase a person of the caller's member, who is let go already; returns how many texts of the
    log went. None is the desk itself.

    Raises ForbiddenError, NotFoundError, RefusedError while the person is active.
    """
    query = select(person.c.active).where(person.c.id == id)
    if caller is not None:
        require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
        require_session(caller)
        query = query.where(person.c.member == caller.member.id)
    active = tx.connection.execute(query).scalar_one_or_none()
    if active is None:
        raise NotFoundError(f"no person {id}")
    if active:
        raise RefusedError(f"{id} is active; deactivate them first")
    gone = forget(tx.connection, [id])
    for table in (mail, notice):
        tx.connection.execute(delete(table).where(table.c.person == id))
    nobody = {"name": ERASED, "email": None, "issuer": None, "subject": None}
    tx.connection.execute(update(person).where(person.c.id == id).values(nobody))
    tx.record(caller, "person.erased", id, {"texts": gone})
    return gone
