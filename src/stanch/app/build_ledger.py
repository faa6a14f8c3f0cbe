"""Build a ledger folder from the files of a source, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stanch.app.wiring import open_engine
from stanch.ledger.build import Progress
from stanch.pipeline.build import BuildJob
from stanch.pipeline.build import build_ledger as run
from stanch.sources import SourceRequest

__all__ = ["LedgerRequest", "Progress", "build_ledger"]


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """What the user asks for; options that the source does not need stay None.

    `columns` says under which name a CSV file has tx, time, from, to, amount, block or order.
    With `strict` one row that has to be rejected spoils the whole.
    """

    source: str
    files: tuple[Path, ...]
    out: Path
    chain: str | None = None
    asset: str | None = None
    decimals: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False


def build_ledger(request: LedgerRequest, progress: Progress) -> dict[str, Any]:
    """Read, order and write; return what `ledger.json` says.

    Raises UsageError where the request cannot be followed, InputError where the files cannot be
    used, OutputError where the disk is full.
    """
    reading = SourceRequest(
        request.files, request.chain, request.asset, request.decimals, request.columns
    )
    job = BuildJob(request.source, reading, request.out, request.strict)
    return run(job, open_engine, progress)
