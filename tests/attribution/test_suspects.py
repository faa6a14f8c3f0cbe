import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.attribution import suspects
from stanch.attribution.suspects import SUSPECTS, suspect_services
from stanch.model.kinds import ACCOUNT, FEES
from tests.attribution.tiny import CHAIN, TinyLedger, labels
from tests.reference import attribution as twin


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch):
    """Bounds that a tiny ledger can reach; the real ones are documented with their evidence."""
    monkeypatch.setattr(suspects, "COUNTERPARTIES", 2)
    monkeypatch.setattr(suspects, "TRANSFERS", 5)


def suspect(ledger, **stated):
    accounts, purses, moves = ledger.tables()
    return suspect_services(labels(**stated), accounts, purses, moves)


def test_many_in_and_many_out_with_the_evidence():
    ledger = TinyLedger()
    for payer, payee in ("as", "bs", "as", "sc", "sd", "ss"):
        ledger.pay(payer, payee, 1)
    found = suspect(ledger)
    assert found.schema == SUSPECTS
    (row,) = found.to_pylist()
    assert row["account"] == f"{CHAIN}:s"
    assert row["heuristic"] == "busy_account@1"
    assert (row["in_degree"], row["out_degree"], row["transfers"]) == (2, 2, 5)
    assert (row["first_time"].microsecond, row["last_time"].microsecond) == (0, 4)
    assert suspect(ledger, s="exchange").num_rows == 0


def test_one_side_alone_is_no_service():
    ledger = TinyLedger()
    for payer in "abcdef":
        ledger.pay(payer, "s", 1)
    ledger.pay("s", "x", 6).pay("s", "fees", 1)
    assert suspect(ledger).num_rows == 0


def test_an_empty_ledger():
    assert suspect(TinyLedger()).num_rows == 0


NAMES = st.sampled_from(["a", "b", "c", "d", "fees"])


@given(st.lists(st.tuples(st.sampled_from("abcd"), NAMES), max_size=40))
def test_against_the_plain_twin(payments):
    ledger = TinyLedger()
    moves = []
    for payer, payee in payments:
        ledger.pay(payer, payee, 1)
        moves.append((payer, payee, 0, 1, FEES if payee == "fees" else ACCOUNT))
    found = {
        row["account"].removeprefix(f"{CHAIN}:"): (
            row["in_degree"],
            row["out_degree"],
            row["transfers"],
        )
        for row in suspect(ledger, a="exchange").to_pylist()
    }
    assert found == twin.busy(moves, {"a"}, 2, 5)
