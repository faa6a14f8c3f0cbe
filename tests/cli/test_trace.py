"""`stanch trace` as a user meets it: what it writes, and the one line in which it fails."""

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from stanch.cli import main

STANCH = [sys.executable, "-c", "from stanch.cli import main; main()"]
THIEF, MULE, DESK = ("0x" + digit * 40 for digit in "123")
TRANSFERS = f"""\
tx,time,from,to,amount
t1,1,0x{"9" * 40},{THIEF},100
t2,2,{THIEF},{MULE},60.25
t3,3,{MULE},{DESK},60.25
"""
WRITTEN = {
    "flows.csv", "accounts.csv", "endpoints.csv", "manifest.json", "run.json", "report.html",
    "rejected_labels.csv",
}  # fmt: skip


def build(place, text=TRANSFERS):
    place.mkdir(parents=True, exist_ok=True)
    (place / "pay.csv").write_text(text)
    options = ["--asset", "USD", "--decimals", "2", "--chain", "eip155:1"]
    source = ["ledger", "build", str(place / "pay.csv"), "--from", "csv"]
    run([*source, *options, "--out", str(place / "ledger")])
    return place / "ledger"


def run(arguments):
    """Exit code of a command run in this process."""
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as end:
        return end.code or 0
    return 0


def rows(file):
    with file.open(newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return build(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A simulated case: folder with `case` and `ledger`."""
    place = tmp_path_factory.mktemp("busy")
    run(["scenario", "--out", place / "case", "--transfers", "20000", "--incidents", "2"])
    files = [place / "case" / "transfers.parquet", "--from", "parquet"]
    run(["ledger", "build", *files, "--out", place / "ledger"])
    return place


def traced(place, out, *more):
    labels, seeds = place / "case" / "labels.csv", place / "case" / "seeds.csv"
    given = ["--ledger", place / "ledger", "--labels", labels, "--seeds", seeds]
    return ["trace", *map(str, [*given, "--out", out, *more])]


def test_a_small_theft(ledger, tmp_path, capsys):
    (tmp_path / "tags.csv").write_text(f"address,name,categories\n{DESK},Desk,exchange\n")
    (tmp_path / "more.csv").write_text(f"address,name,categories\n{MULE},Mule,none\n")
    labels = ["--labels", tmp_path / "tags.csv", tmp_path / "more.csv"]
    out = tmp_path / "out"
    assert run(["trace", "--ledger", ledger, *labels, "--seeds", THIEF, "--out", out]) == 0
    assert {file.name for file in out.iterdir()} == WRITTEN
    ends = {(row["fate"], row["label"]): row["amount"] for row in rows(out / "endpoints.csv")}
    assert ends == {("service", "Desk"): "6025", ("held", ""): "3975"}
    assert [row["hop"] for row in rows(out / "accounts.csv")] == ["0", "1", "2"]
    shown = capsys.readouterr().out
    assert "60.25" in shown
    assert "39.75" in shown


def test_parquet_holds_the_same(ledger, tmp_path):
    import pyarrow.parquet as pq

    out = tmp_path / "out"
    assert run(["trace", "--ledger", ledger, "--seeds", THIEF, "--out", out, "--parquet"]) == 0
    for name in ("flows", "accounts", "endpoints"):
        assert pq.read_table(out / f"{name}.parquet").to_pylist() == rows(out / f"{name}.csv")


def test_seeds_with_their_parts_between_commas(ledger, tmp_path):
    out, seed = tmp_path / "out", f"{THIEF},,1970-01-01T00:00:01Z,,5000,theft"
    assert run(["trace", "--ledger", ledger, "--seeds", seed, f"{MULE},,,,,two", "--out", out]) == 0
    told = json.loads((out / "manifest.json").read_text())
    stolen = {each["id"]: [a["stolen"] for a in each["assets"]] for each in told["incidents"]}
    assert stolen["theft"] == ["5000"]
    assert set(stolen) == {"theft", "two"}


def bad(name, text):
    def write(place):
        (place / name).write_text(text, encoding="utf-8")
        return place / name

    return write


@pytest.mark.parametrize(
    ("option", "value", "code", "says"),
    [
        ("--ledger", lambda p: p / "none", 2, "none: no such ledger folder"),
        ("--ledger", lambda p: p, 2, "is no ledger; build one with stanch ledger build"),
        ("--method", lambda _: "magic@1", 2, "unknown method magic@1; there are poison@1"),
        ("--seeds", lambda _: "0x" + "7" * 40, 1, "is not in the ledger"),
        ("--seeds", lambda p: p / "no.csv", 2, "no.csv"),
        ("--seeds", lambda _: "0x12", 1, "0x12"),
        ("--seeds", lambda _: THIEF + ",,,,,long" * 1 + "x" * 300, 0, ""),
        ("--seeds", bad("s.csv", f"account,amount\n{THIEF},5\n{MULE},many\n"), 1, "s.csv, row 3: "),
        ("--seeds", bad("s.csv", f"account,amount\n{THIEF},1,000\n"), 1, "s.csv, row 2: more than"),
        ("--seeds", bad("s.csv", "account\n"), 1, "s.csv: holds no seed"),
        ("--seeds", bad("s.csv", "who;what\n"), 1, "no column named account"),
        ("--seeds", bad("s.csv", ""), 1, "no column named account"),
        ("--labels", lambda p: p / "gone.csv", 2, "gone.csv"),
        (
            "--labels",
            bad("l.csv", f"address,name,categories\n0x{'8' * 40},Else,exchange\n"),
            1,
            "l.csv: not one label matches an account of the ledger",
        ),
        ("--until", lambda _: "soon", 2, "--until: 'soon' is no ISO 8601 time"),
        ("--min-amount", lambda _: "much", 2, "--min-amount: 'much' is no amount"),
        ("--min-amount", lambda _: "1e99", 0, ""),
        ("--min-amount", lambda _: "1e999999", 2, "is no amount"),
        ("--hops", lambda _: "0", 2, "--hops"),
        ("--out", lambda p: p, 2, "is not empty and is no stanch-trace folder"),
        ("--out", lambda p: p / "mine.txt", 2, "is in the way"),
    ],
)
def test_an_error_is_one_line_and_leaves_nothing(
    ledger, tmp_path, capsys, option, value, code, says
):
    (tmp_path / "mine.txt").write_text("a user's own")
    options = {"--ledger": ledger, "--seeds": THIEF, "--out": tmp_path / "new" / "out"}
    options[option] = value(tmp_path)
    capsys.readouterr()
    assert run(["trace", *[part for pair in options.items() for part in pair]]) == code
    said = capsys.readouterr().err
    assert says in " ".join(said.split())
    if code:
        assert "Traceback" not in said
        assert option == "--hops" or len(said.splitlines()) == 1
        assert not (tmp_path / "new" / "out").exists()
        assert (tmp_path / "mine.txt").read_text() == "a user's own"


def test_an_empty_ledger_is_refused(tmp_path, capsys):
    assert not build(tmp_path, "tx,time,from,to,amount\n").exists()
    assert "holds no transfers" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["moves.parquet", "purses.parquet", "accounts.parquet"])
def test_a_damaged_ledger_is_one_line(tmp_path, capsys, file):
    ledger = build(tmp_path)
    (ledger / file).write_bytes((ledger / file).read_bytes()[:-9])
    capsys.readouterr()
    assert run(["trace", "--ledger", ledger, "--seeds", THIEF, "--out", tmp_path / "out"]) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert file in said
    assert not (tmp_path / "out").exists()


def test_an_older_trace_is_replaced_and_kept_where_the_new_one_fails(ledger, tmp_path, capsys):
    order = ["trace", "--ledger", ledger, "--seeds", THIEF, "--out", tmp_path / "out"]
    assert run([*order, "--method", "fifo@1"]) == 0
    assert run([*order, "--method", "magic@1"]) == 2
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["method"] == "fifo@1"
    assert run(order) == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["method"] == "affinity@1"
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_a_ledger_is_not_replaced_by_a_trace(ledger, capsys):
    assert run(["trace", "--ledger", ledger, "--seeds", THIEF, "--out", ledger]) == 2
    assert (ledger / "moves.parquet").is_file()


def test_usage(capsys):
    assert run(["trace"]) == 2
    assert run(["trace", "--nonsense"]) == 2
    assert run(["nonsense"]) == 2


def test_no_space_left(busy, tmp_path):
    def little():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    ended = subprocess.run(
        [*STANCH, *traced(busy, tmp_path / "out")],
        capture_output=True, text=True, check=False, preexec_fn=little,
        env=os.environ | {"NUMBA_DISABLE_JIT": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"stanch: no space left on the disk of {tmp_path / 'out'}; nothing was written"
    ]
    assert list(tmp_path.iterdir()) == []


def begun(busy, place, until_file):
    """A trace under way that has begun to write `until_file`."""
    process = subprocess.Popen(
        [*STANCH, *traced(busy, place / "out", "--parquet")],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    while process.poll() is None and not list(place.glob(f".out.*.partial/{until_file}")):
        time.sleep(0.001)
    return process


def test_interrupted(busy, tmp_path):
    process = begun(busy, tmp_path, "")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines() == ["stanch: interrupted; nothing was written"]
    assert list(tmp_path.iterdir()) == []


def killed(busy, place, until_file):
    process = begun(busy, place, until_file)
    process.kill()
    process.communicate()
    assert not (place / "out").exists()
    assert all(file.name.startswith(".out.") for file in place.iterdir())


def test_killed(busy, tmp_path):
    killed(busy, tmp_path, "endpoints.csv")
    assert len(list(tmp_path.iterdir())) == 1
    assert run(traced(busy, tmp_path / "out")) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


@pytest.mark.slow
@pytest.mark.parametrize("until", ["", "endpoints.csv", "accounts.csv", "flows.csv", "run.json"])
def test_killed_many_times(busy, tmp_path, until):
    for _ in range(20):
        killed(busy, tmp_path, until)
    assert run(traced(busy, tmp_path / "out")) == 0
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


COMPARED = sorted(WRITTEN - {"run.json"})


def test_the_same_bytes_again_and_from_another_place(busy, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert run(traced(busy, first, "--method", "haircut@1")) == 0
    elsewhere = tmp_path / "elsewhere"
    os.symlink(busy, elsewhere)
    order = [*STANCH, *traced(elsewhere, second, "--method", "haircut@1")]
    subprocess.run(
        order, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONHASHSEED": "7"}
    )
    for name in COMPARED:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_a_simulated_case_ends_where_its_truth_says(busy, tmp_path):
    assert run(traced(busy, tmp_path / "out", "--method", "haircut@1")) == 0
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert told["simulation"]
    truth = sums(rows(busy / "case" / "truth_endpoints.csv"))
    found = sums(rows(tmp_path / "out" / "endpoints.csv"))
    for key, amount in truth.items():  # haircut also follows the dust that met clean money
        if key[2] in ("mixer", "bridge_unmatched"):
            assert amount <= found[key] <= amount * 1002 // 1000
    for incident in told["incidents"]:
        for asset in incident["assets"]:
            total = sum(v for k, v in found.items() if k[:2] == (incident["id"], asset["asset"]))
            assert total == int(asset["stolen"]) + int(asset["converted_in"])


def sums(lines):
    """Amounts by (incident, asset, fate)."""
    found = {}
    for line in lines:
        key = line["incident"], line["asset"], line["fate"]
        found[key] = found.get(key, 0) + int(line["amount"])
    return found
