"""Whom a client believes, told to it by other ways than the desk's: on paper, by two people.

From the pin all members' and approvers' keys follow by signatures. The desk's own key is another
one: it signs heads of the log, webhooks and snapshots, and no order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from stanch.client.state import State
from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.chain import Chain, walk_chain
from stanch.formats.signed.keys import PublicKey
from stanch.model.desk.directory import Version


@dataclass(frozen=True, slots=True)
class Pin:
    """What is known beforehand: the hash of the first directory, the desk's public key (base64url
    of 32 bytes), and the id of the member that the client works for.

    `secret` is shared with the desk, for snapshots; empty where there is none.
    """

    directory: str
    key: str
    member: str
    secret: bytes = field(default=b"", repr=False)

    def public(self) -> PublicKey:
        """The desk's key. Raises UsageError."""
        try:
            return PublicKey.from_text(self.key)
        except SignatureError:
            raise UsageError(
                "the desk's key is base64url of 32 bytes, as `stanch init` shows it"
            ) from None


def walked(pin: Pin, versions: Sequence[Version], known: State) -> Chain:
    """The chain from the pin. Raises SignatureError where a step does not hold, or where it ends
    before, or leads past, a directory that was seen already: a revoked key would count again.
    """
    chain = walk_chain(pin.directory, versions)
    if known.version:
        place = known.version - chain.versions[0].version
        if place >= len(chain.hashes):
            raise SignatureError(
                f"the directory was rolled back: version {chain.newest.version}, "
                f"after {known.version} was seen"
            )
        if place < 0 or chain.hashes[place] != known.directory:
            raise SignatureError(f"version {known.version} of the directory is not the one seen")
    return chain


def remembered(state: State, chain: Chain, pin: Pin) -> State:
    """The state with the newest directory. Raises UsageError where it is another
    desk's or member's."""
    of = (chain.newest.desk, pin.member)
    if state.desk and (state.desk, state.member) != of:
        raise UsageError(
            f"the state is of {state.member} at {state.desk}, not of {of[1]} at {of[0]}"
        )
    newest, name = chain.newest, chain.hashes[-1]
    return replace(state, desk=of[0], member=of[1], version=newest.version, directory=name)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)
