"""An order with all that was signed about it: whoever holds the pin can verify it, with no network.

`head` and `proof` (a signed tree head, and an inclusion proof as JSON) are carried as they are;
their reader is the log's. What the log proves comes back as `logged`: for the `statement_digest`
of a JWS the time of its entry. A statement counts from the later of its own time and the logged
one. A statement under a key that a later directory dropped counts only if logged before that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.canonical import canonical, digest, parse
from stanch.formats.signed.chain import walk_chain
from stanch.formats.signed.directory import directory_document, directory_from
from stanch.formats.signed.fields import Fields, moment
from stanch.formats.signed.order import order_document, order_from
from stanch.formats.signed.tally import Tally, tally
from stanch.formats.signed.verdict import Checked, examine
from stanch.model.desk.directory import Directory, Version
from stanch.model.desk.orders import Order, Statement

TYPE: Final = "stanch-bundle@1"
MAX_BUNDLE: Final = 32 << 20  # bytes
MAX_STATEMENTS: Final = 1000
MAX_VERSIONS: Final = 10_000
NOTHING_LOGGED: Final[Mapping[str, str]] = MappingProxyType({})

_KEYS: Final = ("type", "order", "statements", "directories", "head", "proof")


@dataclass(frozen=True, slots=True)
class Bundle:
    """An order, its statements (JWS), and the directory's versions from the pinned one on."""

    order: Order
    statements: tuple[str, ...]
    directories: tuple[Version, ...]
    head: str | None = None
    proof: object = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a bundle proves. `unproven` hold but for the doubt in their key: they do not count."""

    order: Order
    directory: Directory
    statements: tuple[Statement, ...]
    unproven: tuple[Statement, ...]
    tally: Tally

    def holds(self, account: str, at: str) -> bool:
        """Whether the order holds an account at a time."""
        return self.tally.holds(self.order, account, at)


def statement_digest(text: str) -> str:
    """The hash by which the log knows a statement: of the JWS as it stands."""
    return digest(text.encode())


def verify_bundle(bundle: Bundle, pin: str, logged: Mapping[str, str] = NOTHING_LOGGED) -> Verified:
    """What the bundle proves to the holder of a pin. Raises SignatureError if a part is false."""
    chain = walk_chain(pin, bundle.directories)
    chain.place(bundle.order.directory)
    if bundle.order.desk != chain.newest.desk:
        raise SignatureError("the order is of another desk than the directory")
    counted: list[tuple[datetime, Statement]] = []
    unproven: list[Statement] = []
    for text in dict.fromkeys(bundle.statements):
        checked = examine(text, bundle.order, chain)
        when = _when(checked, logged.get(statement_digest(text)))
        if when is None:
            unproven.append(checked.statement)
        else:
            counted.append((when, checked.statement))
    statements = tuple(each for _, each in counted)
    result = tally(bundle.order, counted)
    return Verified(bundle.order, chain.newest, statements, tuple(unproven), result)


def _when(checked: Checked, logged: str | None) -> datetime | None:
    said = moment(checked.statement.at)
    if logged is not None:
        said = max(said, moment(logged))
    if checked.doubted is None:
        return said
    return said if logged is not None and moment(logged) < moment(checked.doubted) else None


def write_bundle(bundle: Bundle) -> bytes:
    """Canonical JSON. Raises SignatureError."""
    return canonical(bundle_document(bundle))


def read_bundle(data: bytes) -> Bundle:
    """Read what `write_bundle` wrote, of up to MAX_BUNDLE bytes. Raises SignatureError."""
    return bundle_from(parse(data, MAX_BUNDLE))


def bundle_document(bundle: Bundle) -> dict[str, object]:
    """The bundle as JSON. Raises SignatureError."""
    return {
        "type": TYPE,
        "order": order_document(bundle.order),
        "statements": list(bundle.statements),
        "directories": [version_document(each) for each in bundle.directories],
        "head": bundle.head,
        "proof": bundle.proof,
    }


def bundle_from(value: object) -> Bundle:
    """The bundle in JSON: its form alone; `verify_bundle` says what it proves."""
    fields = Fields(value, "bundle", *_KEYS)
    if fields.raw("type") != TYPE:
        raise SignatureError(f"is no {TYPE}")
    head = fields.raw("head")
    if head is not None and not isinstance(head, str):
        raise fields.fail("head", "is no text")
    return Bundle(
        order=order_from(fields.raw("order")),
        statements=fields.texts("statements", MAX_STATEMENTS),
        directories=tuple(map(version_from, fields.parts("directories", MAX_VERSIONS))),
        head=head,
        proof=fields.raw("proof"),
    )


def version_document(version: Version) -> dict[str, object]:
    """A directory with its signatures as JSON. Raises SignatureError."""
    return {
        "directory": directory_document(version.directory),
        "signatures": list(version.signatures),
    }


def version_from(value: object) -> Version:
    """The directory and signatures in JSON: its form alone; `chain` says what it is worth."""
    fields = Fields(value, "version", "directory", "signatures")
    return Version(directory_from(fields.raw("directory")), fields.texts("signatures", 100))
