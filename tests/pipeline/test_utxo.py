"""Bitcoin-like ledgers: state by output, answers by address."""

from collections import Counter

import base58
import pytest

from stanch.model.chain import BITCOIN
from stanch.model.kinds import fees, issuance
from stanch.pipeline.seeds import read_seeds
from stanch.pipeline.trace import Reach
from stanch.pipeline.trace_tables import Names, accounts_table, endpoints_table
from tests.ledger.tiny import ledger_of, row
from tests.pipeline import cases
from tests.pipeline.cases import CONSERVING

EVERY = pytest.mark.parametrize("method", CONSERVING)
BTC = f"{BITCOIN}/slip44:0"


def address(name):
    return base58.b58encode_check(b"\0" + name.encode().rjust(20)).decode()


def bare(account):
    text = account.rpartition(":")[2]
    try:
        return base58.b58decode_check(text)[1:].decode().strip()
    except ValueError:
        return text


def transaction(time, name, inputs, outputs):
    """Rows of one transaction: inputs (outpoint, address, amount), outputs (address, amount)."""
    place = {"chain": BITCOIN, "asset": BTC, "tx": name, "block": time, "tx_index": 0}
    rows = [
        row(time, address(a), name, n, **place, kind="utxo_in", outpoint=point)
        for point, a, n in inputs
    ]
    rows += [
        row(time, name, address(a), n, **place, kind="utxo_out", outpoint=f"{name}-{i}")
        for i, (a, n) in enumerate(outputs)
    ]
    fee = sum(n for *_, n in inputs) - sum(n for _, n in outputs)
    if fee > 0 and inputs:
        rows.append(row(time, name, "fees", fee, **place, kind="fee"))
    for i, each in enumerate(rows):
        each["log_index"] = i
        each["to"] = fees(BITCOIN) if each["kind"] == "fee" else each["to"]
    return rows


def coinbase(time, name, who, amount):
    """A block reward: new units, then an output."""
    paid = transaction(time, name, [], [(who, amount)])
    place = {"chain": BITCOIN, "asset": BTC, "tx": name, "block": time, "tx_index": 0}
    new = row(time, "x", name, amount, **place, kind="mint", log_index=-1)
    return [{**new, "from": issuance(BITCOIN)}, *paid]


def trace(place, rows, seeds, method, **more):
    ledger = ledger_of(place / "ledger", rows)
    values = [",".join([address(s.split(",")[0]), *s.split(",")[1:]]) for s in seeds]
    case = cases.case(ledger, read_seeds(values), method, **more)
    done = cases.follow(case)
    names = Names.of(case)
    ends = Counter()
    for each in endpoints_table(done, names).to_pylist():
        assert int(each["amount_low"]) <= int(each["amount"]) <= int(each["amount_high"])
        ends[bare(each["account"]), each["fate"]] += int(each["amount"])
    told = {bare(each["account"]): each for each in accounts_table(done, names).to_pylist()}
    return +ends, told


THEFT = [
    *coinbase(1, "cb", "victim", 100),
    *transaction(2, "t1", [("cb-0", "victim", 100)], [("thief", 100)]),
]


@EVERY
def test_inputs_are_mixed_by_the_rule_and_nothing_is_lost(tmp_path, method):
    rows = [
        *THEFT,
        *coinbase(3, "cb2", "other", 100),
        *transaction(
            4, "t2", [("t1-0", "thief", 100), ("cb2-0", "other", 100)],
            [("a", 90), ("b", 100)],
        ),
    ]  # fmt: skip
    ends, told = trace(tmp_path, rows, ["thief"], method)
    want = {
        "haircut@1": {("a", "held"): 45, ("b", "held"): 50, ("fees", "fee"): 5},
        "fifo@1": {("a", "held"): 90, ("b", "held"): 10},
        "lifo@1": {("b", "held"): 90, ("fees", "fee"): 10},
    }[method]
    assert sum(ends.values()) == 100
    assert ends == want
    assert told["b"]["hop"] == "1"
    assert not any(name.startswith("t") and name != "thief" for name in told)


@EVERY
def test_hops_count_payments_and_not_transactions(tmp_path, method):
    rows = [
        *THEFT,
        *transaction(3, "t2", [("t1-0", "thief", 100)], [("a", 60), ("thief", 40)]),
        *transaction(4, "t3", [("t2-0", "a", 60)], [("b", 60)]),
        *transaction(5, "t4", [("t2-1", "thief", 40)], [("c", 40)]),
    ]
    _, told = trace(tmp_path / "all", rows, ["thief"], method)
    assert {name: each["hop"] for name, each in told.items()} == {
        "thief": "0", "a": "1", "b": "2", "c": "1",
    }  # fmt: skip
    ends, _ = trace(tmp_path / "one", rows, ["thief,t1"], method, reach=Reach(hops=1))
    assert ends == {("a", "stopped"): 60, ("c", "stopped"): 40}


@EVERY
def test_outputs_of_one_address_share_an_allowance(tmp_path, method):
    rows = [
        *coinbase(1, "cb", "thief", 50),
        *coinbase(2, "cc", "thief", 50),
        *transaction(3, "t1", [("cb-0", "thief", 50), ("cc-0", "thief", 50)], [("a", 100)]),
    ]
    ends, _ = trace(tmp_path / "held", rows, ["thief,,3,,60"], method)
    assert ends == {("a", "held"): 60}
    ends, _ = trace(tmp_path / "later", rows, ["thief,,2,,70"], method)
    assert ends == {("a", "held"): 70}


@EVERY
def test_an_output_that_the_extract_lacks(tmp_path, method):
    short = transaction(3, "t2", [("t1-0", "thief", 100)], [("a", 60), ("b", 40)])[:-1]
    ends, told = trace(tmp_path, [*THEFT, *short], ["thief"], method)
    assert ends == {("a", "held"): 60, ("t2", "unknown"): 40}
    assert set(told) == {"thief", "a"}


@EVERY
def test_an_output_whose_making_the_extract_lacks(tmp_path, method):
    rows = transaction(3, "t2", [("t1-0", "thief", 100)], [("a", 60), ("b", 40)])
    assert trace(tmp_path, rows, ["thief"], method)[0] == {("a", "held"): 60, ("b", "held"): 40}


@EVERY
def test_a_label_speaks_of_all_outputs_of_its_address(tmp_path, method):
    rows = [
        *THEFT,
        *transaction(3, "t2", [("t1-0", "thief", 100)], [("desk", 60), ("desk", 30)]),
        *transaction(4, "t3", [("t2-0", "desk", 60), ("t2-1", "desk", 30)], [("a", 90)]),
    ]
    label = cases.label(f"{BITCOIN}:{address('desk')}", "exchange")
    ends, _ = trace(tmp_path, rows, ["thief"], method, label_rows=[label])
    assert ends == {("desk", "service"): 90, ("fees", "fee"): 10}
