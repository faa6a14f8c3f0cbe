"""The two ends of a crossing: what went into a bridge, and what came out of it elsewhere."""

from dataclasses import dataclass
from typing import NamedTuple


class End(NamedTuple):
    """A payment into a bridge, or out of it.

    `time` is in microseconds since 1970, `asset` any name of the asset on that side, `amount` an
    exact integer in the asset's smallest unit. `party` is the account that the crossing is for
    where the protocol says it, else "".
    """

    id: str
    time: int
    asset: str
    amount: int
    party: str = ""


class Rival(NamedTuple):
    """Another deposit that a withdrawal could belong to, and how likely."""

    id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """A deposit and the withdrawal that is most likely its other end.

    `probability` is what the pairing gives this pair and no other; `rivals` are the deposits that
    could have been it instead, the likeliest first.
    """

    deposit: End
    withdrawal: End
    probability: float
    rivals: tuple[Rival, ...]
