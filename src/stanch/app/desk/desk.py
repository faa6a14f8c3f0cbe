"""A desk, made or opened: its database at the latest schema, its key, its clock."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from stanch.app.wiring import open_desk
from stanch.errors import RefusedError, UsageError
from stanch.formats.signed.jws import HEAD, sign
from stanch.formats.signed.keys import PrivateKey
from stanch.members.init import Founding, found
from stanch.store import migrations
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import desk as desk_table
from stanch.store.desk.transaction import Clock, Database

SCHEMA_BEHIND: Final = "the database is at schema {0}, this program at {1}: run `stanch migrate`"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open desk. `id` is empty until it is founded."""

    id: str
    name: str
    folder: Folder
    key: PrivateKey
    database: Database


@dataclass(frozen=True, slots=True)
class NewDesk:
    """The words of a new desk: its name, and its first member and administrator."""

    name: str
    member: str
    country: str
    administrator: str
    member_id: str | None = None


def create(path: Path, url: str | None, new: NewDesk, clock: Clock | None = None) -> str:
    """Make a desk in an empty folder; returns the token of the administrator's one-time link.

    Raises UsageError, RefusedError where the database holds a desk already.
    """
    folder = Folder.create(path)
    with _opened(folder, url, clock) as (key, database):
        migrations.upgrade(database.writer)
        founding = Founding(
            new.name, key.public.text, new.member, new.country, new.administrator,
            member_id=new.member_id,
        )  # fmt: skip
        with database.write() as tx:
            return found(tx, founding)


@contextmanager
def opened(path: Path | None, url: str | None = None, clock: Clock | None = None) -> Iterator[Desk]:
    """Open a desk. Raises UsageError where it is none or its schema is not this program's,
    RefusedError where the folder's key is not the desk's.
    """
    folder = Folder.at(path)
    with _opened(folder, url, clock) as (key, database):
        known, latest = migrations.version(database.writer), migrations.latest()
        if known != latest:
            raise UsageError(SCHEMA_BEHIND.format(known, latest))
        with database.read() as connection:
            row = connection.execute(select(desk_table)).one_or_none()
        if row is None:
            raise UsageError(f"{folder.path}: its database holds no desk")
        if row.key != key.public.text:
            raise RefusedError(f"{folder.path}: its key is not the key of the desk in the database")
        yield Desk(row.id, row.name, folder, key, database)


def migrate(path: Path | None, url: str | None = None) -> tuple[str | None, str]:
    """Bring the database to this program's schema; returns the versions before and after."""
    folder = Folder.at(path)
    with _opened(folder, url, None) as (_, database):
        before = migrations.version(database.writer)
        migrations.upgrade(database.writer)
        return before, migrations.latest()


@contextmanager
def _opened(
    folder: Folder, url: str | None, clock: Clock | None
) -> Iterator[tuple[PrivateKey, Database]]:
    key = PrivateKey.from_seed(folder.seed())

    def sign_head(payload: Mapping[str, Any]) -> str:
        return sign(key, HEAD, dict(payload))

    writer, reader = open_desk(folder.path, url)
    try:
        yield key, Database(writer, reader, clock or _now, sign_head)
    finally:
        writer.dispose()


def _now() -> datetime:
    return datetime.now(UTC)
