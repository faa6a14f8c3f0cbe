"""Export, erasure and retention: what is gone stays gone, whatever comes back or breaks."""

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest

from stanch.app.personas import diary, erased, folder, forgetting
from stanch.app.personas.forgetting import Reason, erase, expire, export
from stanch.app.personas.ingest import IngestRequest, ingest
from stanch.app.personas.intake import open_intake
from stanch.app.personas.secret import Secret
from stanch.app.wiring import open_journal
from stanch.errors import InputError, NotFoundError
from stanch.model.personas import kinds
from tests.app.personas.intake_world import PLAIN, taken_in

EARLY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Path]:
    """A key and an intake, to be copied."""
    above = tmp_path_factory.mktemp("made")
    secret = Secret.make(above / "key" / "personas.key")
    taken_in(above, secret)
    return above / "key", above / "intake"


@pytest.fixture
def secret(made, tmp_path: Path) -> Secret:
    shutil.copytree(made[0], tmp_path / "key")
    return Secret.open(tmp_path / "key" / "personas.key")


@pytest.fixture
def path(made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[1], tmp_path / "intake"))


def _ids(path: Path, secret: Secret, today: date = EARLY) -> list[str]:
    return list(open_intake(path, secret, today).records["record_id"].to_pylist())


def _files_name(path: Path, record_id: str) -> bool:
    return any(record_id.encode() in each.read_bytes() for each in path.iterdir())


def test_an_export_is_all_that_is_held(path: Path, secret: Secret):
    said = export(path, "R-3", secret)
    assert said["values"]["name"] == ["Zebulon Quagga"]
    assert said["values"]["line"] == [
        "Tamed the zebra scheduler in Kotlin",
        "Fed 17 okapis with Terraform",
        "Led 3 narwhals in Go",
    ]
    assert said["values"]["ip"][0] == {"value": "198.51.100.7", "time": "2026-01-02T03:04:05+00:00"}
    assert said["retain_until"] == "2027-06-30"
    assert said["keys"]["line"] == 3
    json.dumps(said)
    with pytest.raises(NotFoundError):
        export(path, "R-9", secret)


def test_an_erased_record_is_in_no_file_and_the_others_are_whole(path: Path, secret: Secret):
    before = open_intake(path, secret, EARLY)
    others = [before.held(0), before.held(1)]
    keys = before.keys.filter(pc.less(before.keys["record"], 2))
    done = erase(path, "R-3", Reason.REQUEST, secret)
    assert (done.listed, done.removed) == (1, 1)
    after = open_intake(path, secret, EARLY)
    assert [after.held(0), after.held(1)] == others
    assert after.keys.to_pylist() == keys.to_pylist()
    assert not _files_name(path, "R-3")
    said = json.loads((path / folder.MARK).read_bytes())
    assert (said["records"], said["keys"].get("phone")) == (2, 1)


def test_an_erased_record_stays_away_when_a_copy_comes_back(path, secret, tmp_path):
    copy = shutil.copytree(path, tmp_path / "backup")
    erase(path, "R-1", Reason.REQUEST, secret)
    shutil.rmtree(path)
    shutil.copytree(copy, path)
    assert _files_name(path, "R-1")
    restored = open_intake(path, secret, EARLY)
    assert restored.records["record_id"].to_pylist() == ["R-2", "R-3"]
    assert restored.records["record"].to_pylist() == [0, 1]
    assert restored.held(1)[kinds.NAME][0][0] == "Zebulon Quagga"
    assert set(restored.opened([kinds.EMAIL])["record"].to_pylist()) == {0, 1}
    assert set(restored.keys["record"].to_pylist()) == {0, 1}
    with pytest.raises(NotFoundError):
        export(path, "R-1", secret)
    assert erase(path, "R-1", Reason.REQUEST, secret).removed == 1  # out of the files, too
    assert not _files_name(path, "R-1")


def test_an_erased_record_is_not_taken_in_again(path, secret, tmp_path):
    erase(path, "R-3", Reason.OBJECTION, secret)
    again, done = taken_in(tmp_path, secret, "again")
    assert _ids(again, secret) == ["R-1", "R-2"]
    assert "its record was erased, or ran out" in (again / folder.REJECTED).read_text()
    assert done.records == 2


def test_who_is_erased_is_away_even_if_the_files_cannot_be_written(path, secret, monkeypatch):
    def breaks(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(forgetting, "purge", breaks)
    with pytest.raises(OSError, match="No space"):
        erase(path, "R-3", Reason.REQUEST, secret)
    assert _files_name(path, "R-3")
    assert _ids(path, secret) == ["R-1", "R-2"]
    monkeypatch.undo()
    assert expire(path, secret, EARLY).removed == 1
    assert not _files_name(path, "R-3")


def test_records_run_out_on_their_day_and_not_before(path: Path, secret: Secret):
    assert expire(path, secret, date(2026, 1, 31)).removed == 0
    assert _ids(path, secret, date(2026, 1, 31)) == ["R-1", "R-2", "R-3"]
    assert _ids(path, secret, date(2026, 2, 1)) == ["R-2", "R-3"]  # before anybody deleted it
    done = expire(path, secret, date(2026, 2, 1))
    assert (done.listed, done.removed) == (1, 1)
    assert not _files_name(path, "R-1")
    assert expire(path, secret, date(2026, 2, 1)).removed == 0


def test_days_of_retention_count_from_when_a_record_was_received(secret, tmp_path):
    (tmp_path / "a.csv").write_text("id,email,received,retain_until\nA,a@b.de,2026-01-10,\n"
                                    "B,b@b.de,,\nC,c@b.de,2026-01-10,2026-12-31\n")  # fmt: skip
    asked = IngestRequest((tmp_path / "a.csv",), tmp_path / "out", retain=30, today=EARLY)
    ingest(asked, secret, lambda _: None)
    until = open_intake(tmp_path / "out", secret, EARLY).records["retain_until"].to_pylist()
    assert until == [date(2026, 2, 9), date(2026, 1, 31), date(2026, 12, 31)]


def test_the_journal_holds_commitments_and_no_value(path: Path, secret: Secret):
    export(path, "R-3", secret)
    erase(path, "R-3", Reason.REQUEST, secret)
    expire(path, secret, date(2026, 2, 1))
    commitment = secret.commitment("R-3")
    assert [each.draft.kind for each in diary.entries(secret, commitment)] == ["exported", "erased"]
    with open_journal(diary.beside(secret)) as journal:
        records = list(journal.records())
        assert journal.faults() == []
    assert [each.draft.kind for each in records] == ["ingested", "exported", "erased", "expired"]
    data = b"".join(each.read_bytes() for each in secret.file.parent.iterdir())
    shown = [text for text in (*PLAIN, "R-1", "R-3") if text.encode() in data]
    assert not shown
    assert commitment.encode() in data


def test_another_key_makes_other_commitments(secret: Secret, tmp_path: Path):
    other = Secret.make(tmp_path / "other.key")
    assert other.commitment("R-3") != secret.commitment("R-3")


def test_a_list_of_the_erased_that_cannot_be_read_lets_nobody_in(path: Path, secret: Secret):
    erase(path, "R-3", Reason.REQUEST, secret)
    file = erased.beside(secret)
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(file.read_text()[:-9] + "\n")
    with pytest.raises(InputError, match="no line of a list"):
        open_intake(path, secret, EARLY)
