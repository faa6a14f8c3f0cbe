"""A desk copied while it works, and given back whole on either engine, or not at all."""

import hashlib
import io
import json
import random
import tarfile
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, insert, select

from stanch.app.desk import audit
from stanch.app.desk import desk as desks
from stanch.app.desk.backup import backup, restore, restore_desk
from stanch.cases import files
from stanch.cases.items import NewItem
from stanch.errors import (
    InputError,
    OutputError,
    RefusedError,
    SignatureError,
    StanchError,
    UsageError,
)
from stanch.formats.signed.jws import sign, verify
from stanch.formats.signed.keys import PrivateKey
from stanch.store import migrations
from stanch.store.desk import archive, log
from stanch.store.desk.copy import TABLES
from stanch.store.desk.tables import METADATA, failure, file, log_head, session
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from tests.app.desk.conftest import EVIDENCE, GREEN
from tests.cases.conftest import World
from tests.desk_lent import Postgres, sqlite_engine


@pytest.fixture(scope="module")
def another(postgres_server: str):
    """A second database on the server, beside that of the desk."""
    lent = Postgres(postgres_server)
    yield lent
    lent.drop()


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path):
    """Another database, with the schema and no rows."""
    folder = tmp_path / "other"
    folder.mkdir()
    if request.param == "postgres":
        with request.getfixturevalue("another").lent() as engine:
            yield engine
        return
    engine = sqlite_engine(folder)
    yield engine
    engine.dispose()


def rows(engine: Engine) -> dict[str, list[tuple]]:
    with sql.reading(engine).begin() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in TABLES
        }


def test_every_row_comes_back_on_either_engine(full: World, empty, desk_key, tmp_path):
    target = tmp_path / "desk.tar"
    manifest = backup(full.database, desk_key, target)
    assert restore(empty, target, desk_key.public) == manifest
    assert rows(empty) == rows(full.database.writer)
    other = Database(empty, sql.reading(empty), full.database.clock, full.database.sign_head)
    assert audit.verify(other, desk_key.public) == []
    with other.read() as connection:
        assert connection.execute(select(file.c.content)).scalar_one() == EVIDENCE
        assert not connection.execute(select(session)).all()
    # And back again: the same bytes, which is also to say that the same rows make the same file.
    backup(other, desk_key, tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == target.read_bytes()


def test_work_goes_on_in_what_was_restored(full: World, empty, desk_key, tmp_path):
    with full.database.writer.begin() as connection:
        for _ in range(3):
            connection.execute(insert(failure).values(who="x", at="y"))
    backup(full.database, desk_key, tmp_path / "desk.tar")
    restore(empty, tmp_path / "desk.tar", desk_key.public)
    other = Database(empty, sql.reading(empty), full.database.clock, full.database.sign_head)
    before = full.database
    full.database = other
    full.item(full.case(), GREEN.marking)
    full.database = before
    with other.writer.begin() as connection:
        connection.execute(insert(failure).values(who="x", at="z"))
        assert len(connection.execute(select(failure)).all()) == 4
    assert audit.verify(other, desk_key.public) == []


def test_the_private_key_is_in_it_only_where_it_is_asked_for(full: World, tmp_path):
    seed = bytes(range(32))
    key = PrivateKey.from_seed(seed)
    with full.database.writer.begin() as connection:
        connection.execute(METADATA.tables["desk"].update().values(key=key.public.text))
    backup(full.database, key, tmp_path / "without.tar")
    backup(full.database, key, tmp_path / "with.tar", seed)
    assert seed not in (tmp_path / "without.tar").read_bytes()
    assert seed in (tmp_path / "with.tar").read_bytes()
    with pytest.raises(UsageError):
        backup(full.database, key, tmp_path / "wrong.tar", bytes(32))
    for name in ("without.tar", "with.tar"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="no private key"):
        restore_desk(tmp_path / "none", None, tmp_path / "without.tar")
    assert not (tmp_path / "none").exists()


def test_any_tar_reads_it(full: World, desk_key, tmp_path):
    manifest = backup(full.database, desk_key, tmp_path / "desk.tar")
    with tarfile.open(tmp_path / "desk.tar") as tar:
        assert tar.getnames() == [
            "manifest.json",
            "manifest.jws",
            *(p.name for p in manifest.parts),
        ]
        lines = tar.extractfile("log.jsonl").read().splitlines()
    assert [json.loads(line)["n"] for line in lines] == list(range(1, manifest.entries + 1))


def test_a_copy_made_while_others_write_is_of_one_moment(full: World, empty, desk_key, tmp_path):
    stop = Event()
    case = full.case()

    def write() -> None:
        while not stop.is_set():
            with full.database.write() as tx:
                new = NewItem(case, "file", {}, GREEN)
                files.keep(tx, full.ann, new, "x", random.randbytes(100))

    writer = Thread(target=write)
    writer.start()
    try:
        manifests = [backup(full.database, desk_key, tmp_path / f"{n}.tar") for n in range(4)]
    finally:
        stop.set()
        writer.join()
    assert manifests[0].entries < manifests[-1].entries
    restored = restore(empty, tmp_path / "3.tar", desk_key.public)  # verifies the log itself
    assert restored.entries == manifests[-1].entries


def nothing_in(engine: Engine) -> bool:
    return not any(rows(engine).values())


def bad(kind: str, data: bytes, manifest: archive.Manifest) -> bytes:
    places = {
        "log": data.index(b'"verb":"case.opened"'),
        "evidence": data.index(b"AAECAwQFBgcICQ"),
        "manifest": data.index(b'"entries"'),
        "header": data.index(b"case.jsonl"),
    }
    if kind in places:
        at = places[kind] + 5
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    return {
        "empty": b"",
        "short": data[:-1],
        "half": data[: len(data) // 2],
        "head only": data[:512],
        "long": data + b"\0",
        "twice": data + data,
        "text": b"hello" * 1000,
        "end": data[:-1] + b"x",
    }[kind]


@pytest.mark.parametrize(
    "kind",
    ["log", "evidence", "manifest", "header", "empty", "short", "half", "head only", "long",
     "twice", "text", "end"],
)  # fmt: skip
def test_what_is_cut_or_altered_is_refused_and_nothing_is_left(
    full: World, empty, desk_key, tmp_path, kind
):
    target = tmp_path / "desk.tar"
    manifest = backup(full.database, desk_key, target)
    target.write_bytes(bad(kind, target.read_bytes(), manifest))
    with pytest.raises((InputError, SignatureError)):
        restore(empty, target, desk_key.public)
    assert nothing_in(empty)


@pytest.mark.parametrize("seed", range(3))
def test_no_byte_can_be_turned(full: World, desk_key, tmp_path, seed):
    target = tmp_path / "desk.tar"
    backup(full.database, desk_key, target)
    data = bytearray(target.read_bytes())
    with target.open("rb") as stream:
        archive.read(stream, "desk.tar")
    places = random.Random(seed).sample(range(len(data)), 60)
    for at in [*range(0, 512, 7), *places]:
        turned = bytearray(data)
        turned[at] ^= 1 << (at % 8)
        (tmp_path / "turned.tar").write_bytes(turned)
        with pytest.raises(StanchError):
            trusted(tmp_path / "turned.tar", desk_key)


def trusted(target: Path, key: PrivateKey) -> None:
    with target.open("rb") as stream:
        verify(archive.read(stream, "x").signed, archive.FORMAT, key.public)


def remade(target: Path, key: PrivateKey, change, schema: str | None = None) -> None:
    """The archive as an attacker who knows the format makes it: all hashes are right again."""
    with target.open("rb") as stream:
        found = archive.read(stream, "x")
        kept = {
            part.name: b"".join(archive.lines(stream, found, part)) for part in found.manifest.parts
        }
    change(kept)
    parts = tuple(
        archive.Part(name, data.count(b"\n"), len(data), hashlib.sha256(data).hexdigest())
        for name, data in kept.items()
    )
    old = found.manifest
    manifest = archive.Manifest(old.desk, old.key, schema or old.schema, old.entries, parts)
    signed = sign(key, archive.FORMAT, {"manifest": manifest.hash()})
    with target.open("wb") as stream:
        archive.write(stream, manifest, signed, [io.BytesIO(data) for data in kept.values()])


def promoted(kept):
    kept["person.jsonl"] = kept["person.jsonl"].replace(b'"reader"', b'"administrator"')


def test_one_who_has_not_the_key_cannot_make_one(full: World, empty, desk_key, tmp_path):
    target = tmp_path / "desk.tar"
    backup(full.database, desk_key, target)
    remade(target, PrivateKey.generate(), promoted)
    with pytest.raises(SignatureError):
        restore(empty, target, desk_key.public)
    assert nothing_in(empty)


def changed_log(kept):
    kept["log.jsonl"] = kept["log.jsonl"].replace(b"case.opened", b"case.closed")


def changed_text(kept):
    kept["case_item.jsonl"] = kept["case_item.jsonl"].replace(b"Kim saw", b"Lee saw")


def changed_evidence(kept):
    kept["file.jsonl"] = kept["file.jsonl"].replace(b"AAECAwQF", b"AAECAwQG")


def cut_log(kept):
    kept["log.jsonl"] = b"".join(kept["log.jsonl"].splitlines(True)[:-1])


def lost_part(kept):
    del kept["release.jsonl"]


def strange_part(kept):
    kept["../../etc/passwd"] = b"x"


def strange_column(kept):
    kept["case.jsonl"] = kept["case.jsonl"].replace(b'"title"', b'"tit\\"le"')


def no_row(kept):
    kept["case.jsonl"] = b"[" * 100_000 + b"\n"


def nobodys_case(kept):
    kept["case.jsonl"] = kept["case.jsonl"].replace(b"mem-korea", b"mem-nobody")


@pytest.mark.parametrize(
    "change",
    [changed_log, changed_text, changed_evidence, cut_log, lost_part, strange_part, strange_column,
     no_row, nobodys_case],
)  # fmt: skip
def test_even_what_the_key_signed_must_hold(full: World, empty, desk_key, tmp_path, change):
    target = tmp_path / "desk.tar"
    backup(full.database, desk_key, target)
    remade(target, desk_key, change)
    with pytest.raises(InputError):
        restore(empty, target, desk_key.public)
    assert nothing_in(empty)


def test_nothing_is_put_over_something(full: World, empty, desk_key, tmp_path):
    target = tmp_path / "desk.tar"
    backup(full.database, desk_key, target)
    before = rows(full.database.writer)
    with pytest.raises(RefusedError, match="not empty"):
        restore(full.database.writer, target, desk_key.public)
    assert rows(full.database.writer) == before
    with pytest.raises(UsageError, match="there already"):
        backup(full.database, desk_key, target)


def test_an_empty_log_that_somebody_looked_at_is_empty(full: World, empty, desk_key, tmp_path):
    backup(full.database, desk_key, tmp_path / "desk.tar")
    with empty.begin() as connection:
        log.lock(connection)
        assert connection.execute(select(log_head)).all()
    restore(empty, tmp_path / "desk.tar", desk_key.public)
    assert rows(empty) == rows(full.database.writer)


def test_a_database_without_schema_gets_it_and_loses_it_again(full: World, desk_key, tmp_path):
    backup(full.database, desk_key, tmp_path / "desk.tar")
    (tmp_path / "bare").mkdir()
    engine = sql.connect(tmp_path / "bare")
    remade(tmp_path / "desk.tar", desk_key, changed_text)
    with pytest.raises(InputError):
        restore(engine, tmp_path / "desk.tar", desk_key.public)
    assert migrations.version(engine) is None
    remade(tmp_path / "desk.tar", desk_key, lambda kept: kept.update(
        {"case_item.jsonl": kept["case_item.jsonl"].replace(b"Lee saw", b"Kim saw")}
    ))  # fmt: skip
    restore(engine, tmp_path / "desk.tar", desk_key.public)
    assert migrations.version(engine) == migrations.latest()
    engine.dispose()


def test_a_file_that_cannot_be_written_leaves_nothing(full: World, desk_key, tmp_path):
    with pytest.raises(OutputError):
        backup(full.database, desk_key, tmp_path / "missing" / "desk.tar")
    with pytest.raises(RefusedError):
        backup(full.database, PrivateKey.generate(), tmp_path / "desk.tar")
    assert not list(tmp_path.glob("*.tar"))
    assert not list(tmp_path.glob(".*.partial"))


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_whole_desk_moves_house(tmp_path, engine, inside, request):
    old, new, target = tmp_path / "old", tmp_path / "new", tmp_path / "desk.tar"
    desks.create(old, None, desks.NewDesk("Joint desk", "Korea", "KR", "Ahn"))
    with desks.opened(old) as desk:
        seed = desk.folder.seed()
        backup(desk.database, desk.key, target, seed if inside else None)
        before = rows(desk.database.writer)
    url = request.getfixturevalue("postgres_url") if engine == "postgres" else None
    restore_desk(new, url, target, None if inside else seed)
    with desks.opened(new, url) as desk:
        assert rows(desk.database.writer) == before
        assert audit.verify(desk.database, desk.key.public) == []
        assert desk.folder.seed() == seed


def test_a_desk_that_cannot_be_restored_leaves_no_folder(full: World, desk_key, tmp_path):
    backup(full.database, desk_key, tmp_path / "desk.tar")
    with pytest.raises(SignatureError):
        restore_desk(tmp_path / "new", None, tmp_path / "desk.tar", bytes(32))
    assert not (tmp_path / "new").exists()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        restore_desk(tmp_path / "full", None, tmp_path / "desk.tar", bytes(32))
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"


def test_a_backup_of_another_schema_is_refused(full: World, empty, desk_key, tmp_path):
    target = tmp_path / "desk.tar"
    backup(full.database, desk_key, target)
    remade(target, desk_key, lambda kept: None, schema="9999")
    with pytest.raises(UsageError, match="9999"):
        restore(empty, target, desk_key.public)
    assert nothing_in(empty)
