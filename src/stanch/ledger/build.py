"""Building a ledger: batches of TRANSFERS in, a folder of files out (docs/design/tables.md).

stage -> number the texts -> code -> number the purses -> settle the order -> sorted copies
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from stanch.errors import InputError
from stanch.ledger import encode, info, layout
from stanch.ledger.canonical import CanonicalPass
from stanch.ledger.copies import spelled, write_copy
from stanch.ledger.encode import Names
from stanch.ledger.openings import Books
from stanch.ledger.purses import IN_ORDER, Purses, number_purses
from stanch.ledger.staging import Arrival, Intake, stage
from stanch.model.tables import ASSETS, MOVES, TRANSFERS
from stanch.model.transfers_file import About
from stanch.store.digest import Digest
from stanch.store.parquet import Sink, write
from stanch.store.relation import Engine


class Arrivals(Protocol):
    """What a source gives: batches, and when they are through, what else it has learnt."""

    assets: dict[str, tuple[str | None, int | None]]  # symbol and decimals
    simulation: bool  # whether the rows are invented
    notes: list[str]

    def __iter__(self) -> Iterator[Arrival]:
        """Batches in input order."""


class Progress(Protocol):
    """Is told of a step how many rows are done, and of how many (0 while that is unknown)."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Hear it."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where rows come from, for `ledger.json`; with `strict` one rejected row spoils the whole."""

    source: str
    inputs: Sequence[Digest]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Workplace:
    """The ledger's folder, a scratch folder that is not kept, and an engine that uses it."""

    folder: Path
    scratch: Path
    engine: Engine
    progress: Progress


def build(arrivals: Arrivals, provenance: Provenance, place: Workplace) -> dict[str, Any]:
    """Write all files of a ledger into `place.folder`; return the content of `ledger.json`.

    Raises InputError where there is no transfer, or with `strict` where a row was rejected.
    """
    intake = _stage(arrivals, place)
    _accept(intake, provenance)
    place.progress("numbering", 0, intake.rows)
    names = _code(place)
    purses = number_purses(place.engine, names, place.scratch)
    said = About(arrivals.assets, arrivals.simulation).metadata()
    books = _settle(purses, names, place, intake.rows, TRANSFERS.with_metadata(said))
    for end, file in (("from", layout.BY_FROM), ("to", layout.BY_TO)):
        for done in write_copy(place.engine, end, names, place.folder / file):
            place.progress(f"sorting by {end}", done, intake.rows)
    exact = books.exactly(pq.ParquetFile(place.folder / layout.MOVES_FILE).iter_batches())
    purses.write(place.folder / layout.PURSES_FILE, books.columns(exact))
    _write_assets(names, arrivals.assets, books, place.folder)
    return info.write(
        place.folder,
        {
            "source": provenance.source,
            "simulation": arrivals.simulation,
            "inputs": list(provenance.inputs),
            "rows": intake.rows,
            "rejected": intake.rejected,
            "chains": names.chains.texts().to_pylist(),
            "accounts": len(names.accounts),
            "assets": len(names.assets),
            "purses": len(purses.form),
            "span": place.engine.row("select min(time), max(time) from rows"),
            "notes": arrivals.notes,
        },
    )


def _stage(arrivals: Arrivals, place: Workplace) -> Intake:
    """Put down all rows; queries know them as `staged`."""
    file = place.scratch / "staged.parquet"
    intake = Intake(0, 0, None)
    for intake in stage(arrivals, file, place.folder / layout.REJECTED_FILE):
        place.progress("reading", intake.rows, 0)
    place.engine.table("staged", file)
    return intake


def _accept(intake: Intake, provenance: Provenance) -> None:
    """Go on only where there is something to go on with."""
    rejected = f"{intake.rejected:,} rejected, the first: {intake.first}"
    if provenance.strict and intake.rejected:
        raise InputError("--strict", rejected)
    if not intake.rows:
        files = ", ".join(each.name for each in provenance.inputs) or "the input"
        raise InputError(files, f"holds no transfers{f' ({rejected})' * bool(intake.rejected)}")


def _code(place: Workplace) -> Names:
    """Number all texts, and replace `staged` by `coded`."""
    names = encode.names(place.engine, place.scratch)
    (place.scratch / "accounts.parquet").rename(place.folder / layout.ACCOUNTS_FILE)
    place.engine.table("accounts", place.folder / layout.ACCOUNTS_FILE)
    encode.code(place.engine)
    place.engine.drop("staged")
    (place.scratch / "staged.parquet").unlink()
    return names


def _settle(purses: Purses, names: Names, place: Workplace, total: int, schema: pa.Schema) -> Books:
    """Write the two files in canonical order, and replace `coded` by `rows`, in that order.

    `schema` is TRANSFERS with what is known of its assets.
    """
    engine, file = place.engine, place.scratch / "rows.parquet"
    wide = engine.stream("select distinct asset from coded where amount_wide is not null")
    known_wide = np.concatenate([np.empty(0, np.int32), *(each[0].to_numpy() for each in wide)])
    canonical = CanonicalPass(purses, known_wide)
    with (
        Sink(place.folder / layout.TRANSFERS_FILE, schema, layout.TEXTS) as transfers,
        Sink(place.folder / layout.MOVES_FILE, MOVES) as moves,
        Sink(file, layout.CODED, layout.SCRATCH) as coded,
    ):
        for settled in canonical.settle(engine.stream(IN_ORDER)):
            transfers.write(spelled(settled.rows, names))
            moves.write(settled.moves)
            coded.write(settled.rows.select(layout.CODED.names).cast(layout.CODED))
            place.progress("ordering", coded.rows, total)
    engine.table("rows", file)
    engine.drop("coded")
    return canonical.books


def _write_assets(
    names: Names, known: Mapping[str, tuple[str | None, int | None]], books: Books, folder: Path
) -> None:
    texts = names.assets.texts().to_pylist()
    symbols, decimals = zip(*(known.get(text, (None, None)) for text in texts), strict=True)
    ids = np.arange(len(texts))
    table = pa.table([ids, texts, symbols, decimals, books.wide], names=ASSETS.names)
    write(folder / layout.ASSETS_FILE, table.cast(ASSETS))
