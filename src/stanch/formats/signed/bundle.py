"""An order with all that was signed about it: whoever holds the pin can verify it, with no network.

`head` and `proof` (a signed tree head, and an inclusion proof as JSON) are carried as they are;
their reader is the log's. What the log proves comes back as `logged`: for the `statement_digest`
of a JWS, and for the hash of a directory, the place and time of its entry. Then times are the
log's and a statement that is not in it counts for nothing; without a log they are the signers'. A
statement under a key that a later directory dropped counts only if logged before that, and one
under a certificate that ran out only if logged before it did.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.canonical import canonical, digest, parse
from stanch.formats.signed.chain import Chain, walk_chain
from stanch.formats.signed.course import Fallen, Heard
from stanch.formats.signed.directory import directory_document, directory_from
from stanch.formats.signed.fields import Fields, moment
from stanch.formats.signed.hands import check_strict
from stanch.formats.signed.members import dropped
from stanch.formats.signed.order import check_expiry, order_document, order_from
from stanch.formats.signed.tally import Tally, tally
from stanch.formats.signed.verdict import CLOCKS_DIFFER, GOOD_FOR, Checked, examine
from stanch.model.desk.directory import Directory, Version
from stanch.model.desk.orders import Order, Statement

TYPE: Final = "stanch-bundle@1"
MAX_BUNDLE: Final = 32 << 20  # bytes
MAX_STATEMENTS: Final = 1000
MAX_VERSIONS: Final = 10_000

_KEYS: Final = ("type", "order", "statements", "directories", "head", "proof")


@dataclass(frozen=True, slots=True)
class Logged:
    """Where in the desk's log something stands, and the time of that entry."""

    place: int
    at: str


NOTHING_LOGGED: Final[Mapping[str, Logged]] = MappingProxyType({})


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
    """What a bundle proves. `unproven` hold, but not that they were said in time: they do not
    count.
    """

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


def verify_bundle(
    bundle: Bundle, pin: str, logged: Mapping[str, Logged] = NOTHING_LOGGED
) -> Verified:
    """What the bundle proves to the holder of a pin. Raises SignatureError if a part is false."""
    chain = walk_chain(pin, bundle.directories)
    check_expiry(bundle.order)
    check_strict(bundle.order, chain.versions[chain.place(bundle.order.directory)])
    if bundle.order.desk != chain.newest.desk:
        raise SignatureError("the order is of another desk than the directory")
    accepted = {name: logged[name].at for name in chain.hashes if name in logged}
    counted: list[_Placed] = []
    unproven: list[Statement] = []
    for text in dict.fromkeys(bundle.statements):
        checked = examine(text, bundle.order, chain, accepted)
        entry = logged.get(statement_digest(text))
        if (not logged or entry is not None) and _in_time(checked, entry):
            at, place = (entry.at, entry.place) if entry else (checked.statement.at, 0)
            counted.append(_Placed(place, Heard(moment(at), checked.statement, checked.kid)))
        else:
            unproven.append(checked.statement)
    if any(one.place > two.place for one, two in pairwise(counted)):
        raise SignatureError("the statements are not in the order of the log")
    statements = tuple(each.what.statement for each in counted if isinstance(each.what, Heard))
    happened = _merged(counted, _fallen(bundle.order, chain, logged))
    result = tally(bundle.order, happened)
    return Verified(bundle.order, chain.newest, statements, tuple(unproven), result)


def _in_time(checked: Checked, entry: Logged | None) -> bool:
    """Whether a desk may have taken the statement when its log says it did."""
    if entry is None:
        return checked.doubted is None
    said, at = moment(checked.statement.at), moment(entry.at)
    living = at < moment(checked.until) and (
        checked.doubted is None or at < moment(checked.doubted)
    )
    return living and at - GOOD_FOR <= said <= at + CLOCKS_DIFFER


@dataclass(frozen=True, slots=True)
class _Placed:
    """Something that happened, and its place in the log; 0 where that is not known."""

    place: int
    what: Heard | Fallen


def _fallen(order: Order, chain: Chain, logged: Mapping[str, Logged]) -> list[_Placed]:
    """The keys that each directory after the order's dropped."""
    found = []
    for n in range(chain.place(order.directory) + 1, len(chain.versions)):
        entry = logged.get(chain.hashes[n])
        at, place = (entry.at, entry.place) if entry else (chain.versions[n].created, 0)
        kids = dropped(chain.versions[n - 1], chain.versions[n], order)
        found.append(_Placed(place, Fallen(moment(at), kids)))
    return found


def _merged(said: list[_Placed], fallen: list[_Placed]) -> Iterator[Heard | Fallen]:
    """All of it in the order of the log; by their times where a place is not known."""
    waiting = deque(fallen)
    for each in said:
        while waiting and _before(waiting[0], each):
            yield waiting.popleft().what
        yield each.what
    yield from (each.what for each in waiting)


def _before(fallen: _Placed, said: _Placed) -> bool:
    if fallen.place and said.place:
        return fallen.place < said.place
    return fallen.what.at <= said.what.at


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
