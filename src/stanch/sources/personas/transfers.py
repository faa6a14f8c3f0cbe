"""Pay flows: who paid whom, from CSV or Parquet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from stanch.errors import InputError, UsageError
from stanch.sources import times
from stanch.sources.personas.batch import Refused
from stanch.sources.personas.columns import folded
from stanch.sources.reading import Broken, open_bytes, open_csv

_TITLES: Final = {
    "src": "src", "from": "src", "source": "src", "sender": "src", "from_address": "src",
    "dst": "dst", "to": "dst", "target": "dst", "receiver": "dst", "to_address": "dst",
    "time": "time", "timestamp": "time", "block_timestamp": "time",
    "asset": "asset", "amount": "amount", "value": "amount",
}  # fmt: skip
_MOST: Final = 200  # characters of an end or an asset


class Flow(NamedTuple):
    """One payment as it was given; `time` in microseconds since 1970."""

    src: str
    dst: str
    time: int | None
    asset: str | None
    amount: str | None
    row: int


def read(path: Path) -> Iterator[Flow | Refused]:
    """The payments of a file. Raises UsageError, InputError where it has no ends."""
    if not path.is_file():
        raise UsageError(f"{path}: {'is a folder' if path.is_dir() else 'there is no such file'}")
    with open_bytes(path) as stream:
        parquet = stream.read(4) == b"PAR1"
    for row, cells in _of_parquet(path) if parquet else _of_csv(path):
        if isinstance(cells, str):
            yield Refused(path.name, row, cells)
            continue
        try:
            yield _flow(row, cells)
        except ValueError as error:
            yield Refused(path.name, row, str(error))


_Rows = Iterator[tuple[int, dict[str, Any] | str]]


def _of_csv(path: Path) -> _Rows:
    opened = open_csv(path)
    names = _names(path, opened.header)
    for each in opened.rows:
        if isinstance(each, Broken):
            yield each.row, each.reason
        else:
            yield each.row, {name: each.fields[place] for name, place in names.items()}


def _of_parquet(path: Path) -> _Rows:
    try:
        file = pq.ParquetFile(path)
        titles = file.schema_arrow.names
        names = _names(path, titles)
        row = 1
        for batch in file.iter_batches(1 << 16, columns=[titles[at] for at in names.values()]):
            for cells in batch.rename_columns(_order(names, batch, titles)).to_pylist():
                yield row, cells
                row += 1
    except (pa.ArrowException, OSError) as error:
        why = f"is no Parquet that can be read ({type(error).__name__})"
        raise InputError(path.name, why) from None


def _order(names: dict[str, int], batch: pa.RecordBatch, titles: list[str]) -> list[str]:
    meant = {titles[place]: name for name, place in names.items()}
    return [meant[title] for title in batch.schema.names]


def _names(path: Path, titles: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        if name := _TITLES.get(folded(title)):
            found.setdefault(name, place)
    if "src" not in found or "dst" not in found:
        raise InputError(path.name, "has no columns src and dst")
    return found


def _flow(row: int, cells: dict[str, Any]) -> Flow:
    src, dst = (_end(cells[name], name) for name in ("src", "dst"))
    return Flow(src, dst, _time(cells.get("time")), _asset(cells.get("asset")),
                _amount(cells.get("amount")), row)  # fmt: skip


def _end(said: Any, name: str) -> str:
    text = str(said if said is not None else "").strip()
    if not 0 < len(text) <= _MOST:
        raise ValueError(f"{name} is empty or longer than {_MOST} characters")
    return text


def _time(said: Any) -> int | None:
    if said is None or said == "":
        return None
    try:
        return times.parse(said.isoformat() if hasattr(said, "isoformat") else str(said))
    except ValueError:
        raise ValueError("time cannot be read") from None


def _asset(said: Any) -> str | None:
    text = str(said if said is not None else "").strip()
    if len(text) > _MOST:
        raise ValueError(f"asset is longer than {_MOST} characters")
    return text or None


def _amount(said: Any) -> str | None:
    text = str(said if said is not None else "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 78:
        raise ValueError("amount is no whole number of the smallest unit")
    return str(int(text))
