"""A lake: the transfers of one chain, block by block, as far as they have been read.

    LAKE/eip155_1/
        spans.json                              which spans count, in order
        blocks/000000000000-000000000999-ab12cd34.parquet      BLOCKS
        transfers/000000000000-000000000999-ab12cd34.parquet   TRANSFERS
        memos/000000000000-000000000999-ab12cd34.parquet       MEMOS

`spans.json` alone says what is in the lake: a span's files are brought to the disk first, then
the list is replaced at once. So whatever ends the work, the lake holds whole spans, without a
gap and without a block twice; files that the list does not name are removed by the next writer.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stanch.errors import InputError, InvariantError, UsageError
from stanch.model.transfers_file import About, read_about
from stanch.store.outdir import explained, lock_alone, sync_one
from stanch.store.parquet import write

FORMAT: Final = "stanch-lake@1"
ALL: Final = "all"
TOKENS: Final = "tokens alone"
FRESH: Final = 8  # spans at the end that are left as they are: the chain may still change
FEW: Final = 16  # neighbours that are worth putting together
FULL: Final = 500_000  # transfers in a span that is large enough
PARTS: Final = ("blocks", "transfers", "memos")
REPEATING: Final = {"transfers": ("chain", "block", "tx", "from", "to", "asset", "kind")}


@dataclass(frozen=True, slots=True)
class Span:
    """Blocks `first` to `last`; `hash` is that of the last one, `rows` counts its transfers."""

    first: int
    last: int
    hash: str
    rows: int

    @property
    def stem(self) -> str:
        """The name of its files. A span that is read anew after a reorganisation has another."""
        return f"{self.first:012d}-{self.last:012d}-{self.hash.removeprefix('0x')[:12]}"


class Lake:
    """The part of a lake that is of one `chain` (CAIP-2); `what` of its transfers it holds."""

    def __init__(self, folder: Path, chain: str, what: str = ALL) -> None:
        """Read what is there.

        Raises InputError where its list of spans is garbled, UsageError where it holds another
        part of the transfers.
        """
        self.chain = chain
        self.what = what
        self.folder = folder / chain.replace(":", "_")
        self._list = self.folder / "spans.json"
        self.spans: list[Span] = list(self._read())

    @property
    def last(self) -> Span | None:
        """The newest span."""
        return self.spans[-1] if self.spans else None

    @property
    def rows(self) -> int:
        """How many transfers it holds."""
        return sum(each.rows for each in self.spans)

    def transfers(self) -> list[Path]:
        """Files of TRANSFERS, in the order of their blocks."""
        return [self._file("transfers", each) for each in self.spans]

    def blocks(self, span: Span) -> pa.Table:
        """The BLOCKS of a span."""
        return self._rows("blocks", span)

    def memos(self) -> list[Path]:
        """Files of MEMOS, in the order of their blocks."""
        return [self._file("memos", each) for each in self.spans]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer. Raises UsageError where another process is."""
        with explained(self.folder):
            for part in PARTS:
                (self.folder / part).mkdir(parents=True, exist_ok=True)
        if (lock := lock_alone(self.folder)) is None:
            raise UsageError(f"{self.folder}: another process writes there")
        try:
            self.spans = list(self._read())
            self._sweep()
            yield
        finally:
            os.close(lock)

    def append(self, blocks: pa.Table, transfers: pa.Table, memos: pa.Table) -> None:
        """Add a span, which must begin behind the last one.

        Raises InvariantError where it does not follow, OutputError where it cannot be written;
        then the lake is as it was.
        """
        span = _span(blocks, len(transfers))
        if self.spans:
            before = self.spans[-1]
            follows = span.first == before.last + 1 and blocks["parent"][0].as_py() == before.hash
            if not follows:
                raise InvariantError(f"block {span.first} does not follow {before.last}")
        self._write(span, {"blocks": blocks, "transfers": transfers, "memos": memos})
        self._keep([*self.spans, span])

    def cut(self, number: int) -> None:
        """Forget every block above `number`, as if it had never been read."""
        kept = [each for each in self.spans if each.last <= number]
        torn = next((each for each in self.spans if each.first <= number < each.last), None)
        if torn is not None:
            blocks = self.blocks(torn).slice(0, number - torn.first + 1)
            below = {part: self._below(part, torn, number) for part in ("transfers", "memos")}
            span = _span(blocks, len(below["transfers"]))
            self._write(span, {"blocks": blocks} | below)
            kept.append(span)
        self._keep(kept)
        self._sweep()

    def tidy(self) -> None:
        """Put runs of small neighbours together, but for the newest."""
        run: list[Span] = []
        for span in [*self.spans[:-FRESH], None]:
            if span is not None and sum(each.rows for each in run) + span.rows <= FULL:
                run.append(span)
                continue
            if len(run) >= FEW:
                self.join(run)
            run = [] if span is None or span.rows > FULL else [span]

    def join(self, spans: Sequence[Span]) -> None:
        """Put neighbours into one span: many small files are slow to read."""
        at = self.spans.index(spans[0])
        blocks = pa.concat_tables([self.blocks(each) for each in spans])
        memos = pa.concat_tables([self._rows("memos", each) for each in spans])
        files = [self._rows("transfers", each) for each in spans]
        about: dict[str, tuple[str | None, int | None]] = {}
        for each in files:
            about |= read_about(each.schema.metadata or {}).assets
        moved = pa.concat_tables([each.replace_schema_metadata() for each in files])
        moved = moved.replace_schema_metadata(About(about).metadata())
        span = _span(blocks, len(moved))
        self._write(span, {"blocks": blocks, "transfers": moved, "memos": memos})
        self._keep([*self.spans[:at], span, *self.spans[at + len(spans) :]])
        self._sweep()

    def _read(self) -> Iterator[Span]:
        if not self._list.exists():
            return
        try:
            said = json.loads(self._list.read_bytes())
            if said["format"] != FORMAT or said["chain"] != self.chain:
                raise ValueError(f"it is of {said['chain']}, {said['format']}")
            if said["what"] != self.what:
                raise UsageError(
                    f"{self.folder}: holds {said['what']}, and this would be {self.what}; "
                    "name another lake"
                )
            yield from (Span(**each) for each in said["spans"])
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise InputError(str(self._list), f"is no list of spans ({error})") from None

    def _keep(self, spans: list[Span]) -> None:
        said = {
            "format": FORMAT,
            "chain": self.chain,
            "what": self.what,
            "spans": [asdict(each) for each in spans],
        }
        draft = self._list.with_suffix(".new")
        with explained(self.folder):
            draft.write_text(json.dumps(said, indent=0) + "\n", "utf-8")
            sync_one(draft)
            draft.replace(self._list)
            sync_one(self.folder)
        self.spans = spans

    def _write(self, span: Span, parts: Mapping[str, pa.Table]) -> None:
        for part, rows in parts.items():
            file = self._file(part, span)
            with explained(self.folder):
                write(file, rows, REPEATING.get(part, ()))
                sync_one(file)
                sync_one(file.parent)

    def _rows(self, part: str, span: Span) -> pa.Table:
        return pq.read_table(self._file(part, span))

    def _below(self, part: str, span: Span, number: int) -> pa.Table:
        rows = self._rows(part, span)
        return rows.filter(pc.less_equal(rows["block"], number))

    def _file(self, part: str, span: Span) -> Path:
        return self.folder / part / f"{span.stem}.parquet"

    def _sweep(self) -> None:
        """Remove the files that count for nothing."""
        known = {f"{each.stem}.parquet" for each in self.spans}
        for part in PARTS:
            for file in (self.folder / part).iterdir():
                if file.name not in known:
                    file.unlink(missing_ok=True)


def _span(blocks: pa.Table, rows: int) -> Span:
    numbers = blocks["number"]
    return Span(numbers[0].as_py(), numbers[-1].as_py(), blocks["hash"][-1].as_py(), rows)
