"""`stanch personas ingest`, `export`, `erase` and `expire`, from the outside."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.errors import InputError, NotFoundError, UsageError
from tests.app.personas.intake_world import PLAIN, sources


def run(*words, **more):
    return CliRunner().invoke(app, list(map(str, words)), **more)


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setenv("STANCH_HOME", str(tmp_path / "home"))
    return tmp_path


def test_from_files_to_a_folder_and_out_again(home: Path):
    people, pay = sources(home)
    words = ("personas", "ingest", people, "--transfers", pay, "--out", home / "in")
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    assert "keep a copy of it elsewhere" in done.stderr
    said = json.loads(done.stdout)
    assert (said["records"], said["refused"], said["missing"], said["transfers"]) == (3, 3, 3, 2)
    assert not [text for text in PLAIN if text in done.output]
    (home / "one.csv").write_text("id,email\n7,a@b.de\n")
    again = run("personas", "ingest", home / "one.csv", "--out", home / "one")
    assert "1 record and 0 transfers" in again.output
    assert "a new key" not in again.output
    shown = run("personas", "export", home / "in", "R-3")
    assert json.loads(shown.stdout)["values"]["name"] == ["Zebulon Quagga"]
    run("personas", "export", home / "in", "R-3", "--out", home / "one.json")
    assert (home / "one.json").stat().st_mode & 0o777 == 0o600
    gone = run("personas", "erase", home / "in", "R-3", "--reason", "request")
    assert "1 record erased" in gone.output
    assert isinstance(run("personas", "export", home / "in", "R-3").exception, NotFoundError)
    over = run("personas", "expire", home / "in", "--json")
    assert json.loads(over.stdout) == {"listed": 1, "removed": 1}  # R-1, kept until January 2026


def test_a_reason_in_own_words_is_refused_for_it_would_name_somebody(home: Path):
    told = run("personas", "erase", home, "R-3", "--reason", "Zebulon asked")
    assert told.exit_code == 2


MAP = """country = "DE"
separator = "|"
prefix = "up-"
[columns]
Kennung = "record_id"
Telefon = "phone"
Xing = "handle:xing"
name = ""
"""


def test_a_mapping_says_what_columns_mean(home: Path):
    (home / "map.toml").write_text(MAP)
    (home / "de.csv").write_text(
        "Kennung;Telefon;Xing;name\n7;030 901820|0151 12345678;@Kim;Secret Name\n"
    )
    words = (
        "personas",
        "ingest",
        home / "de.csv",
        "--out",
        home / "in",
        "--map",
        home / "map.toml",
    )
    assert run(*words).exit_code == 0
    said = json.loads(run("personas", "export", home / "in", "up-7").stdout)["values"]
    assert said == {"phone": ["+4930901820", "+4915112345678"], "handle": ["xing:kim"]}


@pytest.mark.parametrize(
    ("text", "error"),
    [('[columns]\nKennung = "shoe size"', UsageError), ("colums = 1", InputError),
     ('country = "Germany"', InputError), ("columns = 3", InputError), ("x", InputError),
     ('[columns]\nNowhere = "email"\nKennung = "record_id"', UsageError)],
)  # fmt: skip
def test_a_mapping_that_cannot_be_followed_is_told(home: Path, text: str, error: type):
    (home / "map.toml").write_text(text)
    (home / "a.csv").write_text("Kennung,email\n7,a@b.de\n")
    told = run(
        "personas", "ingest", home / "a.csv", "--out", home / "in", "--map", home / "map.toml"
    )
    assert isinstance(told.exception, error), told.exception
    assert not (home / "in").exists()


FORMS = {
    "a.jsonl": b'\xef\xbb\xbf{"id": "a", "email": "a@b.de", "ips": [{"ip": "198.51.100.7", '
    b'"time": "2026-01-02T03:04:05Z"}, "198.51.100.8"], "login": [21.9, 3], "phone": 5}\n'
    b'[1]\n{"id": "b"\n{"id": "c", "email": ["c@d.de", "e@d.de"]}\n\xff\n{"email": "x@y.de"}\n',
    "b.csv": "id,email\n\xe9,x@y.de\n".encode("latin-1") + b'd,"d@e.de"\ne,e@e.de,more\n',
    "c.csv": "id,email\nx,a@b.de\n".encode("utf-16"),
    "d.csv": b"PAR1 and no more",
}


def test_what_cannot_be_read_is_refused_with_its_place_and_the_rest_goes_on(home: Path):
    for name, data in FORMS.items():
        (home / name).write_bytes(data)
    files = [home / name for name in FORMS]
    done = run("personas", "ingest", *files, "--out", home / "in", "--json")
    assert json.loads(done.stdout)["records"] == 3
    assert (home / "in" / "rejected.csv").read_text().splitlines() == [
        "file,row,reason",
        "a.jsonl,2,is no JSON object",
        "a.jsonl,3,is no JSON",
        "a.jsonl,5,is not UTF-8 text",
        "a.jsonl,6,has no record_id",
        "b.csv,2,is not UTF-8 text",
        "b.csv,4,has 3 fields where the header has 2",
        "c.csv,0,is UTF-16; save it as UTF-8",
        "d.csv,0,is no Parquet that can be read (ArrowInvalid)",
    ]
    said = json.loads(run("personas", "export", home / "in", "a").stdout)["values"]
    assert said["ip"][1:] == ["198.51.100.8"]
    assert said["login"] == ["1314", "180"]
