"""An intake: its tables, that it is the same each time, and that nothing in it can be read."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from stanch.app.personas import diary, folder
from stanch.app.personas import workers as workers_of
from stanch.app.personas.ingest import IngestRequest, ingest
from stanch.app.personas.intake import Intake, open_intake
from stanch.app.personas.secret import Secret
from stanch.errors import InputError, UsageError
from stanch.model.personas import kinds, tables
from stanch.sources.personas import rows as row_source
from tests.app.personas.intake_world import PLAIN, sources, taken_in

EARLY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def secret(tmp_path_factory) -> Secret:
    return Secret.make(tmp_path_factory.mktemp("key") / "personas.key")


@pytest.fixture(scope="module")
def path(tmp_path_factory, secret: Secret) -> Path:
    return taken_in(tmp_path_factory.mktemp("in"), secret)[0]


@pytest.fixture
def intake(path: Path, secret: Secret) -> Intake:
    return open_intake(path, secret, EARLY)


def test_the_tables_are_those_of_the_contract(intake: Intake):
    assert intake.records.schema.equals(tables.RECORDS)
    assert intake.keys.schema.equals(tables.KEYS)
    assert intake.paid.schema.equals(tables.PAID)
    assert intake.opened(kinds.NEAR).schema.equals(tables.OPENED)
    assert intake.records["record_id"].to_pylist() == ["R-1", "R-2", "R-3"]
    assert intake.records["record"].to_pylist() == [0, 1, 2]
    order = [(row["kind"], row["key"], row["record"]) for row in intake.keys.to_pylist()]
    assert order == sorted(order)


def test_refused_rows_and_missing_values_have_a_place_and_a_reason(path: Path):
    assert (path / folder.REJECTED).read_text().splitlines() == [
        "file,row,reason",
        "pay.csv,4,src is empty or longer than 200 characters",
        "people.csv,6,its record_id was there before",
        "people.csv,7,has no record_id",
    ]
    assert (path / folder.NOTES).read_text().splitlines() == [
        "file,row,field,reason",
        'people.csv,5,device,"is no id of a device: too short, or a filler"',
        "people.csv,5,phone,is no phone number",
        "people.csv,5,resume_file,carries JavaScript",
    ]


def test_equal_values_have_equal_keys_and_nothing_else(intake: Intake):
    rows = intake.keys_of([kinds.IP]).to_pylist()
    shared = [
        row["record"] for row in rows if row["key"] == intake.key_of("ip", ["203.0.113.9"])[0]
    ]
    assert shared == [0, 1]
    held = {
        row["kind"] for row in intake.keys.filter(pc.equal(intake.keys["record"], 2)).to_pylist()
    }
    assert held == {
        kinds.EMAIL, kinds.PHONE, kinds.ADDRESS, kinds.IP, kinds.IP_NET, kinds.DEVICE, kinds.BANK,
        kinds.WALLET, kinds.HANDLE, kinds.LINE, kinds.PASSAGE, kinds.GIT_EMAIL, kinds.DOCUMENT,
        kinds.FILE_AUTHOR, kinds.PHOTO_FILE,
    }  # fmt: skip
    times = {row["time"] and row["time"].isoformat() for row in rows if row["record"] == 2}
    assert times == {None, "2026-01-02T03:04:05+00:00"}


def test_one_value_of_two_kinds_has_two_keys(intake: Intake):
    assert intake.key_of("bank", ["x"]) != intake.key_of("device", ["x"])


def test_what_is_compared_by_nearness_is_opened_in_memory(intake: Intake):
    found = intake.opened([kinds.LOGIN, kinds.COMMIT, kinds.CLAIMED_OFFSET, kinds.PHOTO])
    values = {row["kind"]: (row["record"], row["value"]) for row in found.to_pylist()}
    assert values[kinds.LOGIN] == (2, "1314")
    assert values[kinds.COMMIT] == (2, "540")
    assert values[kinds.CLAIMED_OFFSET] == (2, "540")
    assert len(values[kinds.PHOTO][1]) == 64


def test_payments_are_keys_and_wallets_and_no_accounts(intake: Intake):
    assert intake.transfers["src"].to_pylist() == [
        "0xa835b507369b8144ad27931db504a69055718ae3", None]  # fmt: skip
    ends = set(intake.paid["src"].to_pylist())
    assert ends == {intake.key_of("wallet", ["0xa835b507369b8144ad27931db504a69055718ae3"])[0],
                    intake.key_of("bank", ["payee7788991"])[0]}  # fmt: skip
    owners = intake.keys.filter(pc.is_in(intake.keys["key"], pc.unique(intake.paid["src"])))
    assert set(owners["record"].to_pylist()) == {2}


def test_no_file_shows_a_value(path: Path, secret: Secret, capfd, caplog):
    assert open_intake(path, secret, EARLY).held(2)[kinds.NAME][0][0] == "Zebulon Quagga"
    beside = [diary.beside(secret), secret.file]
    for file in [*path.iterdir(), *beside]:
        data = file.read_bytes().lower()
        shown = [text for text in PLAIN if text.encode().lower() in data]
        assert not shown, (file.name, shown)
    out = capfd.readouterr()
    said = (out.out + out.err + caplog.text).lower()
    assert not [text for text in PLAIN if text.lower() in said]


def test_the_search_for_values_finds_those_that_are_there(path: Path, tmp_path: Path):
    sources(tmp_path)
    data = b"".join(each.read_bytes() for each in tmp_path.iterdir()).lower()
    assert sum(text.encode().lower() in data for text in PLAIN) > 20


def test_the_same_key_gives_the_same_bytes_but_for_what_is_sealed(
    path: Path, secret: Secret, tmp_path: Path
):
    again, _ = taken_in(tmp_path, secret)
    for name in (folder.RECORDS, folder.KEYS, folder.PAID, folder.TRANSFERS, folder.NOTES):
        assert (again / name).read_bytes() == (path / name).read_bytes(), name
    assert (again / folder.SEALED).read_bytes() != (path / folder.SEALED).read_bytes()


def test_another_key_gives_other_keys(path: Path, tmp_path: Path):
    other = Secret.make(tmp_path / "personas.key")
    again, _ = taken_in(tmp_path, other)
    here, there = (
        set(pq.read_table(each / folder.KEYS)["key"].to_pylist()) for each in (path, again)
    )
    assert not here & there
    with pytest.raises(UsageError, match="another key"):
        open_intake(path, other)


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_batches_of_two_rows_and_processes_give_the_same(
    path, secret, tmp_path, monkeypatch, workers
):
    monkeypatch.setattr(row_source, "SIZE", 2)
    monkeypatch.setattr(workers_of, "LEAST", 1)
    people, pay = sources(tmp_path)
    asked = IngestRequest((people,), tmp_path / "out", pay, today=EARLY, workers=workers)
    ingest(asked, secret, lambda _: None)
    for name in (folder.RECORDS, folder.KEYS, folder.NOTES, folder.REJECTED):
        assert (tmp_path / "out" / name).read_bytes() == (path / name).read_bytes(), name
    there, here = (open_intake(each, secret, EARLY) for each in (path, tmp_path / "out"))
    assert [here.held(at) for at in range(3)] == [there.held(at) for at in range(3)]


def test_a_cell_that_was_changed_or_moved_opens_no_more(path: Path, secret: Secret, tmp_path: Path):
    shutil.copytree(path, tmp_path / "copy")
    table = pq.read_table(path / folder.SEALED)
    rows = table.to_pylist()
    emails = [at for at, row in enumerate(rows) if row["kind"] == kinds.EMAIL]
    first, second = emails[:2]
    rows[first]["sealed"], rows[second]["sealed"] = rows[second]["sealed"], rows[first]["sealed"]
    pq.write_table(
        pa.Table.from_pylist(rows, schema=table.schema), tmp_path / "copy" / folder.SEALED
    )
    moved = open_intake(tmp_path / "copy", secret, EARLY)
    with pytest.raises(InputError, match="was changed"):
        moved.opened([kinds.EMAIL])
    assert moved.opened([kinds.NAME]).num_rows == 3


def test_what_stands_in_the_way_is_left_alone(path: Path, secret: Secret, tmp_path: Path):
    (tmp_path / "intake").mkdir()
    (tmp_path / "intake" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        taken_in(tmp_path, secret)
    assert [each.name for each in (tmp_path / "intake").iterdir()] == ["mine.txt"]


def test_an_intake_says_what_it_was_made_of_and_never_a_value(path: Path, secret: Secret):
    said = json.loads((path / folder.MARK).read_bytes())
    assert [each["file"] for each in said["inputs"]] == ["people.csv", "pay.csv"]
    assert (said["records"], said["refused"], said["missing"], said["key"]) == (3, 3, 3, secret.id)


def test_a_file_without_a_record_is_an_error(secret: Secret, tmp_path: Path):
    (tmp_path / "a.csv").write_text("name,email\nA,a@b.de\n")
    asked = IngestRequest((tmp_path / "a.csv",), tmp_path / "out")
    with pytest.raises(InputError, match="no column record_id"):
        ingest(asked, secret, lambda _: None)
    with pytest.raises(UsageError, match="no such file"):
        ingest(replace(asked, files=(tmp_path / "b.csv",)), secret, lambda _: None)
    assert not (tmp_path / "out").exists()


def test_the_visible_intake_needs_no_mapping(data_dir: Path, secret: Secret, tmp_path: Path):
    visible = data_dir / "personas" / "visible"
    if not visible.is_dir():
        pytest.skip("no personas among the real data")
    part = pq.read_table(visible / "records.parquet").slice(0, 100)
    pq.write_table(part, tmp_path / "records.parquet")
    asked = IngestRequest(
        (tmp_path / "records.parquet",), tmp_path / "out", visible / "transfers.csv")  # fmt: skip
    done = ingest(asked, secret, lambda _: None)
    assert (done.records, done.refused) == (100, 0)
    assert done.keys["email"] == 100
    assert done.missing < 9
    opened = open_intake(tmp_path / "out", secret).opened([kinds.PHOTO, kinds.LOGIN])
    photos = part["photo"].drop_null().to_pylist()
    found = [row["value"] for row in opened.to_pylist() if row["kind"] == kinds.PHOTO]
    assert sorted(found) == sorted(photos)
