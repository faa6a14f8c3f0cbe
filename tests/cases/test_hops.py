"""The accounts of a trace by hop: counted, the largest first, and for who may see them alone."""

import pytest

from stanch.cases import cases, hops, items
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.cases.traces import Passed, attach
from stanch.errors import NotFoundError
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.store.desk.transaction import Database
from tests.members.house import UPBEAT, House, founded

TRACE = {"manifest": "sha256:" + "ab" * 32}


@pytest.fixture
def house(database: Database, desk_key: PrivateKey) -> House:
    return founded(database, desk_key)


def account(number: int) -> str:
    return f"eip155:1:0x{number:040x}"


def traced(house: House, by: Caller, amounts: list[tuple[int, int]], shared: Shared) -> str:
    """A trace with an account for each hop and amount."""
    passed = [
        Passed("theft", account(place), "slip44:60", hop, amount)
        for place, (hop, amount) in enumerate(amounts)
    ]
    with house.database.write() as tx:
        case = cases.open_case(tx, by, "Theft", Shared(Marking.AMBER, (UPBEAT,)))
        return attach(tx, by, NewItem(case, "trace", TRACE, shared), passed)


def found(house: House, by: Caller, item: str) -> list[hops.Hop]:
    with house.database.read() as connection:
        return hops.of_trace(connection, by, item)


def test_hops_come_in_order_and_the_largest_of_each_first_whatever_their_length(
    house: House,
) -> None:
    analyst = house.caller(house.chief, "analyst")
    amounts = [9, 10, 100, 99, 2**200, 5, 0]
    item = traced(house, analyst, [(1, each) for each in amounts] + [(0, 7)], Shared())
    first, second = found(house, analyst, item)
    assert (first.hop, first.accounts, len(first.largest)) == (0, 1, 1)
    assert (second.hop, second.accounts) == (1, len(amounts))
    largest = sorted(amounts, reverse=True)[: hops.LARGEST]
    assert [int(row["amount"]) for row in second.largest] == largest


def test_an_account_with_two_assets_is_counted_once(house: House) -> None:
    analyst = house.caller(house.chief, "analyst")
    with house.database.write() as tx:
        case = cases.open_case(tx, analyst, "Theft", Shared())
        passed = [Passed("theft", account(1), asset, 0, 1) for asset in ("slip44:60", "slip44:0")]
        item = attach(tx, analyst, NewItem(case, "trace", TRACE, Shared()), passed)
    (only,) = found(house, analyst, item)
    assert (only.accounts, len(only.largest)) == (1, 2)


def test_a_trace_that_is_not_for_somebody_is_not_there(house: House) -> None:
    analyst = house.caller(house.chief, "analyst")
    other = house.caller(house.exchange, "analyst")
    closed = traced(house, analyst, [(0, 1)], Shared())
    shared = traced(house, analyst, [(0, 1)], Shared(Marking.AMBER, (UPBEAT,)))
    assert len(found(house, other, shared)) == 1
    for item in (closed, "item-0000000000000000", "x' or 1=1 --"):
        with pytest.raises(NotFoundError, match="no "):
            found(house, other, item)


def test_what_is_no_trace_has_no_hops(house: House) -> None:
    analyst = house.caller(house.chief, "analyst")
    with house.database.write() as tx:
        case = cases.open_case(tx, analyst, "Theft", Shared())
        note = items.add(tx, analyst, NewItem(case, "note", {"text": "x"}, Shared()))
    with pytest.raises(NotFoundError):
        found(house, analyst, note)
