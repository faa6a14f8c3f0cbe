"""An order, proved: nothing of it is believed because a desk sent it."""

from dataclasses import dataclass
from datetime import datetime

from stanch.client.heads import same_log
from stanch.client.state import State
from stanch.client.trust import Pin, walked
from stanch.errors import SignatureError
from stanch.formats.signed.bundle import Verified, read_bundle, verify_bundle
from stanch.formats.signed.chain import Chain
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.head import Head, head_of
from stanch.formats.signed.log_proof import logged


@dataclass(frozen=True, slots=True)
class Proved:
    """What a bundle proves, the chain of directories it went along, the head it carries, and when
    it was proved.
    """

    what: Verified
    chain: Chain
    head: Head | None
    at: datetime

    def held(self, at: datetime | None = None) -> tuple[str, ...]:
        """The accounts that the order holds at a time, or when it was proved."""
        when = stamp(at or self.at)
        accounts = dict.fromkeys(each.account for each in self.what.order.targets)
        return tuple(each for each in accounts if self.what.holds(each, when))


def prove(
    data: bytes, pin: Pin, known: State, now: datetime, expected: str | None = None
) -> Proved:
    """Check a bundle, with no network. `expected` is the id of the order that was asked for.

    Raises SignatureError where a part is false, the order is another, the desk's log in it is
    another than the one seen before, or the directory is older than one seen before.
    """
    bundle = read_bundle(data)
    if expected is not None and bundle.order.id != expected:
        raise SignatureError(f"the desk sent order {bundle.order.id} instead of {expected}")
    chain = walked(pin, bundle.directories, known)
    if known.desk and bundle.order.desk != known.desk:
        raise SignatureError(f"the order is of desk {bundle.order.desk}, not of {known.desk}")
    head, times = logged(bundle, pin.public())
    if head is not None and known.head:
        same_log(head_of(known.head, pin.public(), head.desk), head)
    return Proved(verify_bundle(bundle, pin.directory, times), chain, head, now)
