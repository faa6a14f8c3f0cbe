"""What is wrong with a log, as values."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `n` to `to` are the entries that are bad or cannot be vouched for.

    `kind`: `changed`, `missing`, `inserted`, `time` (entries); `forked`, `truncated`, `unsigned`
    (what signed heads say of entries); `head`, `node`, `erasable`, `evidence`, `record`, `more` (no
    entry is bad by it).
    """

    kind: str
    says: str
    n: int | None = None
    to: int | None = None


def first_bad(faults: Iterable[Fault]) -> int | None:
    """The first entry that is bad or cannot be vouched for; None where all entries are good."""
    return min((fault.n for fault in faults if fault.n is not None), default=None)
