"""What is pushed to a partner: what they could read here, once, as their server takes it."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from stanch.app.taxii import partners
from stanch.client.taxii.line import MEDIA
from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import making
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.objects import Batch, put
from stanch.sharing.collections.words import Offer
from stanch.sharing.partners import outgoing
from stanch.sharing.partners.words import Direction, NewLink
from tests.app.taxii.federation import raw, stix
from tests.taxii_peers import COLLECTION, Peer, medallion, opentaxii
from tests.two_desks import HERE, KOREA, THIRD, UPBEAT, KilledError, Mould, Side, Wire, mould


@dataclass
class Shelf(httpx.BaseTransport):
    """A server that takes envelopes, and refuses one as a whole for an object that is `bad`."""

    status: int = 422
    bad: frozenset[str] = frozenset()
    most: int = 1_000_000
    got: list[bytes] = field(default_factory=list)
    posts: int = 0
    verdicts: list[dict[str, Any]] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return self._said(200, {"title": "Root", "max_content_length": self.most})
        self.posts += 1
        body = request.read()
        assert len(body) <= self.most
        objects = json.loads(body)["objects"]
        if any(each["name"] in self.bad for each in objects):
            return self._said(self.status, {"title": "no"})
        self.got += [json.dumps(each).encode() for each in objects]
        return self._said(202, {"id": "1", "status": "complete", "failures": self.verdicts})

    def names(self) -> list[str]:
        return [json.loads(each)["name"] for each in self.got]

    def _said(self, status: int, body: Any) -> httpx.Response:
        headers = {"Content-Type": MEDIA}
        return httpx.Response(status, headers=headers, content=json.dumps(body).encode())


@pytest.fixture(scope="module")
def moulds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mould, Mould]:
    folder = tmp_path_factory.mktemp("moulds")
    return mould(folder / "a"), mould(folder / "b")


@pytest.fixture
def here(moulds: tuple[Mould, Mould], tmp_path: Path) -> Iterator[Side]:
    with moulds[0].cast(tmp_path / "a") as made:
        yield made


@pytest.fixture
def there(moulds: tuple[Mould, Mould], tmp_path: Path) -> Iterator[Side]:
    with moulds[1].cast(tmp_path / "b") as made:
        yield made


def offer(number: int, name: str = "", marking: Marking | None = None, **more: Any) -> Offer:
    said = stix((number, 1), name or f"n{number}", marking)
    return Offer(said, raw(said, 2), more.pop("owner", KOREA), marking, **more)


def write(at: Side, *offers: Offer) -> None:
    with at.database.write() as tx:
        put(tx, at.korea, Batch(at.collection, offers))


def pushing(at: Side, peer: Peer | None = None, widens: bool = False) -> None:
    root, remote = (peer.root, COLLECTION) if peer else ("https://peer.example/root/", COLLECTION)
    new = NewLink("Peer", root, remote, at.collection, UPBEAT, Direction.PUSH, widens)
    at.link = partners.add(at.desk, at.korea, new, peer.credential if peer else "tok", HERE)


def refused(at: Side) -> dict[str, str]:
    found = partners.one(at.desk, at.korea, at.link)["refused"]
    assert isinstance(found, dict)
    return found


def test_what_goes_is_what_both_may_see_and_servers_may_have(here: Side) -> None:
    amber, to = Marking.AMBER, frozenset({UPBEAT})
    write(
        here, offer(1), offer(2, marking=Marking.GREEN), offer(3, marking=amber, to=to),
        offer(4, marking=amber, to=frozenset({THIRD})), offer(5, marking=Marking.STRICT, to=to),
        offer(6, marking=Marking.RED, to=frozenset({here.korea.person})),
        offer(7, marking=amber, owner=THIRD, to=to), offer(8, owner=UPBEAT),
    )  # fmt: skip
    pushing(here)
    narrow = Shelf()
    here.turn(narrow)
    assert narrow.names() == ["n1", "n2"], "who reads amber there, nobody here knows"
    partners.remove(here.desk, here.korea, here.link)
    pushing(here, widens=True)
    shelf = Shelf()
    done = here.turn(shelf)
    assert done is not None
    assert (done.told.sent, done.through, done.failure) == (3, True, None)
    assert shelf.names() == ["n1", "n2", "n3"]
    again = here.turn(shelf)
    assert again is not None
    assert (again.told.sent, shelf.posts) == (0, 1), "each goes once"
    write(here, offer(9))
    here.turn(shelf)
    assert shelf.names() == ["n1", "n2", "n3", "n9"]


def test_a_label_that_another_object_defines_counts(here: Side) -> None:
    """As the desk read it when the object came."""
    hidden = offer(1)
    write(here, Offer(hidden.data, hidden.raw, KOREA, Marking.STRICT), offer(2))
    pushing(here, widens=True)
    shelf = Shelf()
    here.turn(shelf)
    assert shelf.names() == ["n2"]


def test_one_desk_pushes_into_another(here: Side, there: Side) -> None:
    write(here, offer(1), offer(2))
    here.join(there, direction=Direction.PUSH)
    done = here.turn(Wire(there.app))
    assert done is not None
    assert (done.told.sent, done.failure) == (2, None)
    assert [(row.bytes, row.owner) for row in there.rows()] == [
        (offer(1).raw, UPBEAT), (offer(2).raw, UPBEAT),
    ]  # fmt: skip


def test_a_push_that_is_killed_goes_on(
    here: Side, there: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 2)
    write(here, *(offer(n) for n in range(1, 8)))
    here.join(there, direction=Direction.PUSH)
    with pytest.raises(KilledError):
        here.turn(Wire(there.app, kill_at=3))  # root, two posts: the second's answer is lost
    here.clock.move(seconds=61)
    done = here.turn(Wire(there.app))
    assert done is not None
    assert (done.told.sent, done.told.refused, done.through) == (5, 0, True)
    assert [row.bytes for row in there.rows()] == [offer(n).raw for n in range(1, 8)]


@pytest.mark.parametrize("status", [400, 413, 422, 500])
def test_one_bad_object_holds_up_no_other(here: Side, status: int) -> None:
    write(here, *(offer(n) for n in range(1, 12)))
    pushing(here)
    shelf = Shelf(status, frozenset({"n4", "n9"}))
    done = here.turn(shelf)
    assert done is not None
    assert (done.told.sent, done.told.refused, done.through) == (9, 2, True)
    assert sorted(shelf.names()) == sorted(f"n{n}" for n in range(1, 12) if n not in (4, 9))
    assert [each[-2:] for each in refused(here)] == ["04", "09"]
    assert all(f"answered {status}" in why for why in refused(here).values())


def test_a_server_that_is_ill_is_not_taken_for_one_that_refuses(here: Side) -> None:
    write(here, *(offer(n) for n in range(1, 4)))
    pushing(here)
    done = here.turn(Shelf(500, frozenset({"n1", "n2", "n3"})))
    assert done is not None
    assert done.failure is not None
    assert refused(here) == {}
    well = here.turn(Shelf())
    assert well is not None
    assert well.told.sent == 3, "nothing was lost"


def test_envelopes_are_as_small_as_the_server_asks(here: Side) -> None:
    write(here, *(offer(n, "x" * 300) for n in range(1, 8)))
    pushing(here)
    shelf = Shelf(most=1500)
    here.turn(shelf)
    assert (len(shelf.got), shelf.posts) == (7, 4)


def test_what_a_server_says_of_one_object_is_told(here: Side) -> None:
    write(here, offer(1))
    pushing(here)
    id = str(offer(1).data["id"])
    here.turn(Shelf(verdicts=[{"id": id, "message": "too old"}]))
    assert refused(here) == {id: '"too old"'}


def test_nothing_is_pushed_to_who_does_not_read(here: Side) -> None:
    with here.database.write() as tx:
        own = making.make(tx, here.korea, NewCollection("Own"))
    new = NewLink("Peer", "https://peer.example/", COLLECTION, own, UPBEAT, Direction.PUSH)
    with pytest.raises(RefusedError, match="does not read it"):
        partners.add(here.desk, here.korea, new, "tok")


PEERS = [
    pytest.param(medallion, id="medallion", marks=pytest.mark.slow),
    pytest.param(opentaxii, id="opentaxii", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("make", PEERS)
def test_attack_goes_to_a_real_server_and_comes_back(
    here: Side, tmp_path: Path, data_dir: Path, make: Any
) -> None:
    """Both ways over one link: what comes back in another spelling is known."""
    data = gzip.decompress((data_dir / "sharing" / "attack-enterprise.json.gz").read_bytes())
    objects = json.loads(data)["objects"][:150]
    raws = [json.dumps(each, separators=(", ", " : ")).encode() for each in objects]
    write(here, *(Offer(each, it, KOREA) for each, it in zip(objects, raws, strict=True)))
    (tmp_path / "peer").mkdir()
    with make(tmp_path / "peer") as peer:
        new = NewLink("Peer", peer.root, COLLECTION, here.collection, UPBEAT, Direction.BOTH)
        here.link = partners.add(here.desk, here.korea, new, peer.credential, HERE)
        first = here.turn(httpx.HTTPTransport())
        assert first is not None
        assert (first.failure, first.told.sent, first.told.refused) == (None, 150, 0)
        second = here.turn(httpx.HTTPTransport())
        assert second is not None
        assert (second.told.kept, second.told.known, second.told.aside) == (0, 150, 0)
    assert {row.bytes for row in here.rows()} == set(raws)
