"""What psycopg can do that SQLAlchemy does not ask for: COPY, and results in binary."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, event

from stanch.store.desk.many import BINARY, COPIED


def many(engine: Engine) -> None:
    """Have an engine do what `store.desk.many` names."""
    event.listen(engine, "do_executemany", _copied)
    event.listen(engine, "do_execute", _as_they_are)


def _copied(cursor: Any, _: str, rows: Sequence[Mapping[str, Any]], context: Any) -> bool:
    """COPY in binary; as any statement it stands and falls with its transaction."""
    if not context.execution_options.get(COPIED):
        return False
    table, names, dialect = context.compiled.statement.table, list(rows[0]), context.dialect
    quoted = ", ".join(map(dialect.identifier_preparer.quote, names))
    into = f"copy {dialect.identifier_preparer.format_table(table)} ({quoted})"
    with cursor.copy(f"{into} from stdin (format binary)") as stream:
        stream.set_types([_type(table.c[name].type, dialect) for name in names])
        for row in rows:
            stream.write_row([row[name] for name in names])
    return True


def _as_they_are(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    if context is None or not context.execution_options.get(BINARY):
        return False
    cursor.execute(statement, parameters, binary=True)
    return True


def _type(type: Any, dialect: Any) -> str:
    return str(type.compile(dialect)).lower()
