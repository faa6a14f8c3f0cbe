"""A statement about an order, `stanch-statement@1`: propose, concur, release or refuse.

Desk, order, its hash and version, and the directory's hash stand under the signature, so that a
statement means nothing anywhere else. Who may say what is checked in `verdict`.
"""

from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.accounts import account
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.order import MAX_TARGETS
from stanch.model.desk.orders import Said, Statement

_KEYS: Final = (
    *("said", "desk", "order", "order_hash", "version", "directory", "member", "person", "at"),
    *("reason", "targets"),
)
_REASONED: Final = (Said.RELEASE, Said.REFUSE)


def statement_document(statement: Statement) -> dict[str, object]:
    """What is signed. Raises SignatureError where `statement_from` would refuse it."""
    document: dict[str, object] = {
        "said": statement.said.value,
        "desk": statement.desk,
        "order": statement.order,
        "order_hash": statement.order_hash,
        "version": statement.version,
        "directory": statement.directory,
        "member": statement.member,
        "person": statement.person,
        "at": statement.at,
        "reason": statement.reason,
        "targets": list(statement.targets),
    }
    if statement_from(document) != statement:
        raise SignatureError("the statement holds what its document cannot say")
    return document


def sign_statement(key: PrivateKey, statement: Statement) -> str:
    """The statement as a JWS of the approver's key. Raises SignatureError."""
    return jws.sign(key, jws.STATEMENT, statement_document(statement))


def statement_from(payload: object) -> Statement:
    """The statement in a payload, whose signature is another question. Raises SignatureError."""
    fields = Fields(payload, "statement", *_KEYS)
    said = fields.word("said", Said)
    statement = Statement(
        said=said,
        desk=fields.id("desk"),
        order=fields.id("order"),
        order_hash=fields.digest("order_hash"),
        version=fields.number("version", 1, 1_000_000),
        directory=fields.digest("directory"),
        member=fields.id("member"),
        person=fields.id("person"),
        at=fields.time("at"),
        reason=fields.text("reason", least=int(said in _REASONED)),
        targets=tuple(map(account, fields.texts("targets", MAX_TARGETS))),
    )
    if statement.reason and said not in _REASONED:
        raise fields.fail("reason", "is given with releases and refusals only")
    if statement.targets and said is not Said.RELEASE:
        raise fields.fail("targets", "are named in releases only")
    return statement
