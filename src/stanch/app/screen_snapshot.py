"""Screen a file of addresses against a desk's signed snapshot, with no desk and no network."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from stanch.app.screen_watched import LookedUp, screen_file
from stanch.client import Pin, snapshots
from stanch.client.state import StateFile
from stanch.formats.snapshot import screen
from stanch.screening.identifiers.wallet import normalize

_BATCH: Final = 50_000


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


@dataclass(frozen=True, slots=True)
class SnapshotScreened:
    """What became of the file, and the snapshot's number and end."""

    number: int
    until: str
    screened: LookedUp


def screen_snapshot(request: SnapshotRequest) -> SnapshotScreened:
    """Look up every address of a file; write what is found to `out` where it is given.

    Raises UsageError, InputError, OutputError; SignatureError where the snapshot is not this
    desk's for this member, RefusedError where it is over or older than one seen before.
    """
    data = snapshots.contents(request.snapshot)
    now = datetime.now(UTC)
    snapshot = snapshots.opened(data, request.pin, StateFile(request.state), now)
    done = screen_file(
        request.file, request.out, lambda each: screen(snapshot, each, normalize), _BATCH
    )
    return SnapshotScreened(snapshot.header.number, snapshot.header.until, done)
