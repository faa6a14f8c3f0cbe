"""Back a desk up while it works, into one signed file; restore it into an empty database.

The file is the same for both engines, so it also moves a desk from one to the other. It holds all
but who is signed in, and not the desk's private key unless that is asked for: who finds a backup
may read it, but must not be able to sign heads and deliveries in the desk's name. Keep the key
file (desk.key) apart. Keys and roles that were revoked since the backup hold again after a restore:
revoke them anew.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from stanch.app.desk.audit import faults
from stanch.app.wiring import open_desk
from stanch.errors import InputError, OutputError, RefusedError, SignatureError, UsageError
from stanch.formats.signed.jws import sign, verify
from stanch.formats.signed.keys import PrivateKey, PublicKey
from stanch.store import migrations
from stanch.store.desk import archive, copy, log
from stanch.store.desk.archive import Archive, Manifest, Part
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import desk
from stanch.store.desk.transaction import Database

__all__ = ["Manifest", "backup", "restore", "restore_desk"]

_KEY: Final = "desk.key"
_SEED: Final = 32  # bytes


def backup(
    database: Database, key: PrivateKey, target: Path, seed: bytes | None = None
) -> Manifest:
    """Write all that is committed at one moment to `target`, which must not be there yet.

    `seed` is the desk's private key, where it is to be in the file too. Raises UsageError,
    OutputError where it cannot be written: nothing is left then.
    """
    if seed is not None and PrivateKey.from_seed(seed).public != key.public:
        raise UsageError("the private key is not the one of this desk")
    with _new(target) as stream, ExitStack() as stack:
        manifest, parts = _spooled(database, target.parent, seed, stack)
        if manifest.key != key.public.text:
            raise RefusedError("the key is not the key of the desk in the database")
        signed = sign(key, archive.FORMAT, {"manifest": manifest.hash()})
        archive.write(stream, manifest, signed, parts)
    return manifest


def restore(engine: Engine, source: Path, key: PublicKey) -> Manifest:
    """Put a backup that `key` signed into a database that is empty, or has the schema and no rows.

    All of it, or nothing: it is checked before the first row, and the log, its heads and all
    evidence once more before the transaction ends. Raises InputError for a file that is cut or
    altered, SignatureError for one of another key, UsageError for one of another schema,
    RefusedError where the database holds something.
    """
    with _read(source) as stream:
        found = _trusted(archive.read(stream, str(source)), key)
        schema = migrations.version(engine)
        if schema not in (None, found.manifest.schema) or (
            found.manifest.schema != migrations.latest()
        ):
            raise UsageError(
                f"{source}: is of schema {found.manifest.schema}; the database is at {schema}, "
                f"this program at {migrations.latest()}"
            )
        if schema is None:
            migrations.upgrade(engine)
        try:
            with engine.begin() as connection:
                _load(connection, stream, found, str(source))
                _sound(connection, found.manifest, key, str(source))
        except BaseException:
            if schema is None:
                migrations.downgrade(engine, "base")
            raise
    return found.manifest


def restore_desk(path: Path, url: str | None, source: Path, seed: bytes | None = None) -> Manifest:
    """Restore into a new folder, and the database of `url` where one is named.

    `seed` is the desk's private key; it may be left out where the backup holds it, and then who
    restores trusts the file: compare the desk's key in the manifest with one known from elsewhere.
    Raises as `restore`, UsageError without a key. The folder is gone again where it fails.
    """
    seed = seed or _seed_in(source)
    key = PrivateKey.from_seed(seed)
    there = path.exists()
    folder = Folder.create(path, seed)
    try:
        engine, _ = open_desk(folder.path, url)
        try:
            return restore(engine, source, key.public)
        finally:
            engine.dispose()
    except BaseException:
        shutil.rmtree(path)
        if there:
            path.mkdir(mode=0o700)
        raise


def _spooled(
    database: Database, folder: Path, seed: bytes | None, stack: ExitStack
) -> tuple[Manifest, list[BinaryIO]]:
    parts: list[Part] = []
    files: list[BinaryIO] = []
    with _moment(database) as connection:
        row = connection.execute(select(desk.c.id, desk.c.key)).one_or_none()
        if row is None:
            raise UsageError("the database holds no desk")
        for table in copy.TABLES:
            files.append(_spool(folder, stack))
            parts.append(copy.write(connection, table, files[-1]))
        entries = log.size(connection)
    if seed is not None:
        files.append(_spool(folder, stack))
        files[-1].write(seed)
        parts.append(archive.part(_KEY, seed))
    for each in files:
        each.seek(0)
    schema = migrations.version(database.reader) or ""
    return Manifest(row.id, row.key, schema, entries, tuple(parts)), files


def _spool(folder: Path, stack: ExitStack) -> BinaryIO:
    return stack.enter_context(tempfile.TemporaryFile(dir=folder))


@contextmanager
def _moment(database: Database) -> Iterator[Connection]:
    """One look at all tables as they were at one moment, while others go on writing."""
    reader = database.reader
    if reader.dialect.name == "postgresql":
        reader = reader.execution_options(isolation_level="REPEATABLE READ")
    with reader.begin() as connection:
        yield connection


def _trusted(found: Archive, key: PublicKey) -> Archive:
    said = verify(found.signed, archive.FORMAT, key)
    if said != {"manifest": found.manifest.hash()} or found.manifest.key != key.text:
        raise SignatureError("the signature of the backup is not over its manifest")
    return found


def _load(connection: Connection, stream: BinaryIO, found: Archive, name: str) -> None:
    log.lock(connection)  # nobody founds a desk here meanwhile
    copy.clear_way(connection)
    parts = {part.name: part for part in found.manifest.parts}
    if parts.keys() - {_KEY} != {copy.part_of(table) for table in copy.TABLES}:
        raise InputError(name, "does not hold the tables of this schema")
    for table in copy.TABLES:
        part = parts[copy.part_of(table)]
        try:
            rows = copy.load(connection, table, archive.lines(stream, found, part))
        except (ValueError, TypeError, RecursionError, SQLAlchemyError) as error:
            raise InputError(name, f"{part.name}: {type(error).__name__}") from error
        if rows != part.rows:
            raise InputError(name, f"{part.name}: {rows} rows, not {part.rows}")


def _sound(connection: Connection, manifest: Manifest, key: PublicKey, name: str) -> None:
    found = faults(connection, key)
    if found:
        raise InputError(name, f"its log does not hold: {found[0].says}")
    row = connection.execute(select(desk.c.id, desk.c.key)).one_or_none()
    if row is None or (row.id, row.key) != (manifest.desk, manifest.key):
        raise InputError(name, "its desk is not the one that the manifest names")
    if log.size(connection) != manifest.entries:
        raise InputError(name, "its log is not as long as the manifest says")


def _seed_in(source: Path) -> bytes:
    """The private key that a backup holds; it proves itself, as it must have signed the backup."""
    with _read(source) as stream:
        found = archive.read(stream, str(source))
        for part in found.manifest.parts:
            if part.name == _KEY and part.size == _SEED:
                stream.seek(found.places[_KEY])
                return stream.read(_SEED)
    raise UsageError(f"{source}: holds no private key; name the desk's key file")


@contextmanager
def _read(source: Path) -> Iterator[BinaryIO]:
    try:
        stream = source.open("rb")
    except OSError as error:
        raise UsageError(f"{source}: {error.strerror}") from None
    with stream:
        yield stream


@contextmanager
def _new(target: Path) -> Iterator[BinaryIO]:
    """A file for its owner alone, which stands at `target` once it is whole and on the disk."""
    if target.exists():
        raise UsageError(f"{target}: is there already")
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, target)  # unlike a rename it never takes another file's place
    except OSError as error:
        raise OutputError(f"{target}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
