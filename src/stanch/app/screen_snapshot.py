"""Screen a file of addresses against a desk's signed snapshot, with no desk and no network."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.screen_input import opened
from stanch.client import Pin, snapshots
from stanch.client.state import StateFile
from stanch.errors import InputError
from stanch.formats.address_file import AddressRow, parse
from stanch.formats.snapshot import Snapshot, screen
from stanch.model.watched import Finding
from stanch.screening.identifiers.wallet import normalize

COLUMNS: Final = ("row", "address", "kind", "reference", "chain", "hop", "asset", "amount")
_BATCH: Final = 50_000
_SHOWN: Final = 1_000  # findings and refused rows that are kept to be shown


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """What is screened, by which snapshot, and whom the member believes.

    `state` is the file in which the client remembers the desk and the last snapshot.
    """

    file: Path
    snapshot: Path
    pin: Pin
    state: Path
    out: Path | None = None


@dataclass(slots=True)
class SnapshotScreened:
    """What became of the file. `hits` and `refused` are the first of them."""

    number: int
    until: str
    asked: int = 0
    found: int = 0
    rejected: int = 0
    hits: list[tuple[AddressRow, Finding]] = field(default_factory=list)
    refused: list[AddressRow] = field(default_factory=list)


def screen_snapshot(request: SnapshotRequest) -> SnapshotScreened:
    """Look up every address of a file; write what is found to `out` where it is given.

    Raises UsageError, InputError, OutputError; SignatureError where the snapshot is not this
    desk's for this member, RefusedError where it is over or older than one seen before.
    """
    data = snapshots.contents(request.snapshot)
    now = datetime.now(UTC)
    snapshot = snapshots.opened(data, request.pin, StateFile(request.state), now)
    done = SnapshotScreened(snapshot.header.number, snapshot.header.until)
    found = _found(snapshot, request.file, done)
    if request.out is None:
        for _ in found:
            pass
        return done
    with whole_file(request.out) as draft, draft.open("wb") as table:
        table.write(lines([COLUMNS]))
        for row, finding in found:
            table.write(lines([_cells(row, finding)]))
    return done


def _found(
    snapshot: Snapshot, file: Path, done: SnapshotScreened
) -> Iterator[tuple[AddressRow, Finding]]:
    with opened(file) as stream:
        try:
            rows = parse(stream)
            while batch := list(islice(rows, _BATCH)):
                answers = screen(snapshot, [each.address for each in batch], normalize)
                for row, findings in zip(batch, answers, strict=True):
                    yield from _told(row, findings, done)
        except ValueError as error:
            raise InputError(file.name, str(error)) from None


def _told(
    row: AddressRow, findings: tuple[Finding, ...] | None, done: SnapshotScreened
) -> Iterator[tuple[AddressRow, Finding]]:
    if row.reason or findings is None:
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
