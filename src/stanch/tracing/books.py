"""The right book for a method and a ledger: compiled where amounts fit, plain where they do not."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from stanch.tracing.book import Book, OneRule, Parcel
from stanch.tracing.holdings import Holdings
from stanch.tracing.kernels.haircut import HaircutKernelBook
from stanch.tracing.kernels.lots import LotKernelBook
from stanch.tracing.kernels.poison import MOST_INCIDENTS, PoisonKernelBook
from stanch.tracing.methods.haircut import HaircutBook
from stanch.tracing.methods.lots import LotBook
from stanch.tracing.methods.poison import PoisonBook

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain

Maker = Callable[["Terrain"], Book]

PLAIN: Final[dict[str, Maker]] = {
    "poison@1": PoisonBook,
    "haircut@1": HaircutBook,
    "fifo@1": lambda terrain: LotBook(terrain, newest_first=False),
    "lifo@1": lambda terrain: LotBook(terrain, newest_first=True),
}
COMPILED: Final[dict[str, Maker]] = {
    "poison@1": PoisonKernelBook,
    "haircut@1": HaircutKernelBook,
    "fifo@1": lambda terrain: LotKernelBook(terrain, newest_first=False),
    "lifo@1": lambda terrain: LotKernelBook(terrain, newest_first=True),
}


def open_book(method: str, terrain: "Terrain") -> Book:
    """An empty book for `method` (a name with version, such as `haircut@1`)."""
    if method == "poison@1" and terrain.incidents > MOST_INCIDENTS:
        return PLAIN[method](terrain)
    if not terrain.wide.any():
        return COMPILED[method](terrain)
    return _MixedBook(COMPILED[method](terrain), PLAIN[method](terrain), terrain)


class _MixedBook(OneRule):
    """Two books side by side: purses of wide assets in Python integers, all others compiled."""

    def __init__(self, narrow: Book, wide: Book, terrain: "Terrain") -> None:
        self.rule = narrow.rule
        self._narrow, self._wide, self._terrain = narrow, wide, terrain

    def _of(self, purse: int) -> Book:
        return self._wide if self._terrain.wide[purse] else self._narrow

    def balance(self, purse: int) -> int:
        return self._of(purse).balance(purse)

    def stolen(self, purse: int) -> list[int]:
        return self._of(purse).stolen(purse)

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        return self._of(purse).take(purse, amount, row)

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        self._of(purse).put(purse, parcel, row)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        self._of(purse).fund(purse, parcel, row)

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        self._of(purse).absorb(purse, incident, amount)

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        return self._of(purse).mark(purse, incident, amount, row)

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        return self._narrow.run(batch, start, end, sink)

    def holdings(self) -> Holdings:
        return self._narrow.holdings() + self._wide.holdings()
