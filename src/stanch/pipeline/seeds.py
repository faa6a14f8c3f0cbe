"""Seeds as stated, found in a ledger: which purses, from which row on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.errors import InputError, UsageError
from stanch.formats.addresses import normalise
from stanch.formats.seeds import SeedSpec, from_csv, from_value
from stanch.ledger.reader import Ledger
from stanch.model.kinds import TRANSACTION
from stanch.pipeline.directory import place_of
from stanch.tracing.seeds import ActiveSeed, Allowance


@dataclass(frozen=True, slots=True)
class SeedSet:
    """`incidents` are ids in their order; `active` speaks of their places in it."""

    specs: tuple[SeedSpec, ...]
    incidents: tuple[str, ...]
    active: tuple[ActiveSeed, ...]


def read_seeds(values: Sequence[str]) -> list[SeedSpec]:
    """Seeds from values that are CSV files or seeds themselves, in the order given."""
    specs: list[SeedSpec] = []
    for number, value in enumerate(values, start=1):
        if (path := seed_file(value)) is not None:
            specs += _file(path)
        elif Path(value).suffix.lower() == ".csv" or "/" in value.split(",", 1)[0]:
            raise UsageError(f"--seeds: there is no file {value}")
        else:
            specs.append(from_value(value, number))
    if not specs:
        raise UsageError("--seeds: not one seed given")
    return specs


def seed_file(value: str) -> Path | None:
    """The file that a value of --seeds names, if it is no seed itself."""
    try:
        return path if (path := Path(value)).is_file() else None
    except OSError:  # too long for a name: a seed with all its parts
        return None


def find_seeds(specs: Sequence[SeedSpec], ledger: Ledger, accounts: pa.Array) -> SeedSet:
    """Find each seed in `ledger`, whose `accounts` are CAIP-10 text by id, in byte order.

    Raises InputError naming the seed that is not there.
    """
    finder = _Finder(ledger, accounts)
    incidents = tuple(sorted({spec.incident for spec in specs}))
    active: list[ActiveSeed] = []
    for spec in specs:
        active += finder.find(spec, incidents.index(spec.incident))
    return SeedSet(tuple(specs), incidents, tuple(active))


def _file(path: Path) -> list[SeedSpec]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8 text (byte {error.start})") from None
    specs = list(from_csv(str(path), text))
    if not specs:
        raise InputError(str(path), "holds no seed")
    return specs


class _Finder:
    """Looks seeds up; the tables of a ledger are read once for all of them."""

    def __init__(self, ledger: Ledger, accounts: pa.Array) -> None:
        self._ledger, self._accounts = ledger, accounts
        assets = ledger.assets()
        self._assets = assets.column("asset").to_pylist()
        self._symbols = assets.column("symbol").to_pylist()
        purses = ledger.purses()
        self._account = purses.column("account").to_numpy()
        self._asset = purses.column("asset").to_numpy()
        self._form = purses.column("form").to_numpy()

    def find(self, spec: SeedSpec, incident: int) -> list[ActiveSeed]:
        accounts = self._account_ids(spec)
        mine = np.isin(self._account, accounts) & (self._form != TRANSACTION)
        if spec.asset is not None:
            mine &= self._asset == self._asset_id(spec)
        purses = np.flatnonzero(mine)
        if not len(purses):
            raise InputError(spec.place, f"{spec.account} never held {spec.asset} in this ledger")
        held = sorted({int(asset) for asset in self._asset[purses]})
        if spec.amount is not None and len(held) > 1:
            names = ", ".join(self._assets[asset] for asset in held)
            raise InputError(spec.place, f"an amount needs its asset, one of {names}")
        start = self._start(spec, accounts)
        allowance = Allowance(spec.amount)
        return [ActiveSeed(int(purse), incident, start, allowance) for purse in purses]

    def _account_ids(self, spec: SeedSpec) -> list[int]:
        candidates = self._candidates(spec)
        places = (place_of(self._accounts, account) for account in candidates)
        ids = [place for place in places if place is not None]
        if not ids:
            raise InputError(spec.place, f"seed {spec.account} is not in the ledger")
        return ids

    def _candidates(self, spec: SeedSpec) -> list[str]:
        """CAIP-10 accounts that a seed may mean: one, or the address on each chain."""
        chain, _, address = spec.account.rpartition(":")
        reasons: list[str] = []
        accounts: list[str] = []
        for each in [chain] if chain else self._ledger.chains():
            try:
                accounts.append(f"{each}:{normalise(each, address)}")
            except ValueError as error:
                reasons.append(str(error))
        if not accounts:
            raise InputError(spec.place, f"{spec.account}: {reasons[0] if reasons else 'no chain'}")
        return accounts

    def _asset_id(self, spec: SeedSpec) -> int:
        if spec.asset in self._assets:
            return int(self._assets.index(spec.asset))
        named = [place for place, symbol in enumerate(self._symbols) if symbol == spec.asset]
        if len(named) == 1:
            return named[0]
        reason = "is the symbol of several assets" if named else "is not in the ledger"
        raise InputError(spec.place, f"asset {spec.asset} {reason}")

    def _start(self, spec: SeedSpec, accounts: list[int]) -> int:
        """First row at which the seed counts."""
        start = 0 if spec.time is None else self._ledger.first_row_at(spec.time)
        if spec.tx is None:
            return start
        rows: list[int] = []
        for account in accounts:
            history = self._ledger.history(self._accounts[account].as_py())
            same = pc.equal(pc.utf8_lower(history.column("tx")), spec.tx.lower())
            rows += history.filter(same).column("row").to_pylist()
        if not rows:
            raise InputError(spec.place, f"{spec.account} takes no part in transaction {spec.tx}")
        return max(start, min(rows))


def parse_time(text: str, option: str) -> datetime:
    """A time from the command line, UTC where it names no zone."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: {text!r} is no ISO 8601 time") from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time
