"""What an indicator says of one record alone: for its place in the queue, never for a link."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One contradiction, or one payment, with its microbits and the numbers that explain it."""

    record: int
    evidence: str  # indicator@version
    microbits: int
    numbers: Mapping[str, int]
