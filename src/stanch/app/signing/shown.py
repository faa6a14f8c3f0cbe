"""An order as a desk gives it, in words. Nothing is proved here: `verify` does that."""

from collections.abc import Callable
from typing import TypeVar

from stanch.app.signing.statements import order_words
from stanch.errors import SignatureError, UnreachableError
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import read_bundle
from stanch.formats.signed.order import read_order
from stanch.formats.signed.statement import statement_from
from stanch.model.desk.orders import Statement

_Read = TypeVar("_Read")


def asked(document: bytes) -> list[str]:
    """What an order says, one line a thing, as `stanch sign` shows it before it signs.

    `document` are the bytes whose hash is signed. Raises UnreachableError where they are no order.
    """
    return order_words(_read(read_order, document))


def hands(bundle: bytes) -> list[Statement]:
    """What people signed about an order, in the order in which the desk took it.

    `bundle` is what `stanch verify` reads. Raises UnreachableError where it is none.
    """

    def claimed(data: bytes) -> list[Statement]:
        return [statement_from(jws.read(text).payload) for text in read_bundle(data).statements]

    return _read(claimed, bundle)


def _read(reader: Callable[[bytes], _Read], data: bytes) -> _Read:
    try:
        return reader(data)
    except SignatureError as error:
        raise UnreachableError(f"the desk's answer is no order: {error}") from None
