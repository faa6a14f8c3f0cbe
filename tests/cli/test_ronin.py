"""The Ronin bridge theft of March 2022, on real transactions, against what is known of it."""

import csv
from collections import Counter

import pytest

from tests.cli.test_trace import rows, run

THIEF = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
ETHER = 10**18
CENT = ETHER // 100
SERVICES = {"Tornado": (175_100_00, 1), "Huobi": (4_983_91, 3), "FTX": (1_219_96, 1)}


@pytest.fixture(scope="module")
def case(data_dir):
    place = data_dir / "tracing" / "ronin"
    if not place.is_dir():
        pytest.skip(f"no real case at {place}")
    return place


@pytest.fixture(scope="module")
def ledger(case, tmp_path_factory):
    out = tmp_path_factory.mktemp("ronin") / "ledger"
    source = ["--from", "etherscan", "--chain", "eip155:1"]
    assert run(["ledger", "build", case / "external_txs.csv.gz", *source, "--out", out]) == 0
    return out


@pytest.fixture(scope="module")
def truth(case):
    with (case / "ground_truth.csv").open(newline="") as stream:
        return {row["address"]: row["role"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("method", ["haircut@1", "fifo@1", "lifo@1"])
def test_what_is_known_is_found(ledger, truth, data_dir, tmp_path, method):
    labels = data_dir / "labels" / "evm_name_tags.csv.gz"
    order = ["trace", "--ledger", ledger, "--labels", labels, "--seeds", THIEF]
    assert run([*order, "--method", method, "--out", tmp_path / "out"]) == 0
    found = {row["account"].rpartition(":")[2]: row for row in rows(tmp_path / "out/accounts.csv")}
    assert len(truth) == 74
    assert truth.keys() <= found.keys()
    stops = {"exchange", "mixer", "bridge", "dex", "otc", "gambling", "mining", "service"}
    large = {
        account
        for account, row in found.items()
        if row["category"] not in stops
        and max(int(row["traced_in"]), int(row["held"]), int(row["traced_out"])) >= ETHER // 10
    }
    assert len(large & truth.keys()) / len(large) >= 0.96
    into, accounts = Counter(), Counter()
    for row in rows(tmp_path / "out/endpoints.csv"):
        for name in SERVICES:
            if row["fate"] in ("service", "mixer") and name.lower() in row["label"].lower():
                into[name] += int(row["amount"])
                accounts[name] += int(row["amount"]) >= ETHER
    for name, (cents, count) in SERVICES.items():
        assert abs(into[name] - cents * CENT) <= CENT, name
        assert accounts[name] >= count
