"""CSV rows to TRANSFERS.

`amount` is decimal text in major units, `time` ISO 8601 or epoch seconds, `block` the block and
`order` the place in it (`tx_index`), which may as well count through the file. Where the file
has no `tx`, a row is its own transaction, `FILE#ROW`.
"""

from collections.abc import Iterator
from itertools import chain as joined
from itertools import islice
from pathlib import Path
from typing import Final

from stanch.errors import UsageError
from stanch.formats import addresses
from stanch.formats.addresses import evm
from stanch.model import asset as assets
from stanch.model.chain import ETHEREUM, TRON_NAMESPACE, UTXO
from stanch.sources import amounts, times
from stanch.sources.batches import Batch, Reading, Refused, Transfer, gather
from stanch.sources.csv.layout import Layout, check
from stanch.sources.reading import Broken, Line, open_csv
from stanch.sources.request import SourceRequest

SAMPLE: Final = 1000  # rows looked at to tell the chain by the form of the addresses
INT32_MAX: Final = 2**31 - 1
INT64_MAX: Final = 2**63 - 1


class CsvReading(Reading):
    """One reading of CSV files that share their columns and their asset."""

    source = "csv"

    def __init__(self, request: SourceRequest) -> None:
        """Raises UsageError for an unknown meaning in `columns` and for a missing asset."""
        super().__init__(request)
        check(request.columns)
        self.chain = request.chain or request.chain_of_asset() or ""
        self.asset = request.asset_on(self.chain)
        self.decimals = self._decimals()

    def __iter__(self) -> Iterator[Batch]:
        """Batches of the files, one after the other."""
        return gather(joined.from_iterable(self._file(path) for path in self.request.files))

    def _decimals(self) -> int:
        symbol, known = assets.describe(self.asset)
        decimals = self.request.decimals if known is None else known
        if decimals is None:
            raise UsageError(f"--decimals is missing: {self.asset} has no known number of them")
        if self.request.decimals not in (None, decimals):
            raise UsageError(f"--decimals: {self.asset} has {decimals}")
        self.learn(self.asset, symbol, decimals)
        return decimals

    def _file(self, path: Path) -> Iterator[Transfer | Refused]:
        opened = open_csv(path)
        layout = Layout.of(path.name, opened.header, self.request.columns)
        rows = opened.rows
        if not self.chain:
            sample = list(islice(rows, SAMPLE))
            self._assume_chain(path.name, layout, sample)
            rows = joined(sample, rows)
        before = self.rows
        for each in rows:
            self.rows += 1
            if isinstance(each, Broken):
                yield Refused(path.name, each.row, each.reason)
                continue
            try:
                yield self._transfer(path.name, layout, each)
            except ValueError as error:
                yield Refused(path.name, each.row, str(error))
        self.judge(path.name, self.rows - before)

    def _assume_chain(self, file: str, layout: Layout, sample: list[Line | Broken]) -> None:
        """Ethereum where the addresses are of its form; otherwise the user has to say."""
        lines = [each.fields for each in sample if isinstance(each, Line)]
        seen = {row[place] for row in lines for place in (layout.source, layout.target)}
        others = [text for text in seen if _is(UTXO, text) or _is(TRON_NAMESPACE, text)]
        if seen and (any(not text.startswith("0x") for text in others) or not _any_evm(seen)):
            raise UsageError(f"--chain is missing: the addresses of {file} do not tell which")
        if seen:
            self.chain = ETHEREUM
            self.note(f"No --chain was given; addresses begin with 0x, so {ETHEREUM} is assumed.")

    def _transfer(self, file: str, layout: Layout, line: Line) -> Transfer:
        """One row. Raises ValueError with the reason where it is no transfer."""
        row = line.fields
        source = addresses.normalise(self.chain, row[layout.source].strip())
        target = addresses.normalise(self.chain, row[layout.target].strip())
        tx = f"{file}#{line.row}" if layout.tx is None else row[layout.tx].strip()
        if not tx:
            raise ValueError("tx is empty")
        return Transfer(
            chain=self.chain,
            block=_whole("block", _at(row, layout.block), INT64_MAX),
            tx_index=_whole("order", _at(row, layout.order), INT32_MAX),
            log_index=None,
            time=times.parse(row[layout.time]),
            tx=tx,
            source=f"{self.chain}:{source}",
            target=f"{self.chain}:{target}",
            asset=self.asset,
            amount=amounts.major(row[layout.amount], self.decimals),
            kind=self._kind(source, target),
        )

    def _kind(self, source: str, target: str) -> str:
        if assets.is_native(self.asset):
            return "native"
        if source == evm.NULL:
            return "mint"
        return "burn" if target == evm.NULL else "token"


def _at(row: list[str], place: int | None) -> str:
    return "" if place is None else row[place].strip()


def _whole(meaning: str, text: str, largest: int) -> int | None:
    """A count, None where the cell is empty. Raises ValueError with the reason."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > largest:
        raise ValueError(f"{meaning} {text[:64]!r} is not a whole number up to {largest:,}")
    return int(text)


def _is(namespace: str, text: str) -> bool:
    try:
        addresses.normalise(namespace, text)
    except ValueError:
        return False
    return True


def _any_evm(seen: set[str]) -> bool:
    return any(_is("eip155", text) for text in seen)
