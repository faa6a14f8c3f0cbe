"""Screen a file of addresses against what is watched: by whatever tells what is known of each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.screen_input import DAMAGED, opened
from stanch.errors import InputError
from stanch.formats.address_file import AddressRow, parse
from stanch.model.watched import Finding

COLUMNS: Final = ("row", "address", "kind", "reference", "chain", "hop", "asset", "amount")
_SHOWN: Final = 1_000  # findings and refused rows that are kept to be shown

Look = Callable[[Sequence[str]], Sequence[tuple[Finding, ...] | None]]
"""What is known of each address: nothing where empty; None where the text is no address."""


@dataclass(slots=True)
class LookedUp:
    """What became of the file. `hits` and `refused` are the first of them."""

    asked: int = 0
    found: int = 0
    rejected: int = 0
    hits: list[tuple[AddressRow, Finding]] = field(default_factory=list)
    refused: list[AddressRow] = field(default_factory=list)


def screen_file(file: Path, out: Path | None, look: Look, batch: int) -> LookedUp:
    """Look up every address of a file, `batch` at a time; write what is found to `out` if given.

    Raises UsageError, InputError, OutputError, and what `look` raises.
    """
    done = LookedUp()
    found = _found(file, look, batch, done)
    if out is None:
        for _ in found:
            pass
        return done
    with whole_file(out) as draft, draft.open("wb") as table:
        table.write(lines([COLUMNS]))
        for row, finding in found:
            table.write(lines([_cells(row, finding)]))
    return done


def _found(
    file: Path, look: Look, batch: int, done: LookedUp
) -> Iterator[tuple[AddressRow, Finding]]:
    with opened(file) as stream:
        try:
            rows = parse(stream)
            while part := list(islice(rows, batch)):
                good = [each for each in part if not each.reason]
                answers = iter(look([each.address for each in good]) if good else ())
                for row in part:
                    yield from _told(row, None if row.reason else next(answers), done)
        except ValueError as error:
            raise InputError(file.name, str(error)) from None
        except DAMAGED:
            raise InputError(file.name, "is a damaged gzip file") from None


def _told(
    row: AddressRow, findings: tuple[Finding, ...] | None, done: LookedUp
) -> Iterator[tuple[AddressRow, Finding]]:
    if findings is None:
        done.rejected += 1
        if len(done.refused) < _SHOWN:
            reason = row.reason or f"{row.address[:60]!r} is no address of a wallet"
            done.refused.append(AddressRow(row.row, row.address, reason))
        return
    done.asked += 1
    done.found += bool(findings)
    for finding in findings:
        if len(done.hits) < _SHOWN:
            done.hits.append((row, finding))
        yield row, finding


def _cells(row: AddressRow, finding: Finding) -> tuple[str, ...]:
    return (
        str(row.row),
        row.address,
        finding.kind.value,
        finding.reference,
        finding.chain,
        str(finding.hop),
        finding.asset,
        finding.amount,
    )
