"""A trace is put into a case over HTTP, with the accounts that exchanges are told of."""

import pytest

from stanch.model.tables import ACCOUNTS_OUT
from tests.formats.test_trace_accounts import HEAD, row
from tests.web.conftest import World
from tests.web.test_cases import opened

MANIFEST = "sha256:" + "0" * 64


def send(client, case: str, rows: list[str]):
    body = "\n".join([HEAD, *rows, ""]).encode()
    query = {"manifest": MANIFEST, "marking": "TLP:GREEN"}
    return client.post(f"/v1/cases/{case}/traces", params=query, content=body)


def test_a_trace_and_its_hops(world: World):
    client = world.client(world.house.chief, "analyst")
    case = client.post("/v1/cases", {"title": "Theft"}).json()["id"]
    answer = send(client, case, [row(), row(hop="3", incident="other")])
    assert answer.status_code == 201, answer.text
    items = client.get(f"/v1/cases/{case}/items").json()["items"]
    assert [(each["kind"], each["body"]) for each in items] == [("trace", {"manifest": MANIFEST})]


def test_a_bad_row_keeps_nothing(world: World):
    client = world.client(world.house.chief, "analyst")
    case = client.post("/v1/cases", {"title": "Theft"}).json()["id"]
    answer = send(client, case, [row(), row(account="eip155:1:0x12")])
    assert answer.status_code == 422
    assert send(client, case, ["," * (len(ACCOUNTS_OUT) - 1)]).status_code == 422
    assert client.get(f"/v1/cases/{case}/items").json()["items"] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"incident": "a\x00b"},
        {"incident": "a\u202eb"},
        {"incident": "x" * 301},
        {"asset": "eip155:1/slip44:6\x000"},
        {"asset": ""},
    ],
)
def test_a_row_that_no_database_takes_or_no_reader_sees_is_refused(world: World, changed):
    client = world.client(world.house.chief, "analyst")
    case = client.post("/v1/cases", {"title": "Theft"}).json()["id"]
    answer = send(client, case, [row(), row(**changed)])
    assert answer.status_code == 422, answer.text
    assert client.get(f"/v1/cases/{case}/items").json()["items"] == []


def test_a_trace_without_its_accounts_is_none(korea):
    """It would take the place of one that has them in what exchanges are told."""
    item = {"kind": "trace", "body": {"manifest": MANIFEST}}
    answer = korea.post(f"/v1/cases/{opened(korea)}/items", item)
    assert answer.status_code == 422
    assert "accounts.csv" in answer.json()["detail"]
