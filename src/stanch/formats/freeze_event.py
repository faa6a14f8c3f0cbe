"""Events by which tokens say that they froze an account: which account, by which event.

Tether's `AddedBlackList` has the account in its data, the others have it indexed. An event counts
in the exact form that its contract gives it and in no other, for a form that nobody knows says
nothing of what its contract did.

Sources: the published contracts TetherToken (Ethereum, Tron), USDT0, Circle's FiatToken, and
Paxos' BUSD, PAX Gold and PaxosTokenV2.
"""

from dataclasses import dataclass
from typing import Final

from eth_hash.auto import keccak

from stanch.formats.addresses import normalise
from stanch.formats.chain_event import Event
from stanch.model.chain import TRON_NAMESPACE

_IN_DATA: Final = ("AddedBlackList(address)",)  # Tether
_INDEXED: Final = (
    "BlockPlaced(address)",  # Tether's USDT0
    "Blacklisted(address)",  # Circle
    "AddressFrozen(address)",  # Paxos: BUSD, PAXG
    "FreezeAddress(address)",  # Paxos: PYUSD, USDP, USDG
)
_UNFREEZES: Final = (
    "RemovedBlackList(address)",
    "BlockReleased(address)",
    "UnBlacklisted(address)",
    "AddressUnfrozen(address)",
    "UnfreezeAddress(address)",
)
_EMPTY: Final = "0x"
_PAD: Final = "0" * 24  # 12 of the 32 bytes that an address of 20 stands in
_TRON_PAD: Final = "0" * 22 + "41"


@dataclass(frozen=True, slots=True)
class Freeze:
    """Which event it was, by its signature, and the address that it froze, in canonical form."""

    name: str
    address: str


def topic(signature: str) -> str:
    """The first topic of an event: the Keccak-256 of its signature."""
    return f"0x{keccak(signature.encode()).hex()}"


_KNOWN: Final = {topic(each): each for each in (*_IN_DATA, *_INDEXED)}
_FREED: Final = {topic(each): each for each in _UNFREEZES}


def freeze(event: Event) -> Freeze:
    """What a checked event froze. Raises ValueError with a short reason where it froze nothing."""
    first, *rest = event.topics
    if first in _FREED:
        raise ValueError(f"{_FREED[first]} lets an account go, and freezes none")
    name = _KNOWN.get(first)
    if name is None:
        raise ValueError("the event is none that is known to freeze an account")
    words = [event.data] if name in _IN_DATA else rest
    whole = not rest if name in _IN_DATA else event.data == _EMPTY
    if not whole or len(words) != 1:
        raise ValueError(f"the event has not the form of {name}")
    return Freeze(name, _address(event.chain, words[0], name))


def _address(chain: str, word: str, name: str) -> str:
    """The address in a word of 32 bytes; some of Tron's tools leave its 41 in front."""
    tron = chain.startswith(f"{TRON_NAMESPACE}:")
    pads = (_PAD, _TRON_PAD) if tron else (_PAD,)
    padding, address = word[2:26], word[26:]
    if len(address) != 40 or padding not in pads:
        raise ValueError(f"{name} holds no address where it should")
    return normalise(chain, f"0x{address}")
