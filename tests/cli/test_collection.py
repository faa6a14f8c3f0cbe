"""`stanch collection` at a desk that runs."""

import json
from pathlib import Path

import pytest

from tests.cli.test_key import run
from tests.live_house import House, live_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory):
    with live_house(tmp_path_factory.mktemp("collections")) as made:
        yield made


def test_a_collection_is_made_granted_and_looked_into(house: House):
    chief, upbeat = house.chief, house.upbeat
    made = house.said(chief, "collection", "new", "Stolen assets", "--alias", "stolen-assets")
    assert house.said(upbeat, "collection", "list") == "none"
    granted = house.said(
        chief, "collection", "grant", "stolen-assets", "mem-upbeat", "--read", "--write"
    )
    assert granted == "mem-upbeat reads and writes"
    (row,) = json.loads(house.said(upbeat, "collection", "list", "--json"))
    assert (row["id"], row["reads"], row["writes"], row["owner"]) == (made, True, True, "mem-fiu")
    shown = json.loads(house.said(chief, "collection", "show", made, "--json"))
    assert [each["member"] for each in shown["grants"]] == ["mem-fiu", "mem-upbeat"]
    assert "mem-fiu" not in house.said(upbeat, "collection", "show", made).split("grants")[1]
    assert house.said(upbeat, "collection", "objects", made) == "none"
    assert "no more" in house.said(chief, "collection", "revoke", made, "mem-upbeat")
    assert house.said(upbeat, "collection", "list") == "none"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("grant", "x", "mem-upbeat"), "--read, --write"),
        (("new", "X", "--purpose", "body"), "body"),
        (("new", "X", "--alias", "No Alias"), "alias"),
        (("show", "no-such"), "no collection"),
        (("grant", "no-such", "mem-upbeat", "--read"), "no collection"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(house: House, words: tuple[str, ...], why: str):
    env = {"STANCH_SESSION": str(house.chief), "STANCH_SERVER": house.desk.url}
    done = run("collection", *words, env=env)
    assert done.exit_code != 0
    assert why in str(done.exception) + done.output


def test_an_inbox_is_written_by_all_and_read_by_its_owner(house: House, tmp_path: Path):
    made = house.said(house.upbeat, "collection", "new", "To Upbeat", "--purpose", "inbox")
    rows = json.loads(house.said(house.chief, "collection", "list", "--json"))
    (row,) = [each for each in rows if each["id"] == made]
    assert (row["reads"], row["writes"]) == (False, True)
