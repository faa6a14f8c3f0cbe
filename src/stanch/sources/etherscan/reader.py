"""Exports of Etherscan-like explorers to TRANSFERS.

The histories of several addresses may be given together; what stands in more than one of them
counts once. A transaction that failed moves nothing but its fee, and a record of no value
moves nothing. The fee goes to `fees(chain)` and stands before the value. Files are read
external first, then tokens, then internal, because the first two tell a transaction's place in
its block and the last does not.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stanch.errors import UsageError
from stanch.formats.addresses import evm
from stanch.model import asset as assets
from stanch.model.chain import ETHEREUM, EVM, account
from stanch.model.kinds import fees
from stanch.sources.batches import Batch, Reading, Refused, Transfer, gather
from stanch.sources.etherscan import parts
from stanch.sources.etherscan.duplicates import Told
from stanch.sources.etherscan.form import Form, Part, form_of
from stanch.sources.etherscan.parts import Place, Record
from stanch.sources.etherscan.records import open_records
from stanch.sources.etherscan.token import Tokens
from stanch.sources.reading import Broken
from stanch.sources.request import SourceRequest

COIN_DECIMALS: Final = 18  # on every EVM chain


class EtherscanReading(Reading):
    """One reading of exports of one chain. Memory grows with the number of transactions."""

    source = "etherscan"

    def __init__(self, request: SourceRequest) -> None:
        """Raises UsageError where the chain is not an EVM chain."""
        super().__init__(request)
        if request.chain is None:
            self.note(f"No --chain was given; {ETHEREUM} is assumed.")
        self.chain = request.chain or ETHEREUM
        if not self.chain.startswith(f"{EVM}:"):
            raise UsageError(f"--chain: etherscan reads EVM chains, not {self.chain}")
        self.coin = assets.native(self.chain)
        self.learn(self.coin, *assets.describe(self.coin))
        given = None if request.asset is None else request.asset_on(self.chain)
        self.tokens = Tokens(self.chain, given, request.decimals, self.assets)
        self._indices: dict[str, int | None] = {}  # of the external transactions read so far
        self._told = {part: Told() for part in Part}
        self._repeated = 0

    def __iter__(self) -> Iterator[Batch]:
        """Batches of the files, those of external transactions first."""
        return gather(self._rows())

    def _rows(self) -> Iterator[Transfer | Refused]:
        files = [(path, form) for path in self.request.files if (form := self._form(path))]
        for path, form in sorted(files, key=lambda each: each[1].part.value):
            yield from self._file(path, form)
        if self._repeated:
            self.note(f"{self._repeated:,} rows told again what another row told; counted once.")

    def _form(self, path: Path) -> Form | None:
        """The form of a file, None where the explorer had no rows to give."""
        columns = open_records(path).columns
        if not columns:
            self.judge(path.name, 0)
            return None
        form = form_of(path.name, columns)
        if form.coin and self.request.chain is None and form.coin.upper() != "ETH":
            raise UsageError(f"--chain is missing: {path.name} counts in {form.coin}, not in ETH")
        self.learn(self.coin, form.coin, COIN_DECIMALS)
        if form.part is Part.EXTERNAL and not form.has_fee:
            self.note(f"{path.name} does not tell what gas cost; fees are missing.")
        return form

    def _file(self, path: Path, form: Form) -> Iterator[Transfer | Refused]:
        self._told[form.part].next_file()
        before = self.rows
        for each in open_records(path).rows:
            self.rows += 1
            if isinstance(each, Broken):
                yield Refused(path.name, each.row, each.reason)
                continue
            try:
                transfers = self._transfers(form.part, form.record(each.record))
            except ValueError as error:
                yield Refused(path.name, each.row, str(error))
            else:
                yield from transfers
        self.judge(path.name, self.rows - before)

    def _transfers(self, part: Part, record: Record) -> list[Transfer]:
        """What one record adds to the ledger. Raises ValueError where it cannot be read."""
        place = parts.place(record)
        if part is Part.TOKEN:
            found = self._token(place, record)
        elif part is Part.INTERNAL:
            found = self._internal(place, record)
        else:
            found = self._external(place, record)
        if found is None:
            self._repeated += 1
        elif not found:
            self.idle += 1
        return found or []

    def _external(self, place: Place, record: Record) -> list[Transfer] | None:
        sender = account(self.chain, parts.sender(record))
        cost = parts.fee(record, COIN_DECIMALS)
        value = parts.coin_value(record, COIN_DECIMALS)
        found = []
        if cost:
            found.append(self._move(place, (sender, fees(self.chain), self.coin, cost), "fee"))
        if value and not parts.failed(record, internal=False):
            target = account(self.chain, parts.recipient(record))
            found.append(self._move(place, (sender, target, self.coin, value), "native"))
        if not self._told[Part.EXTERNAL].is_new((place.tx,), "external"):
            return None
        self._indices[place.tx] = place.tx_index
        return found

    def _internal(self, place: Place, record: Record) -> list[Transfer] | None:
        value = parts.coin_value(record, COIN_DECIMALS)
        if not value or parts.failed(record, internal=True):
            return []
        sender, target = self._parties(record)
        key = (place.tx, sender, target, str(value))
        if not self._told[Part.INTERNAL].is_new(key, record.get("traceId", "")):
            return None
        return [self._move(place, (sender, target, self.coin, value), "internal")]

    def _token(self, place: Place, record: Record) -> list[Transfer] | None:
        moved = self.tokens.moved(record)
        self._indices.setdefault(place.tx, place.tx_index)
        self.learn(moved.asset, moved.symbol, moved.decimals)
        if not moved.amount:
            return []
        sender, target = self._parties(record)
        key = (place.tx, sender, target, moved.asset, str(moved.amount))
        if not self._told[Part.TOKEN].is_new(key, record.get("logIndex", "")):
            return None
        null = account(self.chain, evm.NULL)
        kind = "mint" if sender == null else "burn" if target == null else "token"
        move = self._move(place, (sender, target, moved.asset, moved.amount), kind)
        return [move._replace(log_index=parts.TOKEN_INDEX + (parts.log_index(record) or 0))]

    def _parties(self, record: Record) -> tuple[str, str]:
        """Sender and recipient as accounts."""
        sender, target = parts.sender(record), parts.recipient(record)
        return account(self.chain, sender), account(self.chain, target)

    def _move(self, place: Place, what: tuple[str, str, str, int], kind: str) -> Transfer:
        """A row of TRANSFERS; `what` is sender, recipient, asset and amount."""
        sender, target, asset, amount = what
        index = self._indices.get(place.tx) if place.tx_index is None else place.tx_index
        return Transfer(
            chain=self.chain,
            block=place.block,
            tx_index=index,
            log_index=parts.INDICES.get(kind),
            time=place.time,
            tx=place.tx,
            source=sender,
            target=target,
            asset=asset,
            amount=amount,
            kind=kind,
        )
