"""Many rows at once. On PostgreSQL a statement for each is a way there and back, and bytes go as
text, twice as long; SQLite is in the same process, and has neither.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Label,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

# Execution options, which store.engines.postgres knows and SQLite does not ask for.
COPIED: Final = "stanch_copied"
BINARY: Final = "stanch_binary"
# Of an insert of rows that all name the same columns: they are copied in as one stream.
MANY: Final = {COPIED: True}
# Of a query that brings bytes: they come as they are.
RAW: Final = {BINARY: True}

_NOTHING: Final[Any] = literal_column("0")


def found_by(
    columns: Sequence[ColumnElement[Any]], key: ColumnElement[Any], where: ColumnElement[bool]
) -> Select[Any]:
    """The query of rows by a column of texts, bound as the list `wanted`, for PostgreSQL.

    An index that begins with `key` is looked up once for each text. With the list in a condition,
    PostgreSQL reads the table whenever it thinks that little lies there, as it does at first.
    """
    listed = func.unnest(bindparam("wanted", type_=ARRAY(Text)))
    wanted = listed.table_valued("one", name="wanted").render_derived()
    # OFFSET holds the look-up apart: otherwise it is joined to the list by a hash of all rows.
    row = select(*columns).where(key == wanted.c.one, where).offset(_NOTHING).lateral("row")
    return select(*row.c).select_from(wanted.join(row, true()))


def within(rows: Select[Any], blob: str, by: str) -> Select[Any]:
    """The same rows in the order of `by`, with NULL for the blob of each from the one on with which
    there would be more than `most` bytes, as is bound; the first row always brings its own.

    So one answer brings a page, however large its rows are, without asking for them in parts.
    """
    inner = rows.subquery("rows")
    size = func.octet_length(inner.c[blob])  # of how it is stored: nothing is read for it
    total = func.sum(size).over(order_by=inner.c[by], rows=(None, 0))
    shown: Label[Any] = case((or_(total <= bindparam("most"), total == size), inner.c[blob])).label(
        blob
    )
    columns = [shown if each.name == blob else each for each in inner.c]
    return select(*columns).order_by(inner.c[by])
