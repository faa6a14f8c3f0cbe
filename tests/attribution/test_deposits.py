import csv
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.attribution.deposits import EVIDENCE, infer_deposits
from stanch.attribution.resolve import resolve
from stanch.model.kinds import ACCOUNT, FEES
from stanch.model.tables import LABELS
from stanch.sources.labels import Reading, read
from tests.attribution.tiny import CHAIN, TinyLedger, labels
from tests.reference import attribution as twin

HUOBI = {"hot": ("exchange", "huobi")}


def infer(ledger, stated=None):
    accounts, purses, moves = ledger.tables()
    return infer_deposits(stated or labels(**HUOBI), accounts, purses, moves)


def entities(ledger, stated=None):
    rows = infer(ledger, stated).labels.to_pylist()
    return {row["account"].removeprefix(f"{CHAIN}:"): row["entity"] for row in rows}


def test_an_account_that_forwards_all_is_a_deposit_address():
    ledger = TinyLedger().pay("ann", "d", 70).pay("bob", "d", 30)
    ledger.pay("d", "fees", 1).pay("d", "hot", 69).pay("d", "hot", 30)
    found = infer(ledger)
    (row,) = found.labels.to_pylist()
    assert found.labels.schema == LABELS
    assert (row["account"], row["entity"], row["category"]) == (f"{CHAIN}:d", "huobi", "deposit")
    assert (row["inferred"], row["source"]) == (True, "deposit_forward@1")
    assert row["confidence"] == pytest.approx(3 / 4)
    (why,) = found.evidence.to_pylist()
    assert found.evidence.schema == EVIDENCE
    assert (why["forwards"], why["receipts"], why["share"]) == (2, 2, 1.0)


def test_more_payments_to_the_exchange_make_it_surer():
    once = TinyLedger().pay("ann", "d", 100).pay("d", "hot", 100)
    often = TinyLedger().pay("ann", "d", 100)
    for _ in range(10):
        often.pay("d", "hot", 10)
    first, second = (infer(each).evidence["confidence"][0].as_py() for each in (once, often))
    assert first == pytest.approx(2 / 3)
    assert second == pytest.approx(11 / 12)


def test_money_that_came_after_the_last_sweep_does_not_count():
    ledger = TinyLedger().pay("ann", "d", 100).pay("d", "hot", 100).pay("ann", "d", 900)
    assert entities(ledger) == {"d": "huobi"}


@pytest.mark.parametrize(
    "payments",
    [
        [("ann", "d", 100), ("d", "hot", 97), ("d", "eve", 3)],  # pays somebody else
        [("ann", "d", 100), ("d", "hot", 90)],  # keeps a tenth
        [("hot", "d", 100), ("d", "hot", 100)],  # takes out and pays back
        [("d", "hot", 100)],  # never seen to receive
        [("ann", "d", 100), ("d", "hot", 50), ("d", "cold", 50)],  # two exchanges
    ],
)
def test_other_habits_are_no_deposit_address(payments):
    ledger = TinyLedger()
    for payment in payments:
        ledger.pay(*payment)
    assert entities(ledger, labels(cold=("exchange", "kraken"), **HUOBI)) == {}


def test_two_wallets_of_one_exchange_are_one():
    ledger = TinyLedger().pay("ann", "d", 100).pay("d", "hot", 50).pay("d", "cold", 50)
    assert entities(ledger, labels(cold=("exchange", "huobi"), **HUOBI)) == {"d": "huobi"}


def test_every_asset_that_pays_must_agree():
    ledger = TinyLedger().pay("ann", "d", 100, 1).pay("d", "hot", 100, 1)
    ledger.pay("hot", "d", 5, 2).pay("d", "fees", 5, 2)  # gas from the exchange, burnt as fees
    assert entities(ledger) == {"d": "huobi"}
    ledger.pay("eve", "d", 7, 3)  # a token nobody asked for
    assert entities(ledger) == {"d": "huobi"}
    ledger.pay("d", "eve", 7, 3)
    assert entities(ledger) == {}


def test_a_named_account_keeps_its_name():
    ledger = TinyLedger().pay("ann", "d", 100).pay("d", "hot", 100)
    assert entities(ledger, labels(d="none", **HUOBI)) == {}
    assert entities(ledger, labels(hot="exchange")) == {}  # an exchange without a name is none


def test_amounts_wider_than_128_bits():
    ledger = TinyLedger().pay("ann", "d", 2**200).pay("d", "hot", 2**200)
    assert entities(ledger) == {"d": "huobi"}
    ledger.pay("d", "eve", 2**200)
    assert entities(ledger) == {}


def test_a_sweep_of_many_outputs_on_a_utxo_chain():
    ledger = TinyLedger()
    ledger.utxo("1", [("ann", "a0", 60)], [("d", "d0", 50), ("ann", "a1", 10)])
    ledger.utxo("2", [("bob", "b0", 40)], [("e", "e0", 40)])
    ledger.utxo("3", [("d", "d0", 50), ("e", "e0", 40)], [("hot", "h0", 88), ("fees", "", 2)])
    assert entities(ledger) == {"d": "huobi", "e": "huobi"}


def test_change_on_a_utxo_chain_is_no_sweep():
    ledger = TinyLedger().utxo("1", [("ann", "a0", 60)], [("d", "d0", 60)])
    ledger.utxo("2", [("d", "d0", 60)], [("hot", "h0", 50), ("d", "d1", 10)])
    assert entities(ledger) == {}


PEOPLE = st.sampled_from(["hot", "cold", "warm", "a", "b", "c", "fees"])
PAYMENTS = st.tuples(PEOPLE, PEOPLE, st.integers(0, 1), st.integers(1, 100))


@given(st.lists(PAYMENTS.filter(lambda each: each[0] != "fees"), max_size=30))
def test_against_the_plain_twin(payments):
    exchange = {"hot": "huobi", "warm": "huobi", "cold": "kraken"}
    ledger = TinyLedger()
    moves = []
    for payer, payee, asset, amount in payments:
        ledger.pay(payer, payee, amount, asset)
        moves.append((payer, payee, asset, amount, FEES if payee == "fees" else ACCOUNT))
    stated = labels(**{name: ("exchange", entity) for name, entity in exchange.items()})
    found = {
        row["account"].removeprefix(f"{CHAIN}:"): (row["entity"], row["share"], row["forwards"])
        for row in infer(ledger, stated).evidence.to_pylist()
    }
    wanted = twin.deposits(moves, exchange, exchange.keys())
    assert found.keys() == wanted.keys()
    for name, (entity, share, forwards) in wanted.items():
        assert found[name] == (entity, pytest.approx(float(share)), forwards)


def test_the_deposit_addresses_of_the_ronin_theft(data_dir):
    """All that is inferred there is right: the four without a name whose role is known."""
    reading = Reading()
    read(data_dir / "labels" / "evm_name_tags.csv.gz", 0, reading)
    ledger = TinyLedger()
    folder = data_dir / "tracing" / "ronin"
    roles = {
        row["address"]: row["role"]
        for row in csv.DictReader((folder / "ground_truth.csv").open())
        if row["role"].endswith("_deposit")
    }
    with gzip.open(folder / "external_txs.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if row["isError"] == "0" and {row["from"], row["to"]} & roles.keys():
                ledger.pay(row["from"], row["to"], int(row["value"]))
    accounts, purses, moves = ledger.tables()
    stated = resolve(reading.rows.tags(), accounts).labels
    found = infer_deposits(stated, accounts, purses, moves).labels.to_pylist()
    assert len(found) == 4
    for row in found:
        assert roles[row["account"].rpartition(":")[2]] == f"{row['entity']}_deposit"
