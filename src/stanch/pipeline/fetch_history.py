"""The histories of addresses from an explorer into a folder of its answers, which can grow.

    OUT/0xabc…-tokentx-000001.json

An answer that is full is never asked for again; the last of each kind is, for it may have grown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from stanch.errors import InputError
from stanch.sources.etherscan.api import ACTIONS, ROWS, Explorer
from stanch.store.outdir import explained, sync_one

DIGITS: Final = 6

Progress = Callable[[str, int], None]  # address and kind, rows so far


@dataclass(frozen=True, slots=True)
class Histories:
    """What lies in the folder now: files in the order to read them in, and rows in them."""

    files: tuple[Path, ...]
    rows: int


def fetch_histories(
    explorer: Explorer, addresses: Sequence[str], out: Path, progress: Progress
) -> Histories:
    """Bring the histories of `addresses` up to date. What was read stays, whatever ends the work.

    Raises NodeError where the explorer refuses, OutputError where the folder cannot be written,
    InputError where a file in it is none of its answers.
    """
    with explained(out):
        out.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    rows = 0
    for address in addresses:
        for action in ACTIONS:
            kept = sorted(out.glob(f"{address}-{action}-*.json"))
            full = [(file, count, last) for file, count, last in map(_read, kept) if count == ROWS]
            start = full[-1][2] if full else 0
            found = [file for file, _, _ in full]
            count = sum(each for _, each, _ in full)
            for page in explorer.pages(address, action, start):
                file = out / f"{address}-{action}-{len(found) + 1:0{DIGITS}d}.json"
                _write(file, page.data)
                found.append(file)
                count += page.rows
                progress(f"{address} {action}", count)
            files += found
            rows += count
    return Histories(tuple(files), rows)


def _read(file: Path) -> tuple[Path, int, int]:
    """An answer in the folder: rows, and the last block it speaks of."""
    try:
        said = orjson.loads(file.read_bytes())["result"]
        return file, len(said), int(said[-1]["blockNumber"]) if said else 0
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(str(file), "is no answer of an explorer; remove it") from None


def _write(file: Path, data: bytes) -> None:
    draft = file.with_suffix(".new")
    with explained(file):
        draft.write_bytes(data)
        sync_one(draft)
        draft.replace(file)
        sync_one(file.parent)
