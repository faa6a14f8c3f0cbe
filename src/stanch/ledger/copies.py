"""Fourth step: coded rows written as TRANSFERS, and sorted again for one address's history."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from stanch.ledger.encode import Names
from stanch.ledger.layout import COPIES, TEXTS
from stanch.model.kinds import KINDS
from stanch.store.parquet import Sink
from stanch.store.relation import Engine

_KINDS = pa.array(KINDS)


def spelled(rows: pa.Table, names: Names) -> pa.Table:
    """CODED rows with their texts: the columns of TRANSFERS and `row`."""
    ids = rows.combine_chunks()
    texts = {"chain": names.chains, "from": names.accounts, "to": names.accounts}
    columns = []
    for field in COPIES:
        column = ids[field.name]
        if field.name == "kind":
            column = _KINDS.take(column)
        elif field.name == "asset":
            column = names.assets.take(column)
        elif field.name in texts:
            column = texts[field.name].take(column)
        columns.append(column.cast(field.type))
    return pa.table(columns, COPIES)


def write_copy(engine: Engine, end: str, names: Names, file: Path) -> Iterator[int]:
    """Write `file` from `rows`, sorted by `end` (from or to), then canonically.

    Ids follow the order of the texts, so the file is sorted by the text too. Says how far it is.
    """
    batches: Iterable[pa.RecordBatch] = engine.stream(f'select * from rows order by "{end}", row')
    with Sink(file, COPIES, TEXTS) as sink:
        for batch in batches:
            sink.write(spelled(pa.Table.from_batches([batch]), names))
            yield sink.rows
