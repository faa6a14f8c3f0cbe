"""A turn of a link: what comes is kept byte for byte, known, or laid aside; nothing is lost."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from stanch.app.taxii import partners, turns
from stanch.client.taxii.line import MEDIA, Settings
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import access, making, removal
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.pages import Want, page
from stanch.sharing.partners import quarantine
from stanch.sharing.partners.words import NewLink
from stanch.store.desk import log
from stanch.store.desk.folder import Folder
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import partner
from stanch.store.desk.transaction import Database
from tests.app.taxii.federation import raw, stix
from tests.desk_database import FakeClock
from tests.taxii_script import Played
from tests.two_desks import KOREA, THIRD, UPBEAT, KilledError, Side, side

REMOTE = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
PEER = "https://peer.example/root/"
SECRET = "kim:hunter2-hunter2"


@dataclass
class Pages(httpx.BaseTransport):
    """A server that gives pages of objects as the bytes that they are."""

    pages: list[list[bytes]]
    kill_at: int = -1
    asked: list[dict[str, str]] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.asked.append(query)
        if len(self.asked) - 1 == self.kill_at:
            raise KilledError
        place = int(query.get("next", 0))
        if "added_after" in query and "next" not in query:  # a page is added at its own second
            at = query["added_after"]
            place = sum(self._stamp(each) <= at for each in range(len(self.pages)))
        here = self.pages[place] if place < len(self.pages) else []
        more = place + 1 < len(self.pages)
        head = f'"more": {json.dumps(more)}, "next": "{place + 1}"'.encode()
        body = b"{" + head + b', "objects": [' + b",".join(here) + b"]}"
        headers = {"Content-Type": MEDIA}
        if here:
            headers["X-TAXII-Date-Added-Last"] = self._stamp(place)
        return httpx.Response(200, headers=headers, content=body)

    def _stamp(self, place: int) -> str:
        return f"2026-01-01T00:{place:02d}:00.000000Z"


@pytest.fixture
def here(database: Database, desk_key: PrivateKey, clock: FakeClock, tmp_path: Path) -> Side:
    made = side(database, desk_key, Folder.create(tmp_path / "desk").path, clock)
    linked(made)
    return made


def linked(at: Side, **more: Any) -> str:
    new = NewLink("Peer", PEER, REMOTE, at.collection, UPBEAT, **more)
    at.link = partners.add(at.desk, at.korea, new, SECRET)
    return at.link


def shown(at: Side, who: str) -> list[bytes]:
    with at.database.read() as connection:
        view = access.one(connection, Reader(who, at.database.now()), at.collection).view
        return [bytes(row[3]) for row in page(connection, view, Want()).rows]


def one(number: int, name: str = "x", marking: Marking | None = None, version: int = 1) -> bytes:
    return raw(stix((number, version), name, marking), 3)


def test_what_comes_is_kept_byte_for_byte_and_comes_once(here: Side) -> None:
    odd = (
        b'{ "type":"identity",\n"id":"identity--00000000-0000-4000-8000-00000000000a",'
        b'"spec_version":"2.1","created":"2026-01-01T00:00:00Z","name":"\\u00e9",'
        b'"modified":"2026-01-01T00:00:00.1234567Z"}'
    )
    objects = [one(1), odd]
    server = Pages([objects])
    done = here.turn(server)
    assert done is not None
    assert (done.told.kept, done.through, done.failure) == (2, True, None)
    assert [row.bytes for row in here.rows()] == objects
    assert {row.owner for row in here.rows()} == {UPBEAT}
    again = here.turn(server)
    assert again is not None
    assert (again.told.kept, again.told.known) == (0, 2)
    assert shown(here, THIRD) == objects
    told = partners.one(here.desk, here.korea, here.link)
    assert told["told"] == {"kept": 2, "known": 2, "aside": 0, "sent": 0, "refused": 0}
    assert told["ended"] is not None


def test_a_turn_that_is_killed_goes_on_where_it_was(here: Side) -> None:
    pages = [[one(2 * n), one(2 * n + 1)] for n in range(1, 6)]
    with pytest.raises(KilledError):
        here.turn(Pages(pages, kill_at=3))
    assert len(here.rows()) == 6
    assert here.turn(Pages(pages)) is None, "the lease still holds"
    here.clock.move(seconds=61)
    server = Pages(pages)
    done = here.turn(server)
    assert done is not None
    assert (done.told.kept, done.told.known, done.through) == (4, 2, True)
    assert server.asked[0]["added_after"] == "2026-01-01T00:01:59.999999Z"
    assert "next" not in server.asked[0], "a server may forget what it has sent"
    assert [row.bytes for row in here.rows()] == [each for one_page in pages for each in one_page]


def test_who_lost_the_lease_writes_nothing_more(here: Side) -> None:
    slow = turns.take(here.desk, 60, here.link)
    assert slow is not None
    here.clock.move(seconds=61)
    other = turns.take(here.desk, 60, here.link)
    assert other is not None
    late = turns.turn(here.desk, slow, Settings(transport=Pages([[one(1)]])))
    assert (late.through, here.rows()) == (False, [])
    assert turns.turn(here.desk, other, Settings(transport=Pages([[one(1)]]))).through


def test_who_sees_what_came_by_its_marking(here: Side) -> None:
    labels = (None, Marking.CLEAR, Marking.GREEN, Marking.AMBER, Marking.STRICT)
    objects = [one(n, marking=each) for n, each in enumerate(labels, 1)]
    here.turn(Pages([objects]))
    assert shown(here, KOREA) == objects
    assert shown(here, THIRD) == objects[:3]
    assert shown(here, UPBEAT) == objects[:3], "not all at the other end is for whoever we know"


def test_a_label_is_known_by_a_definition_that_came_before(here: Side) -> None:
    own = "marking-definition--00000000-0000-4000-8000-0000000000dd"
    at = "2026-01-01T00:00:00.000Z"
    defined = {"type": "marking-definition", "spec_version": "2.1", "id": own, "created": at,
               "definition_type": "tlp", "definition": {"tlp": "amber+strict"}}  # fmt: skip
    marked = raw({**stix((1, 1), "x", None), "object_marking_refs": [own]})
    here.turn(Pages([[json.dumps(defined).encode()], [marked]]))
    assert marked in shown(here, KOREA)
    assert marked not in shown(here, THIRD)


def test_a_link_that_widens_lets_amber_go_on_and_strict_not(here: Side) -> None:
    partners.remove(here.desk, here.korea, here.link)
    linked(here, widens=True)
    objects = [one(1, marking=Marking.AMBER), one(2, marking=Marking.STRICT)]
    here.turn(Pages([objects]))
    assert shown(here, KOREA) == objects
    assert shown(here, THIRD) == objects[:1]


def test_two_links_to_one_partner_do_not_take_from_each_other(here: Side) -> None:
    """Third keeps a link of its own to the same partner, into the same collection."""
    amber = one(1, marking=Marking.AMBER)
    here.turn(Pages([[amber]]))
    with here.database.write() as tx:
        row = dict(tx.connection.execute(select(partner)).mappings().one())
        tx.connection.execute(partner.insert().values({**row, "id": "link-third", "member": THIRD,
                                                       "secret": None, "pulled": ""}))  # fmt: skip
    korea, here.link = here.link, "link-third"
    for _ in range(2):
        here.turn(Pages([[amber]]))
    here.link = korea
    done = here.turn(Pages([[amber]]))
    assert done is not None
    assert (done.told.kept, done.told.known) == (0, 1)
    assert shown(here, KOREA) == shown(here, THIRD) == [amber]
    assert len(here.rows()) == 1


def test_red_is_never_kept_not_even_aside(here: Side) -> None:
    red = one(1, "the name of a source", Marking.RED)
    done = here.turn(Pages([[red]]))
    assert done is not None
    assert (done.told.kept, done.told.aside) == (0, 1)
    (held,) = here.aside()
    assert (held.bytes, held.object[-1]) == (b"", "1")
    assert "TLP:RED" in held.reason
    with pytest.raises(RefusedError, match="for people"):
        partners.take(here.desk, here.korea, held.id)


def test_what_breaks_a_rule_is_laid_aside_with_the_reason(here: Side) -> None:
    odd = {
        b'{"type":"identity","id":"nobody"}': "no id",
        b'{"type":"malware","id":"malware--00000000-0000-4000-8000-000000000001"}': "spec_version",
        b"[" * 100 + b"]" * 100: "nested|no JSON object",
        b"7": "no JSON object",
        one(5).replace(b'"name"', b'"name":1,"name"'): "twice",
        one(6, version=9).replace(b"2026-01-09", b"2099-01-09"): "ahead",
        one(7).replace(b"2026-01-01T00:00:00.000Z", b"2026-01-01T00:00:00.0123456789Z"): "finer",
    }
    done = here.turn(Pages([[one(1), *odd, one(2)]]))
    assert done is not None
    assert (done.told.kept, done.told.aside, done.through) == (2, len(odd), True)
    held = {bytes(row.bytes): row.reason for row in here.aside()}
    assert held.keys() == odd.keys()
    for each, reason in odd.items():
        assert re.search(reason, held[each]), (each, held[each])
    again = here.turn(Pages([[*odd]]))
    assert again is not None
    assert again.told.aside == 0, "what lies aside is not laid there again"


def test_a_contradiction_is_laid_aside_and_what_was_first_stays(here: Side) -> None:
    spelled = raw(stix((1, 1), "first", None), 0)
    done = here.turn(Pages([[one(1, "first")], [one(1, "second")], [spelled]]))
    assert done is not None
    assert (done.told.kept, done.told.known, done.told.aside) == (1, 1, 1)
    assert shown(here, KOREA) == [one(1, "first")]
    assert [row.bytes for row in here.aside()] == [one(1, "second")], "not the other spelling"


def test_what_has_no_version_lies_here_once_for_each_content(here: Side) -> None:
    at = {"type": "domain-name", "value": "a.example", "spec_version": "2.1",
          "id": "domain-name--5d5e2b2a-6f2c-5a5e-9d6b-5a5b5c5d5e5f"}  # fmt: skip
    first, again = json.dumps(at).encode(), json.dumps(at, indent=1).encode()
    other = json.dumps({**at, "defanged": True}).encode()
    done = here.turn(Pages([[first, other], [again]]))
    assert done is not None
    assert (done.told.kept, done.told.known, done.told.aside) == (2, 1, 0)
    assert [row.bytes for row in here.rows()] == [first, other]


def test_what_was_deleted_does_not_come_back(here: Side) -> None:
    here.turn(Pages([[one(1), one(2)]]))
    with here.database.write() as tx:
        rows = [(row.id, row.version, row.owner) for row in here.rows() if row.id.endswith("1")]
        removal.remove(tx, here.korea, here.collection, rows)
    done = here.turn(Pages([[one(1), one(2)]]))
    assert done is not None
    assert (done.told.kept, done.told.aside) == (0, 0)
    assert shown(here, KOREA) == [one(2)]
    here.turn(Pages([[one(1), one(2)], [one(1, version=2)]]))
    assert len(shown(here, KOREA)) == 2, "a newer version is another object"


def test_an_analyst_takes_in_or_drops_what_lies_aside(here: Side) -> None:
    old = one(1).replace(b'"spec_version":   "2.1", ', b"")  # STIX 2.0
    nothing, red = b"7", one(2, marking=Marking.RED)
    here.turn(Pages([[old, nothing, red]]))
    by = {bytes(row.bytes): row.id for row in here.aside()}
    listed = partners.listed_aside(here.desk, here.korea, Asked(filters={"state": "held"}))
    assert {row["id"] for row in listed.rows} == set(by.values())
    assert all("bytes" not in row for row in listed.rows)
    assert partners.listed_aside(here.desk, here.third, Asked()).rows == []
    with pytest.raises(NotFoundError):
        partners.one_aside(here.desk, here.third, by[old])
    partners.take(here.desk, here.korea, by[old])
    assert shown(here, KOREA) == [old]
    with pytest.raises(RefusedError, match="was taken"):
        partners.drop(here.desk, here.korea, by[old])
    with pytest.raises(RefusedError, match="no type"):
        partners.take(here.desk, here.korea, by[nothing])
    partners.drop(here.desk, here.korea, by[nothing])
    done = here.turn(Pages([[old, nothing]]))
    assert done is not None
    assert (done.told.aside, len(here.aside())) == (0, 3), "what was dropped stays dropped"


def test_what_contradicts_cannot_be_taken(here: Side) -> None:
    here.turn(Pages([[one(1, "first")]]))
    here.turn(Pages([[one(1, "second")]]))
    (held,) = here.aside()
    with pytest.raises(RefusedError, match="already"):
        partners.take(here.desk, here.korea, held.id)
    assert len(here.aside()) == 1


def test_a_full_quarantine_stops_the_link(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MOST", 2)
    done = here.turn(Pages([[b"1", b"2"], [b"3", one(1)]]))
    assert done is not None
    assert "quarantine is full" in (done.failure or "")
    assert len(here.aside()) == 2
    for each in here.aside():
        partners.drop(here.desk, here.korea, each.id)
    again = here.turn(Pages([[b"1", b"2"], [b"3", one(1)]]))
    assert again is not None
    assert again.failure is None
    assert shown(here, KOREA) == [one(1)]


def test_a_failure_is_told_without_the_secret_and_tried_later_and_later(here: Side) -> None:
    class Away(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            assert request.headers["authorization"].startswith("Basic ")
            return httpx.Response(401, content=request.headers["authorization"].encode())

    waits = []
    for _ in range(3):
        here.turn(Away())
        row = partners.one(here.desk, here.korea, here.link)
        waits.append(row["due"])
        assert row["failure"] == "peer.example does not know us (it answered 401)"
    assert waits[0] < waits[1] < waits[2]
    with here.database.read() as connection:
        kept = connection.execute(select(partner)).mappings().one()
    assert SECRET not in str(dict(kept))
    assert "aGUnter2" not in str(dict(kept))
    assert "secret" not in row
    assert turns.take(here.desk) is None, "it is not due"


def test_a_credential_opens_for_its_own_link_and_place_alone(here: Side) -> None:
    with here.database.write() as tx:
        tx.connection.execute(partner.update().values(root="https://evil.example/root/"))
    server = Pages([[one(1)]])
    done = here.turn(server)
    assert done is not None
    assert "credential is none of this desk's" in (done.failure or "")
    assert server.asked == [], "nobody was asked"


def test_who_may_keep_links(here: Side) -> None:
    new = NewLink("Peer", PEER, REMOTE, here.collection, UPBEAT)
    with pytest.raises(ForbiddenError):
        partners.add(here.desk, here.third, new, "")
    for wrong, error in (
        (NewLink("Peer", "http://peer.example/", REMOTE, here.collection, UPBEAT), UsageError),
        (NewLink("Peer", "https://127.0.0.1/", REMOTE, here.collection, UPBEAT), RefusedError),
        (
            NewLink("Peer", "https://peer.example:22/", REMOTE, here.collection, UPBEAT),
            RefusedError,
        ),
        (NewLink("Peer", PEER, REMOTE, "no-such", UPBEAT), NotFoundError),
        (NewLink("Peer", PEER, REMOTE, here.collection, KOREA), UsageError),
        (NewLink("Peer", PEER, REMOTE, here.collection, "mem-nobody"), UsageError),
        (NewLink("Peer", PEER, REMOTE, here.collection, UPBEAT, every=1), UsageError),
    ):
        with pytest.raises(error):
            partners.add(here.desk, here.korea, wrong, SECRET)
    with pytest.raises(UsageError) as caught:
        partners.add(here.desk, here.korea, new, "two words")
    assert "two words" not in str(caught.value)
    with pytest.raises(NotFoundError):
        partners.one(here.desk, here.third, here.link)
    assert partners.listed(here.desk, here.third, Asked()).rows == []


def test_the_log_tells_nobody_with_whom_a_member_is_linked(here: Side) -> None:
    """Auditors of every member read it."""
    here.turn(Pages([[one(1), b"7"]]))
    with here.database.read() as connection:
        rows = [row for row in log.entries(connection) if row.verb.startswith(("part", "quar"))]
    assert [row.verb for row in rows] == ["partner.added", "quarantine.held"]
    told = " ".join(str(row.said) for row in rows)
    for secret in (UPBEAT, PEER, REMOTE, here.collection, SECRET, "Peer"):
        assert secret not in told


def test_a_link_is_stopped_started_and_removed(here: Side) -> None:
    partners.stop(here.desk, here.korea, here.link)
    assert here.turn(Pages([[one(1)]])) is None
    with pytest.raises(RefusedError, match="is stopped"):
        partners.ask_now(here.desk, here.korea, here.link)
    partners.start(here.desk, here.korea, here.link)
    assert here.turn(Pages([[one(1)]])) is not None
    partners.remove(here.desk, here.korea, here.link)
    with pytest.raises(NotFoundError):
        partners.one(here.desk, here.korea, here.link)
    with here.database.read() as connection:
        assert connection.execute(select(partner.c.secret)).scalar_one() is None
    assert shown(here, KOREA) == [one(1)], "what came stays"


def test_a_collection_that_is_taken_away_is_a_failure(here: Side) -> None:
    with here.database.write() as tx:
        other = making.make(tx, here.third, NewCollection("Third's"))
        making.grant(tx, here.third, other, KOREA, (True, True))
    here.collection, mine = other, here.collection
    linked(here)
    with here.database.write() as tx:
        making.grant(tx, here.third, other, KOREA, (False, False))
    done = here.turn(Pages([[one(1)]]))
    assert done is not None
    assert "no collection" in (done.failure or "")
    here.collection = mine


def test_opencti_into_a_collection(here: Side) -> None:
    partners.remove(here.desk, here.korea, here.link)
    new = NewLink(
        "OpenCTI", "https://peer.example/taxii2/root/", "7f3b2f0e-6f0a-4f55-9d5d-2f9a4c1c9d10",
        here.collection, UPBEAT,
    )  # fmt: skip
    here.link = partners.add(here.desk, here.korea, new, "")
    for _ in range(2):
        done = here.turn(Played("opencti"))
        assert done is not None
        assert done.failure is None
    assert [row.marking for row in here.rows()] == ["", "", "TLP:AMBER+STRICT"]
    assert len(shown(here, THIRD)) == 2
