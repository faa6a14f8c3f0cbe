"""The feed: polled, waited for, streamed over a real socket, and ended with the key."""

import asyncio
import json
import time
from collections.abc import Iterator
from threading import Thread, Timer

import httpx
import pytest
from sqlalchemy import func, insert, select

from stanch.store.desk.tables import feed
from stanch.web.config import Config
from stanch.web.server import create, settings
from stanch.web.streams import STREAMS
from tests.web.conftest import KOREA, NO_HURRY, UPBEAT, Client, World


def tell(world: World, member: str, kind: str = "order") -> None:
    """Tell a member something, as whoever decides does: in the transaction that logs it."""
    with world.desk.database.write() as tx:
        last = tx.connection.execute(
            select(func.max(feed.c.n)).where(feed.c.member == member)
        ).scalar()
        row = {"member": member, "n": (last or 0) + 1, "kind": kind, "subject": "ord-1"}
        tx.connection.execute(insert(feed).values(**row, body="{}", created=tx.at, tries=0))
        tx.record(None, "told", member, {})


def test_a_member_is_told_what_is_its_own_from_where_it_stopped(
    world: World, korea: Client, upbeat: Client
) -> None:
    for member in (KOREA, UPBEAT, UPBEAT, UPBEAT):
        tell(world, member)
    assert [each["n"] for each in upbeat.get("/v1/feed").json()["items"]] == [1, 2, 3]
    page = upbeat.get("/v1/feed?after=1&limit=1").json()
    (told,) = page["items"]
    assert told["id"] == "mem-upbeat-2-" + "".join(filter(str.isdigit, told["created"]))
    assert page["next"] == 2
    assert upbeat.get("/v1/feed?after=3").json() == {"items": [], "next": None}
    assert {each["member"] for each in korea.get("/v1/feed").json()["items"]} == {KOREA}
    for query in ("after=-1", "limit=0", "limit=501", "wait=31", "member=mem-korea"):
        assert upbeat.get(f"/v1/feed?{query}").status_code == 422


def test_a_place_beyond_the_end_is_refused_and_no_silence(world: World, upbeat: Client) -> None:
    """A desk that was restored from a backup has fewer messages than the member was told."""
    tell(world, UPBEAT)
    for path in ("/v1/feed?after=2", "/v1/feed/stream?after=2"):
        answer = upbeat.get(path)
        assert (answer.status_code, "restored" in answer.json()["detail"]) == (409, True)


def test_only_who_may_answer_says_that_messages_have_arrived(world: World, upbeat: Client) -> None:
    def unsent() -> list[int]:
        with world.desk.database.read() as connection:
            query = select(feed.c.n).where(feed.c.sent.is_(None)).order_by(feed.c.n)
            return list(connection.execute(query).scalars())

    for _ in range(3):
        tell(world, UPBEAT)
    reader, answerer = world.program(upbeat, "read"), world.program(upbeat, "read", "replies")
    assert reader.get("/v1/feed?after=3").json()["items"] == []
    assert unsent() == [1, 2, 3]  # a stolen key that reads keeps nothing from the webhook
    assert len(answerer.get("/v1/feed?after=2").json()["items"]) == 1
    assert unsent() == [3]


def test_who_waits_is_told_when_it_happens(world: World, upbeat: Client) -> None:
    began = time.monotonic()
    Timer(0.5, tell, (world, UPBEAT)).start()
    assert len(upbeat.get("/v1/feed?wait=10").json()["items"]) == 1
    assert 0.4 < time.monotonic() - began < 5
    began = time.monotonic()
    assert upbeat.get("/v1/feed?after=1&wait=1").json()["items"] == []
    assert time.monotonic() - began >= 1


def test_nobody_holds_all_connections_by_waiting(world: World, upbeat: Client) -> None:
    async def together() -> list[int]:
        asked = (upbeat._ask("GET", "/v1/feed?wait=30") for _ in range(STREAMS + 2))
        asks = [asyncio.ensure_future(each) for each in asked]
        while sum(each.done() for each in asks) < 2:
            await asyncio.sleep(0.05)
        await asyncio.to_thread(tell, world, UPBEAT)  # so that nobody waits to the end
        return [each.status_code for each in await asyncio.gather(*asks)]

    assert sorted(asyncio.run(together())) == [200] * STREAMS + [429] * 2
    assert upbeat.get("/v1/feed?wait=1").status_code == 200  # who waited does not wait any more


@pytest.fixture
def url(world: World) -> Iterator[str]:
    config = Config(rate=NO_HURRY, door=NO_HURRY)
    server = settings(create(world.desk, config), "127.0.0.1", 0, config)
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def test_events_come_as_they_happen_and_end_with_the_key(
    world: World, upbeat: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stanch.web.streams.SIGN_OF_LIFE", 0.5)
    program = world.program(upbeat, "read")
    headers = {"authorization": program.headers["authorization"], "last-event-id": "1"}
    tell(world, UPBEAT)
    tell(world, UPBEAT, "second")
    tell(world, KOREA)
    Timer(1.6, tell, (world, UPBEAT, "third")).start()
    seen, signs = [], 0
    with httpx.stream("GET", f"{url}/v1/feed/stream", headers=headers, timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: ")))
                if seen[-1]["kind"] == "third":
                    key = upbeat.get("/v1/keys").json()["items"][0]["id"]
                    assert upbeat.delete(f"/v1/keys/{key}").status_code == 204
                    tell(world, UPBEAT, "fourth")
            signs += line == ": still here"
    assert [(each["n"], each["kind"]) for each in seen] == [(2, "second"), (3, "third")]
    assert signs >= 1
    assert httpx.get(f"{url}/v1/feed/stream").status_code == 401


def test_one_person_holds_so_many_streams_and_no_more(
    world: World, upbeat: Client, url: str
) -> None:
    program = world.program(upbeat, "read")
    headers = {"authorization": program.headers["authorization"]}
    open_ones = []
    with httpx.Client(base_url=url, headers=headers, timeout=10) as client:
        for _ in range(10):
            answer = client.send(client.build_request("GET", "/v1/feed/stream"), stream=True)
            assert answer.status_code == 200
            parts = answer.iter_raw()
            next(parts)
            open_ones.append((answer, parts))  # without the second it would be closed
        assert client.get("/v1/feed/stream").status_code == 429
        for answer, _ in open_ones:
            answer.close()
