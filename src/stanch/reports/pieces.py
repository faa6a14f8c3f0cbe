"""The CSV files of a trace folder, a piece at a time, so that their size does not matter."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from stanch.errors import InputError
from stanch.reports.limbs import Limbs, split
from stanch.reports.names import clean

# The reader is several blocks ahead, so these are small; a piece costs the same look-ups however
# many rows it has, so these are large.
BLOCK: Final = 1 << 23  # bytes read at a time
PIECE: Final = 1 << 27  # bytes of the columns of one piece, about


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one file, every column as text; `before` rows stand ahead of them."""

    file: str
    before: int
    rows: pa.RecordBatch

    def __getitem__(self, column: str) -> pa.Array:
        """One column."""
        return self.rows.column(column)

    def exact(self, column: str) -> Limbs:
        """A column of amounts. Raises InputError with the row of one that is none."""
        texts = self[column]
        try:
            return split(texts)
        except ValueError as error:
            place = int(str(error))
            reason = f"{column} is no whole number: {clean(texts[place].as_py(), 40)!r}"
            raise InputError(self.file, reason, self.before + place + 1) from None

    def where(self, mask: Any) -> "Piece":
        """The rows that `mask` (Arrow or NumPy booleans) names; their places are not kept."""
        return Piece(self.file, self.before, self.rows.filter(pa.array(mask)))


def check(file: Path, columns: Sequence[str]) -> None:
    """Raise InputError where `file` is missing, cannot be read, or lacks one of `columns`."""
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream), [])
    except FileNotFoundError:
        raise InputError(
            str(file), "is not there: is this the folder of a finished trace?"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(str(file), f"cannot be read: {error}") from error
    if missing := [name for name in columns if name not in header]:
        raise InputError(str(file), f"lacks the column {', '.join(missing)}")


def pieces(file: Path, columns: Sequence[str]) -> Iterator[Piece]:
    """The rows of `file`, of them the `columns`, in file order. Raises InputError."""
    options = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(columns, pa.string()),
        include_columns=list(columns),
        strings_can_be_null=False,
    )
    before = 0
    try:
        with arrow_csv.open_csv(
            file,
            read_options=arrow_csv.ReadOptions(block_size=BLOCK),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=_quotes(file)),
            convert_options=options,
        ) as stream:
            for rows in _joined(stream):
                yield Piece(file.name, before, rows)
                before += len(rows)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(str(file), f"cannot be read: {error}") from error


def _quotes(file: Path) -> bool:
    """Whether any value may span lines. Where none can, the reader is three times as fast."""
    with file.open("rb") as stream:
        return any(b'"' in chunk for chunk in iter(lambda: stream.read(BLOCK), b""))


def _joined(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of at least PIECE bytes, but for the last."""
    waiting: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        waiting.append(batch)
        size += batch.nbytes
        if size >= PIECE:
            yield pa.concat_batches(waiting)
            waiting, size = [], 0
    if waiting:
        yield pa.concat_batches(waiting)


def codes(texts: pa.Array, known: dict[str, int]) -> Any:
    """Numbers of `texts` (NumPy int64); texts not yet in `known` are numbered on."""
    encoded = texts.dictionary_encode()
    numbers = pa.array(
        [known.setdefault(text, len(known)) for text in encoded.dictionary.to_pylist()], pa.int64()
    )
    return numbers.take(encoded.indices).to_numpy(zero_copy_only=False)


def places(texts: pa.Array, known: pa.Array) -> Any:
    """Place of each of `texts` in `known` (NumPy int64), -1 where it is not there."""
    found = pc.fill_null(pc.index_in(texts, value_set=known), -1)
    return found.cast(pa.int64()).to_numpy(zero_copy_only=False)
