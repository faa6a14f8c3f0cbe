"""The folder that `stanch scenario` writes: marked as a simulation everywhere, whole or not."""

import csv
import json

import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from stanch.app.scenario import Kind, ScenarioRequest, scenario_request, write_scenario
from stanch.cli.scenario import scenario
from stanch.errors import UsageError
from stanch.model.tables import TRANSFERS

CASE = ScenarioRequest(transfers=6_000, accounts=1_200, seed=9)
LOAD = ScenarioRequest(Kind.LOAD, transfers=260_000, accounts=20_000, seed=9, incidents=3)


@pytest.fixture(scope="module", params=[CASE, LOAD], ids=["case", "load"])
def folder(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("scenario") / "out"
    write_scenario(request.param, path)
    return path


def table(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_it_says_everywhere_that_it_is_a_simulation(folder):
    parquet = pq.ParquetFile(folder / "transfers.parquet")
    assert parquet.schema_arrow.metadata[b"stanch.simulation"] == b"true"
    assert parquet.metadata.metadata[b"stanch.simulation"] == b"true"
    assert b'"symbol": "SIMETH", "decimals": 18' in parquet.metadata.metadata[b"stanch.assets"]
    assert (folder / "SIMULATION.txt").read_text().startswith("SIMULATION: ")
    assert json.loads((folder / "scenario.json").read_text())["simulation"] is True
    rows = parquet.read(["chain", "tx", "asset"])
    assert all(tx.startswith("sim-") for tx in rows["tx"].to_pylist())
    assert rows["chain"].unique().to_pylist() == ["eip155:31337"]
    assert all(asset.startswith("eip155:31337/") for asset in rows["asset"].unique().to_pylist())
    for label in table(folder / "labels.csv"):
        assert label["name"].startswith("Simulated ")
        assert "simulation" in label["source"]
    for file in folder.glob("truth_*.csv"):
        assert {row["incident"][:4] for row in table(file)} == {"sim-"}


def test_parquet_is_laid_out_as_a_ledger_is(folder):
    meta = pq.ParquetFile(folder / "transfers.parquet").metadata
    rows = [meta.row_group(n).num_rows for n in range(meta.num_row_groups)]
    assert all(count == 122_880 for count in rows[:-1])
    assert meta.row_group(0).column(0).compression == "ZSTD"
    assert pq.read_schema(folder / "transfers.parquet").equals(TRANSFERS)


def test_tables_have_the_promised_columns(folder):
    header = {file.name: file.read_text().partition("\n")[0] for file in folder.glob("*.csv")}
    assert header.pop("labels.csv") == "address,name,categories,source,category,confidence"
    assert header.pop("seeds.csv") == "account,tx,time,asset,amount,incident"
    if header:  # a load has no truth beyond its seeds
        assert header == {
            "truth_flows.csv": "incident,tx,from,to,asset,stolen_amount",
            "truth_endpoints.csv": "incident,account,asset,amount,fate,category",
            "truth_totals.csv": "incident,asset,stolen,converted_in",
            "truth_mixer.csv": "incident,tx,mixer,account,asset,amount",
        }


@pytest.mark.parametrize("request_", [CASE, LOAD], ids=["case", "load"])
def test_the_same_request_gives_the_same_bytes(request_, tmp_path):
    written = []
    for name in ("one", "two"):
        files = write_scenario(request_, tmp_path / name)
        written.append({file: (tmp_path / name / file).read_bytes() for file in files})
    assert written[0] == written[1]


def test_a_folder_with_other_work_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        write_scenario(CASE, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_an_interrupted_run_leaves_nothing(tmp_path):
    def interrupt(_written: int, _rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_scenario(LOAD, tmp_path / "out", interrupt)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path):
    told = []
    write_scenario(LOAD, tmp_path / "out", lambda written, rows: told.append((written, rows)))
    assert told == [(122_880, 260_000), (245_760, 260_000), (260_000, 260_000)]


@pytest.mark.parametrize(
    ("kind", "transfers", "accounts", "incidents", "option"),
    [
        (Kind.CASE, 4_999, None, 1, "--transfers"),
        (Kind.CASE, 50_000, None, 11, "--incidents"),
        (Kind.CASE, 50_000, None, 0, "--incidents"),
        (Kind.CASE, 9_999, None, 2, "--transfers"),
        (Kind.CASE, 50_000, 12_501, 1, "--accounts"),
        (Kind.CASE, 2_000_001, None, 1, "--transfers"),
        (Kind.LOAD, 10**8 + 1, None, 1, "--transfers"),
        (Kind.LOAD, 60_000, 10_001, 1, "--accounts"),
        (Kind.LOAD, 60_000, 99, 1, "--accounts"),
    ],
)
def test_what_cannot_be_generated_is_refused(kind, transfers, accounts, incidents, option):
    with pytest.raises(UsageError, match=option):
        scenario_request(kind, transfers, accounts, 1, incidents)


def test_sizes_that_nobody_named_are_filled_in():
    assert scenario_request(Kind.CASE, None, None, 1, 1) == ScenarioRequest()
    load = scenario_request(Kind.LOAD, None, None, 1, 1)
    assert (load.transfers, load.accounts) == (1_000_000, 100_000)


def test_the_command_writes_and_says_that_it_simulates(tmp_path):
    app = typer.Typer()
    app.command()(scenario)
    arguments = ["--out", str(tmp_path / "out"), "--transfers", "6000", "--accounts", "1200"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("SIMULATION")
    assert "transfers.parquet" in result.stdout
    assert "simulated transfers" in result.stderr
