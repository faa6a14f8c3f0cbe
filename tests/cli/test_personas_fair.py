"""Names change no bit, and `stanch personas audit`: from the outside, from files to answers."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.errors import InputError

# Letters of four scripts for those of Latin ones: not a transliteration, only other people's names.
SCRIPTS = (
    "абцдефгхийклмнопярстувжхыз",
    "가나다라마바사아자차카타파하거너더러머버서어저처커터",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのは",
    "ابتثجحخدذرزسشصضطظعغفقكلمنه",
)
NATIONS = ("KP", "KR", "US", "EG", "VN")
SAME = ("clusters.csv", "links.csv", "people.csv", "wallets.csv")


def run(*words: object):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done


def simulated(folder: Path, *options: object) -> Path:
    run("personas", "scenario", "--out", folder, *options)
    return folder


def linked(records: Path, pay: Path, work: Path) -> dict[str, bytes]:
    run("personas", "ingest", records, "--transfers", pay, "--out", work / "in", "--workers", 1)
    run("personas", "link", work / "in", "--out", work / "out")
    return {name: (work / "out" / name).read_bytes() for name in SAME}


def swapped(table: pa.Table) -> pa.Table:
    """The same applications under each other's names, in other scripts, of other nations."""
    names = table["name"].to_pylist()
    scripts = [
        str.maketrans("abcdefghijklmnopqrstuvwxyz", letters[:26].ljust(26, letters[0]))
        for letters in SCRIPTS
    ]
    others = [
        name.lower().translate(scripts[at % len(scripts)]) for at, name in enumerate(names[::-1])
    ]
    nations = [NATIONS[at % len(NATIONS)] for at in range(len(names))]
    at = table.schema.get_field_index("name")
    return table.set_column(at, "name", pa.array(others)).append_column(
        "nationality", pa.array(nations)
    )


@pytest.mark.parametrize(
    "records", [400, pytest.param(6_000, marks=pytest.mark.slow)], ids=["small", "large"]
)
def test_other_names_scripts_and_nations_change_nothing(tmp_path, monkeypatch, records):
    """E-mails, handles, resumes and pictures stay as they are: what they say is theirs."""
    monkeypatch.setenv("STANCH_HOME", str(tmp_path / "home"))
    made = simulated(tmp_path / "simulated", "--records", records, "--operators", 0.2)
    table = pq.read_table(made / "records.parquet")
    other = swapped(table)
    assert not set(table["name"].to_pylist()) & set(other["name"].to_pylist())
    pq.write_table(other, tmp_path / "other.parquet")
    before = linked(made / "records.parquet", made / "transfers.csv", tmp_path / "before")
    after = linked(tmp_path / "other.parquet", made / "transfers.csv", tmp_path / "after")
    assert before == after
    links = list(csv.DictReader(before["links.csv"].decode().splitlines()))
    assert len(links) > 20
    assert not any(word in link["evidence"] for link in links for word in ("name", "nation"))


@pytest.fixture(scope="module")
def intake(tmp_path_factory) -> Path:
    work = tmp_path_factory.mktemp("audit")
    made = simulated(work / "simulated", "--records", 500, "--operators", 0, "--sharing", 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STANCH_HOME", str(work / "home"))
        run("personas", "ingest", made / "records.parquet", "--out", work / "in", "--workers", 1)
    return work


def audited(work: Path, *options: object) -> dict:
    key = work / "home" / "personas.key"
    return json.loads(
        run("personas", "audit", work / "in", "--key", key, "--json", *options).stdout
    )


def test_the_audit_counts_each_group_and_says_where_it_can_say_nothing(intake):
    by = intake / "simulated" / "culture.csv"
    found = audited(intake, "--by", by, "--share", 0.05)
    groups = {row["group"]: 0 for row in csv.DictReader(by.open())}
    for row in csv.DictReader(by.open()):
        groups[row["group"]] += 1
    for level in ("operator", "farm"):
        spread = found["levels"][level]
        assert {each["group"]: each["records"] for each in spread["groups"]} == groups
        flagged = sum(each["flagged"] for each in spread["groups"])
        assert flagged == pytest.approx(spread["share"] * 500)
        assert spread["share"] <= 0.05 + 1e-9
        assert spread["even"] is None  # of 500 people in twelve cultures nothing can be told
    assert found["indicators"]["device@1"] is not None
    assert found["indicators"]["document@1"] is None  # nobody gave any
    key = intake / "home" / "personas.key"
    shown = run("personas", "audit", intake / "in", "--by", by, "--key", key).output
    assert "Too few records to say anything" in shown
    assert "nobody has it" in shown


def test_without_a_file_the_groups_are_the_time_zones_that_are_claimed(intake):
    found = audited(intake)
    assert found["by"] == "claimed time zone"
    assert found["grouped"] == found["records"] == 500
    offsets = pq.read_table(intake / "simulated" / "records.parquet")["claimed_utc_offset"]
    west = sum(offset <= -6 for offset in offsets.to_pylist())
    groups = {each["group"]: each["records"] for each in found["levels"]["farm"]["groups"]}
    assert groups["UTC-12 to UTC-6"] == west
    assert sum(groups.values()) == 500


@pytest.mark.parametrize(
    ("text", "says"),
    [("who,group\n1,a\n", "record_id and group"), ("record_id,group\nX,a\n", "names no record")],
)
def test_a_file_of_groups_that_fits_nothing_is_refused(intake, text, says):
    file = intake / "groups.csv"
    file.write_text(text)
    key = intake / "home" / "personas.key"
    words = ["personas", "audit", intake / "in", "--by", file, "--key", key]
    told = CliRunner().invoke(app, list(map(str, words)))
    assert isinstance(told.exception, InputError)
    assert says in str(told.exception)


def test_what_honest_people_share_by_accident_joins_next_to_none_of_them(intake, monkeypatch):
    """Three times as much as usual: homes, halls, agencies, numbers given out again, offices.

    A stock picture that just two of a small intake use still joins those two: nothing in the intake
    says that it is one.
    """
    monkeypatch.setenv("STANCH_HOME", str(intake / "home"))
    run("personas", "link", intake / "in", "--out", intake / "out")
    labels = pq.read_table(intake / "simulated" / "labels.parquet").to_pylist()
    entity = {each["record_id"]: each["entity"] for each in labels}
    operators: dict[str, set[str]] = {}
    farms: dict[str, set[str]] = {}
    with (intake / "out" / "clusters.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            operators.setdefault(row["operator_id"], set()).add(entity[row["record_id"]])
            farms.setdefault(row["farm_id"], set()).add(entity[row["record_id"]])
    assert sum(len(people) - 1 for people in operators.values()) <= 1
    assert len(operators) < len(labels)  # who applied twice is found to be one
    joined = sum(len(people) for people in farms.values() if len(people) > 1)
    assert joined <= len(labels) / 50
