"""Personas at the desk: results handed in, the queue, readings and decisions, and what follows.

Each use case is one transaction: a confirmation opens its case in the same, and a decision that is
taken back ends what was shared of it.
"""

from collections.abc import Mapping
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.cases.personas import erasure, indicators, opening, queue, reading, results
from stanch.cases.personas.indicators import NewIndicators
from stanch.cases.personas.reading import Said
from stanch.errors import InputError
from stanch.formats.persona_result import document, folder
from stanch.formats.persona_result.document import Result
from stanch.model.desk.people import Caller
from stanch.model.desk.persona_review import State
from stanch.sharing.shares import keeping
from stanch.store.desk.page import Asked, Page
from stanch.store.desk.transaction import Transaction

_BACK = "the decision was taken back"
_ERASED = "a record of it was erased"


def submit(desk: Desk, caller: Caller, title: str, content: bytes) -> dict[str, Any]:
    """Hand in a result as a document of JSON (`stanch-persona-result@1`); returns its id and how
    many clusters were queued. Raises ForbiddenError, InputError, UsageError: nothing is kept then.
    """
    try:
        found = document.parse(content)
    except ValueError as error:
        raise InputError("result", str(error)) from None
    return _submit(desk, caller, title, found)


def submit_files(
    desk: Desk, caller: Caller, title: str, files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The same, as the files that `stanch personas link` wrote, by their names."""
    try:
        found = folder.read(files)
    except ValueError as error:
        raise InputError("result", str(error)) from None
    return _submit(desk, caller, title, found)


def _submit(desk: Desk, caller: Caller, title: str, found: Result) -> dict[str, Any]:
    with desk.database.write() as tx:
        return results.submit(tx, caller, title, found)


def listed_results(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Results that the caller may see."""
    with desk.database.read() as connection:
        return results.listed(connection, caller, asked)


def result(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A result. Raises NotFoundError."""
    with desk.database.read() as connection:
        return results.one(connection, caller, id)


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Questions that the caller may see, the first by priority where asked so."""
    with desk.database.read() as connection:
        return queue.listed(connection, caller, asked)


def counted(desk: Desk, caller: Caller) -> dict[str, int]:
    """How many there are in each state."""
    with desk.database.read() as connection:
        return queue.counted(connection, caller)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A question with what ties its records and what people said. Raises NotFoundError."""
    with desk.database.read() as connection:
        found = queue.one(connection, caller, id)
        return {**found, "indicators": indicators.offers(connection, [id])}


def read(desk: Desk, caller: Caller, id: str, said: Said) -> dict[str, str]:
    """Say what a reader holds; returns the state that follows. Raises as `reading.read`."""
    with desk.database.write() as tx:
        return {"state": reading.read(tx, caller, id, said)}


def decide(desk: Desk, caller: Caller, id: str, said: Said) -> dict[str, Any]:
    """Decide; a confirmation opens a case. Returns the state, and the case with the wallets that
    could not be tagged. Raises as `reading.decide`.
    """
    with desk.database.write() as tx:
        state = reading.decide(tx, caller, id, said)
        opened = opening.open_for(tx, caller, id) if state == State.CONFIRMED else {}
        return {"state": state, "case": None, "untagged": [], **opened}


def take_back(desk: Desk, caller: Caller, id: str, reason: str) -> dict[str, Any]:
    """Take a decision back: what was shared of it ends, and the case says so. Returns the state
    and the offers that were taken away. Raises as `reading.take_back`.
    """
    with desk.database.write() as tx:
        state = reading.take_back(tx, caller, id, reason)
        opening.say_taken_back(tx, caller, id)
        gone = indicators.offers(tx.connection, [id])
        _end(tx, caller, gone, _BACK)
        indicators.withdraw(tx, caller, gone)
        return {"state": state, "indicators": gone}


def offer(desk: Desk, caller: Caller, new: NewIndicators) -> str:
    """Offer a confirmed operator's identifiers under a group's key; returns the id by which they
    are shared into a collection. Raises as `indicators.offer`.
    """
    with desk.database.write() as tx:
        return indicators.offer(tx, caller, new)


def listed_indicators(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Offers that the caller may see, of other members too."""
    with desk.database.read() as connection:
        return indicators.listed(connection, caller, asked)


def offered(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """One offer. Raises NotFoundError."""
    with desk.database.read() as connection:
        return indicators.one(connection, caller, id)


def erase(desk: Desk, caller: Caller, record: str) -> dict[str, Any]:
    """Forget a record in all clusters of the caller's member; what was shared of them ends. Raises
    ForbiddenError, NotFoundError.
    """
    with desk.database.write() as tx:
        ids = [row["id"] for row in erasure.holding(tx, caller, record)]
        _end(tx, caller, indicators.offers(tx.connection, ids), _ERASED)
        return erasure.erase_record(tx, caller, record)


def _end(tx: Transaction, caller: Caller, offers: list[str], why: str) -> None:
    for each in keeping.active_of(tx, offers):
        keeping.close(tx, caller, each, why)
