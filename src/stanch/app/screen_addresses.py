"""Screen a file of wallets' addresses: one a line, or a table with a column of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.home import home_at
from stanch.app.screen_index import open_identifiers
from stanch.app.screen_input import DAMAGED, opened
from stanch.app.screen_rows import said
from stanch.errors import InputError
from stanch.formats.address_file import AddressRow, parse
from stanch.model.hits import Hit
from stanch.screening.identifiers.wallet import is_valid

COLUMNS: Final = (
    "row", "address", "list", "entity_id", "name", "score", "evidence", "version", "schema",
    "programs",
)  # fmt: skip
_BATCH: Final = 50_000
_SHOWN: Final = 1_000  # hits and refused rows that are kept to be shown


@dataclass(slots=True)
class Addresses:
    """What became of the file. `hits` and `refused` are the first of them."""

    asked: int
    found: int
    rejected: int
    hits: list[tuple[AddressRow, Hit]]
    refused: list[AddressRow]


def screen_addresses(
    home: Path | None, file: Path, out: Path | None, progress: Callable[[int], None]
) -> Addresses:
    """Look up every address of a file; write the hits to `out` where it is given.

    A row that holds no address is refused with its reason. Raises UsageError where there is no
    home or no such file, InputError where it cannot be used, OutputError where `out` cannot be
    written.
    """
    there = home_at(home)
    done = Addresses(0, 0, 0, [], [])
    found = _found(there.folder, file, done, progress)
    if out is None:
        for _ in found:
            pass
        return done
    with whole_file(out) as draft, draft.open("wb") as table:
        table.write(lines([COLUMNS]))
        for row, hit in found:
            table.write(lines([_cells(row, hit)]))
    return done


def _found(
    home: Path, file: Path, done: Addresses, progress: Callable[[int], None]
) -> Iterator[tuple[AddressRow, Hit]]:
    index = open_identifiers(home_at(home))
    with opened(file) as stream:
        try:
            rows = parse(stream)
            while batch := list(islice(rows, _BATCH)):
                asked = [each for each in batch if _usable(each, done)]
                for row, hits in zip(
                    asked, index.addresses([each.address for each in asked]), strict=True
                ):
                    done.found += bool(hits)
                    for hit in hits:
                        if len(done.hits) < _SHOWN:
                            done.hits.append((row, hit))
                        yield row, hit
                done.asked += len(asked)
                progress(done.asked)
        except ValueError as error:
            raise InputError(file.name, str(error)) from None
        except DAMAGED:
            raise InputError(file.name, "is a damaged gzip file") from None


def _usable(row: AddressRow, done: Addresses) -> bool:
    if not row.reason and is_valid(row.address):
        return True
    done.rejected += 1
    if len(done.refused) < _SHOWN:
        reason = row.reason or f"{row.address[:60]!r} is no address of a wallet"
        done.refused.append(AddressRow(row.row, row.address, reason))
    return False


def _cells(row: AddressRow, hit: Hit) -> tuple[str, ...]:
    return (
        str(row.row),
        row.address,
        hit.list,
        hit.entry,
        hit.name,
        f"{hit.score:.6f}",
        "; ".join(map(said, hit.evidence)),
        hit.version,
        hit.schema,
        "; ".join(hit.programs),
    )
