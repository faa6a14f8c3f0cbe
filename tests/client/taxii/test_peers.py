"""medallion and OpenTAXII, as they run: read to the end, page by page, and added to."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from stanch.client.taxii import server
from stanch.client.taxii.collection import Collection
from stanch.client.taxii.credential import Credential
from stanch.client.taxii.cursor import Cursor
from stanch.client.taxii.line import AnsweredError, Line
from tests.taxii_peers import COLLECTION, Peer, medallion, needed, opentaxii

Make = Callable[[Path], AbstractContextManager[Peer]]
MANY = 65


PEERS = [
    pytest.param(medallion, id="medallion"),
    pytest.param(opentaxii, id="opentaxii", marks=pytest.mark.slow),
]


@pytest.fixture(scope="module", params=PEERS)
def peer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Peer]:
    needed()
    make: Make = request.param
    with make(tmp_path_factory.mktemp("peer")) as running:
        yield running


@pytest.fixture(scope="module")
def attack(data_dir: Path) -> list[dict[str, Any]]:
    data = gzip.decompress((data_dir / "sharing" / "attack-enterprise.json.gz").read_bytes())
    return list(json.loads(data)["objects"][:MANY])


def line(peer: Peer, credential: str | None = None) -> Line:
    return Line(peer.root, Credential.of(credential or peer.credential))


def read(
    remote: Collection, cursor: Cursor, new: bool = True
) -> tuple[list[dict[str, Any]], Cursor, int]:
    """One round, whose objects are all new, or all known."""
    found, pages = list[dict[str, Any]](), 0
    while True:
        page = remote.page(cursor)
        assert page.found.refused == []
        found += page.found.objects
        cursor = page.asked.after(page.seen, len(page.found.objects) if new else 0)
        pages += 1
        if not cursor.under_way:
            return found, cursor, pages


def test_a_server_is_looked_at_filled_and_read(peer: Peer, attack: list[dict[str, Any]]) -> None:
    assert server.roots(Line(peer.server, Credential.of(peer.credential))) == [peer.root]
    (listed,) = server.collections(line(peer))
    assert (listed["id"], listed["can_read"], listed["can_write"]) == (COLLECTION, True, True)
    assert server.largest(line(peer), 1 << 30) == 1_000_000
    remote = Collection(line(peer), COLLECTION)
    raws = [json.dumps(each).encode() for each in attack]
    assert remote.add(raws[:50]).refused == {}
    assert remote.add(raws[50:]).refused == {}
    found, cursor, pages = read(remote, Cursor(limit=20))
    assert pages == 4
    assert sorted(found, key=lambda each: each["id"]) == sorted(attack, key=lambda one: one["id"])
    again, cursor, _ = read(remote, cursor, new=False)
    assert len(again) == MANY, "all came within the minute that is looked back"
    assert read(remote, cursor)[0] == []


def test_reading_that_broke_off_goes_on_without_a_loss(
    peer: Peer, attack: list[dict[str, Any]]
) -> None:
    """medallion forgets a page as soon as it has sent it."""
    remote, kept = Collection(line(peer), COLLECTION), set[str]()
    cursor = Cursor(limit=20)
    first = remote.page(cursor)
    kept |= {each["id"] for each in first.found.objects}
    cursor = first.asked.after(first.seen, 20)
    remote.page(cursor)  # answered, and lost on the way
    found, *_ = read(remote, Cursor.of(cursor.text()).resumed())
    assert kept | {each["id"] for each in found} == {each["id"] for each in attack}


def test_a_token_that_a_server_does_not_know_is_gone_round(peer: Peer) -> None:
    remote = Collection(line(peer), COLLECTION)
    page = remote.page(Cursor(next="forgotten"))
    assert page.asked.next == ""
    assert len(page.found.objects) > 0


def test_what_is_there_already_is_told_from_what_is_refused(
    peer: Peer, attack: list[dict[str, Any]]
) -> None:
    remote = Collection(line(peer), COLLECTION)
    refused = remote.add([json.dumps(attack[0]).encode()]).refused
    assert set(refused) <= {attack[0]["id"]}
    there = remote.has(attack[0]["id"], attack[0].get("modified", attack[0]["created"]))
    assert there is not None
    assert json.loads(there) == attack[0]
    assert remote.has("identity--00000000-0000-4000-8000-000000000000", "") is None


def test_a_stranger_is_told_so_and_a_wrong_collection_is_none(peer: Peer) -> None:
    with pytest.raises(AnsweredError, match="does not know us") as caught:
        server.collections(line(peer, "analyst:wrong"))
    assert "wrong" not in str(caught.value)
    nowhere = Collection(line(peer), "00000000-0000-4000-8000-000000000000")
    with pytest.raises(AnsweredError, match="no such thing"):
        nowhere.page(Cursor())
