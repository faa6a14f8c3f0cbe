"""What a bundle proves to whoever holds the pin, with no network and no desk."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stanch.app.desk_key import desk_key as public_key
from stanch.app.signing.documents import bundle_in
from stanch.formats.signed.bundle import NOTHING_LOGGED, verify_bundle
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.log_proof import logged
from stanch.model.desk.orders import Order, Statement


@dataclass(frozen=True, slots=True)
class Proof:
    """What holds. `held` are the accounts that the order holds at `at`; `unproven` statements may
    have been signed with a key that was stolen since, and count for nothing.
    """

    order: Order
    directory: int
    state: str
    statements: tuple[Statement, ...]
    unproven: tuple[Statement, ...]
    lapses: str | None
    held: tuple[str, ...]
    at: str


def verify(file: Path, pin: str, at: str | None = None, desk_key: str | None = None) -> Proof:
    """Check a bundle. With the desk's public key its log counts too: it tells a statement from one
    that was signed after its key was stolen.

    Raises UsageError, InputError, SignatureError where one part is false.
    """
    bundle = bundle_in(file)
    times = NOTHING_LOGGED if desk_key is None else logged(bundle, public_key(desk_key))[1]
    found = verify_bundle(bundle, pin, times)
    when = at or stamp(datetime.now(UTC))
    accounts = dict.fromkeys(each.account for each in found.order.targets)
    return Proof(
        order=found.order,
        directory=found.directory.version,
        state=found.tally.state.value,
        statements=found.statements,
        unproven=found.unproven,
        lapses=found.tally.lapses,
        held=tuple(each for each in accounts if found.holds(each, when)),
        at=when,
    )
