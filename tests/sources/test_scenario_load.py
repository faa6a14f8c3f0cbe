"""The load: the properties that the tracing benchmark promises, on a plain Python reach."""

import doctest
import hashlib
import tracemalloc
from collections import Counter
from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest

from stanch.formats.addresses import evm
from stanch.model.tables import TRANSFERS
from stanch.sources.scenario import Kind, ScenarioRequest, addresses, generate
from stanch.sources.scenario.addresses import account, accounts
from stanch.sources.scenario.columns import amounts, tx_ids
from stanch.sources.scenario.marks import NATIVE, NULL

ROWS, ACCOUNTS = 200_000, 20_000


def load(rows: int = ROWS, holders: int = ACCOUNTS, seed: int = 1, incidents: int = 1):
    scenario = generate(ScenarioRequest(Kind.LOAD, rows, holders, seed, incidents))
    return pa.Table.from_batches(scenario.transfers), scenario.tables


def seed_rows(tables) -> list[tuple[str, datetime, int]]:
    columns = tables["seeds.csv"].columns
    rows = [dict(zip(columns, row, strict=True)) for row in tables["seeds.csv"].rows]
    assert all(row["asset"] == NATIVE and row["tx"] == "" for row in rows)
    return [(r["account"], datetime.fromisoformat(r["time"]), r["amount"]) for r in rows]


def haircut_reach(table: pa.Table, seeds: list[tuple[str, datetime, int]]) -> set[str]:
    """Accounts that hold stolen units at the end, by the haircut rule in Python integers.

    On the way it checks that nobody but the null address pays more than he holds.
    """
    balance, stolen = Counter(), Counter()
    columns = (table[name].to_pylist() for name in ("from", "to", "amount", "time"))
    waiting = {(thief, time): amount for thief, time, amount in seeds}
    for src, dst, amount, time in zip(*columns, strict=True):
        units = int(amount)
        if src != NULL:
            assert 0 < units <= balance[src], "pays more than it holds"
            part = stolen[src] * units // balance[src]
            balance[src] -= units
            stolen[src] -= part
            stolen[dst] += part
        balance[dst] += units
        if claimed := waiting.pop((dst, time), 0):
            assert claimed == units == balance[dst], "the theft is the thief's first money"
            stolen[dst] += claimed
    assert not waiting
    return {holder for holder, units in stolen.items() if units > 0}


@pytest.mark.parametrize("incidents", [1, 10])
def test_thirty_percent_of_the_accounts_are_tainted_and_nobody_is_short(incidents):
    table, tables = load(incidents=incidents)
    seeds = seed_rows(tables)
    assert len({thief for thief, _, _ in seeds}) == incidents
    reached = haircut_reach(table, seeds)
    everybody = set(table["from"].unique().to_pylist()) | set(table["to"].unique().to_pylist())
    assert everybody - {NULL} == set(accounts(1, "account", ACCOUNTS).to_pylist())
    assert 0.27 <= len(reached) / ACCOUNTS <= 0.33
    labelled = {"eip155:31337:" + row[0] for row in tables["labels.csv"].rows}
    assert not labelled & reached  # a label stops no trace here


def test_the_loot_also_reaches_them_with_the_fewest_rows_for_each():
    table, tables = load(60_000, 10_000, seed=3)
    assert 0.27 <= len(haircut_reach(table, seed_rows(tables))) / 10_000 <= 0.33


def test_five_percent_of_the_amounts_are_above_one_limb():
    table, _ = load()
    large = sum(int(amount) > 2**64 for amount in table["amount"].to_pylist())
    assert large / ROWS == pytest.approx(0.05, abs=0.005)
    assert table["amount_wide"].null_count == ROWS


def test_rows_are_transfers_strictly_ordered_in_time():
    table, _ = load()
    assert table.schema.equals(TRANSFERS)
    assert table.num_rows == ROWS
    times = table["time"].cast(pa.int64()).to_numpy()
    assert (np.diff(times) > 0).all()
    assert (np.diff(table["block"].to_numpy()) >= 0).all()
    assert table["kind"].value_counts().to_pylist() == [
        {"values": "mint", "counts": ACCOUNTS - 1},
        {"values": "native", "counts": ROWS - ACCOUNTS + 1},
    ]
    assert table["tx"][0].as_py() == "sim-000000"
    assert table["tx"][-1].as_py() == f"sim-{ROWS - 1}"
    assert not pa.compute.any(pa.compute.equal(table["from"], table["to"])).as_py()


@pytest.mark.parametrize(("column", "exponent"), [("from", 2.5), ("to", 7 / 3)])
def test_degrees_follow_a_power_law(column, exponent):
    """Hill's estimate over the hubs, whose exponent is what the ranks are drawn for."""
    table, _ = load()
    counts = table.filter(pa.compute.equal(table["kind"], "native"))[column].value_counts()
    degrees = np.sort(counts.field("counts").to_numpy())[::-1].astype(float)
    hubs = degrees[:200]
    hill = 1 + 1 / np.log(hubs / hubs[-1])[:-1].mean()
    assert hill == pytest.approx(exponent, abs=0.25)
    assert degrees[0] > 200 * np.median(degrees)


def test_the_same_request_gives_the_same_and_another_seed_does_not():
    first, _ = load()
    assert load()[0].equals(first, check_metadata=True)
    other, _ = load(seed=2)
    assert other["from"] != first["from"]
    assert other["amount"] != first["amount"]


def peak(rows: int) -> int:
    """Most bytes held at once, in Python, NumPy and Arrow, while the rows are drawn."""
    scenario = generate(ScenarioRequest(Kind.LOAD, rows, 50_000, 1, 1))
    tracemalloc.start()
    most = 0
    for batch in scenario.transfers:
        held, _ = tracemalloc.get_traced_memory()
        most = max(most, held + pa.total_allocated_bytes())
        del batch
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_rows():
    assert peak(3_000_000) < 1.1 * peak(1_000_000)


def test_columns_are_exact():
    gwei = np.array([0, 1, 2**32, 18_446_744_073, 18_446_744_074, 2**63 - 1])
    assert [int(a) for a in amounts(gwei).to_pylist()] == [int(g) * 10**9 for g in gwei]
    assert tx_ids(98, 3, 4).to_pylist() == ["sim-0098", "sim-0099", "sim-0100"]
    assert accounts(7, "thief", 12).to_pylist() == [account(7, "thief", n) for n in range(12)]


def test_addresses_are_hashes_of_valid_form():
    digest = hashlib.sha256(b"7/thief/0").hexdigest()
    assert account(7, "thief", 0) == f"eip155:31337:0x{digest[:40]}"
    assert doctest.testmod(addresses).failed == 0
    assert evm.normalise(addresses.bare_address(account(7, "thief", 0))) == f"0x{digest[:40]}"
    assert accounts(7, "thief", 1, NULL).to_pylist() == [account(7, "thief", 0), NULL]
