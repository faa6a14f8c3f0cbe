"""All rows of a desk, to be put into an empty one: what many tests begin with is made once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy import insert, select, update

from stanch.formats.signed.keys import PrivateKey
from stanch.store.desk.tables import METADATA, log_head
from stanch.store.desk.transaction import Database

T = TypeVar("T")


@dataclass(frozen=True)
class Rows:
    """By table, in an order in which each row finds what it names."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]

    @classmethod
    def of(cls, database: Database) -> "Rows":
        """Those of a database. Numbers that it counts by itself are none of them yet."""
        with database.read() as connection:
            found = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in METADATA.sorted_tables
            }
        return cls({name: rows for name, rows in found.items() if rows})

    def put(self, database: Database) -> None:
        """Into one that has the schema and nothing else."""
        with database.write() as tx:  # makes the log's head, which only grows
            for name, rows in self.tables.items():
                if name == log_head.name:
                    tx.connection.execute(update(log_head).values(**rows[0]))
                else:
                    tx.connection.execute(insert(METADATA.tables[name]), rows)


def once(make: Callable[[Database, PrivateKey], T]) -> Callable[[Database, PrivateKey], T]:
    """Let `make` fill an empty desk of this key at this time once in a process; the next desk gets
    all rows of that one. What it gives knows no database: it is the same for all of them.
    """
    known: dict[tuple[str, str], tuple[T, Rows]] = {}

    @wraps(make)
    def made(database: Database, key: PrivateKey) -> T:
        which = (key.public.text, database.now())
        if which in known:
            known[which][1].put(database)
        else:
            known[which] = make(database, key), Rows.of(database)
        return known[which][0]

    return made
