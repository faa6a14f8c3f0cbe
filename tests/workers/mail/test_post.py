"""E-mail is sent, at a real mail server, and says nothing: whatever kills the sender, and however
long the server is away.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, select, update

from stanch.app.desk import notices, rounds
from stanch.app.desk.desk import Desk
from stanch.formats.signed.jws import HEAD, sign
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.model.desk.people import Caller
from stanch.response import replies
from stanch.response.replies import NewReply
from stanch.store import migrations
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import feed, mail, notice, order, person
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from stanch.workers.desk import Worker
from stanch.workers.mail.post import Post
from stanch.workers.mail.sender import send
from stanch.workers.mail.server import Limits, MailServer, mail_server
from stanch.workers.mail.text import From, written
from stanch.workers.outbound.policy import Policy
from tests.desk_world import ACCOUNT, JP, KR, NORTH, USDT, World, world
from tests.workers.mail.mailbox import Mailbox, free_port, mailbox, silent
from tests.workers.test_desk import HERE, receiving, settle

ORIGIN, SENDER = "https://desk.example", "desk@desk.example"
KIM = "kim@north.example"


@dataclass
class Place:
    """A desk, everybody at it, and its mail server."""

    desk: Desk
    world: World
    there: Mailbox
    url: str | None = None

    @property
    def server(self) -> MailServer:
        return mail_server(self.there.url, SENDER, {})

    @property
    def post(self) -> Post:
        return Post(self.desk, self.server, ORIGIN)

    def all(self) -> list[bytes]:
        """Send until nothing is due; what came by that."""
        before = len(self.there.raw)
        while self.post.once():
            pass
        return self.there.raw[before:]

    def told(self, caller: Caller, address: str) -> None:
        """The person has chosen, and entered the code that came."""
        notices.choose(self.desk, caller, address, on=True)
        assert self.post.once()
        (line,) = [each for each in self.there.raw[-1].split(b"\r\n") if each[:5] == b"Code:"]
        assert notices.confirm(self.desk, caller, line[5:].decode()).verified

    def due(self) -> None:
        """What failed is tried again now."""
        with self.desk.database.write() as tx:
            tx.connection.execute(update(mail).values(next_try=tx.at))


@pytest.fixture
def place(database: Database, desk_key: PrivateKey, tmp_path: Path) -> Iterator[Place]:
    everybody = world(database, desk_key)
    desk = Desk(everybody.desk, "Joint desk", Folder.create(tmp_path / "d"), desk_key, database)
    with mailbox() as there:
        yield Place(desk, everybody, there)


def test_opting_in_is_one_code_and_then_one_notice_for_a_burst(place: Place, clock) -> None:
    place.told(place.world.analyst(NORTH), KIM)
    assert place.there.to == [[KIM]]
    for _ in range(3):
        place.world.in_force()
        clock.move(seconds=1)
    assert place.all() == []
    clock.move(seconds=15)
    (raw,) = place.all()
    assert b"New:   3\r\n" in raw
    assert b"Since: 2026-11-26 12:00 UTC\r\n" in raw
    clock.move(days=1)
    assert place.all() == []


def test_no_e_mail_says_what_it_is_about(place: Place, clock) -> None:
    """Every id, account, amount, name and marking in the database, sought in every e-mail."""
    people = {KR: "min@kr.example", JP: "aoi@jp.example", NORTH: KIM}
    for member, address in people.items():
        place.told(place.world.analyst(member), address)
    with place.desk.database.write() as tx:
        tx.connection.execute(update(person).values(name="Hong Gildong"))
    targets = (Target(ACCOUNT, USDT, 987654321),)
    id = place.world.draft(targets=targets)
    place.world.say(id, Said.PROPOSE, KR)
    place.world.say(id, Said.CONCUR, JP)
    with place.desk.database.write() as tx:
        replies.add(tx, place.world.analyst(NORTH), id, NewReply("held", ACCOUNT, USDT, "12345678"))
    clock.move(hours=1)
    assert len(place.all()) == 3
    with place.desk.database.read() as connection:
        rows = connection.execute(select(order.c.id, order.c.hash, order.c.case, order.c.owner))
        secret = {str(each) for row in rows for each in row}
        secret |= set(connection.execute(select(feed.c.subject)).scalars())
        secret |= set(connection.execute(select(feed.c.kind)).scalars())
        secret |= set(connection.execute(select(person.c.id)).scalars())
        secret |= set(connection.execute(select(person.c.name)).scalars())
        secret.add(str(connection.execute(select(feed.c.body)).scalars().first()))
    secret |= {ACCOUNT, ACCOUNT.rpartition(":")[2], USDT, "987654321", "12345678", "Court order"}
    secret |= {NORTH, KR, JP, "Korea", "Japan", "Exchange North", "TLP", "AMBER", "hold", "held"}
    secret |= {"stl_", "stk_", "sts_", place.desk.id}
    for raw in place.there.raw:
        text = raw.decode("ascii").replace("=\r\n", "")
        found = [word for word in secret if word.lower() in text.lower()]
        assert found == []
        assert text.count("://") == 1
        assert f"{ORIGIN}\r\n" in text


def test_a_name_of_the_desk_and_an_address_begin_no_header(place: Place) -> None:
    evil = replace(place.desk, name="합동\r\nBcc: eve@evil.example\r\n\r\nPay here: https://evil")
    notices.choose(place.desk, place.world.analyst(NORTH), KIM, on=True)
    with place.desk.database.write() as tx:  # past the rule of addresses: as a database altered
        bad = f"{KIM}\r\nBcc: eve@evil.example"
        tx.connection.execute(update(notice).values(address=bad))
    post = replace(place.post, desk=evil)
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        post.once()
    assert place.there.raw == []
    with place.desk.database.write() as tx:
        tx.connection.execute(update(notice).values(address=KIM))
    place.due()
    assert post.once()
    assert place.there.to == [[KIM]]
    assert place.there.mails[0]["Bcc"] is None


def test_a_server_that_is_away_and_back_loses_nothing_and_doubles_nothing(
    place: Place, clock
) -> None:
    place.told(place.world.analyst(NORTH), KIM)
    place.world.in_force()
    clock.move(seconds=20)
    away = replace(place.post, server=replace(place.server, port=free_port()))
    for _ in range(3):
        assert away.once()
        assert not away.once()  # it backs off
        with place.desk.database.read() as connection:
            row = connection.execute(select(mail)).one()
        assert row.problem == "there was no connection"
        assert row.next_try > place.desk.database.now()
        place.due()
    place.there.bad = 2
    for _ in range(2):
        assert place.post.once()
        place.due()
    assert len(place.all()) == 1
    clock.move(hours=1)
    assert place.all() == []
    assert set(place.there.ids.values()) == {1}


def test_killed_between_the_servers_word_and_ones_own_the_same_e_mail_goes_again(
    place: Place, clock
) -> None:
    """No mail server can be asked whether it took one; so it is one to whoever keeps its id."""
    place.told(place.world.analyst(NORTH), KIM)
    place.world.in_force()
    clock.move(hours=1)
    mail = notices.take(place.desk, notices.QUIET, rounds.LEASE)
    assert mail is not None
    by = From(place.desk.name, ORIGIN, SENDER)
    assert send(written(mail, by, clock.at), place.server) is None
    place.world.in_force()  # and here the worker was killed
    assert place.all() == []
    clock.move(seconds=rounds.LEASE)
    (second,) = place.all()
    (first,) = place.there.raw[1:-1]
    assert _undated(first) == _undated(second)
    clock.move(hours=1)
    (third,) = place.all()
    assert b"New:   1\r\n" in third  # what came between is lost to neither
    assert len(place.there.ids) == 3


def _undated(raw: bytes) -> list[bytes]:
    return [line for line in raw.split(b"\r\n") if not line.startswith(b"Date:")]


def test_a_mail_server_that_is_away_holds_up_neither_webhooks_nor_time(place: Place, clock) -> None:
    """It takes the connection and says nothing; meanwhile an order goes out, and one lapses."""
    notices.choose(place.desk, place.world.analyst(NORTH), KIM, on=True)
    stopped = Event()
    with silent() as port, receiving(place.desk.key) as exchange, ThreadPoolExecutor(1) as senders:
        settle(place.world, exchange.url)
        limits = Limits(answer=20, begun=20, whole=20)
        server = replace(place.server, port=port, limits=limits)
        policy = Policy(sign=place.desk.key.sign, reach=HERE)
        worker = Worker(place.desk, policy, post=replace(place.post, server=server))
        began = time.monotonic()
        beside = Thread(target=worker.post.run, args=(stopped,), daemon=True)
        beside.start()
        try:
            time.sleep(0.5)  # it is waiting for the server's first word now
            id = place.world.draft(OrderKind.EMERGENCY, to=Addressees((NORTH,)))
            place.world.say(id, Said.PROPOSE, KR)
            assert worker.once(senders)
            (sent,) = exchange.ids.elements()
            assert sent.startswith(f"{NORTH}-1-")
            clock.move(hours=73)
            assert worker.once(senders)
            with place.desk.database.read() as connection:
                query = select(order.c.state).where(order.c.id == id)
                assert connection.execute(query).scalar_one() == "expired"
            assert time.monotonic() - began < 15
            assert beside.is_alive()
        finally:
            stopped.set()
    beside.join(30)  # or it would go on after its desk is gone
    assert not beside.is_alive()


def test_a_worker_that_is_stopped_stops_its_post(place: Place) -> None:
    notices.choose(place.desk, place.world.analyst(NORTH), KIM, on=True)
    worker = Worker(place.desk, Policy(sign=place.desk.key.sign), rounds.LEASE, place.post)
    thread = Thread(target=worker.run)
    thread.start()
    for _ in range(100):
        if place.there.raw:
            break
        time.sleep(0.05)
    worker.stopped.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(place.there.raw) == 1


@pytest.fixture(params=["sqlite", "postgres"])
def living(request, tmp_path: Path) -> Iterator[Place]:
    """A desk in a folder or a PostgreSQL of its own, by the real clock."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    folder = Folder.create(tmp_path / "desk")
    key = PrivateKey.from_seed(folder.seed())
    engine: Engine = sql.connect(folder.path, url)
    migrations.upgrade(engine)
    database = Database(engine, sql.reading(engine), lambda: datetime.now(UTC),
                        lambda said: sign(key, HEAD, dict(said)))  # fmt: skip
    everybody = world(database, key)
    with mailbox() as there:
        yield Place(
            Desk(everybody.desk, "Joint desk", folder, key, database), everybody, there, url
        )
    engine.dispose()


@contextmanager
def working(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    there = ["--database", place.url] if place.url else []
    command = [sys.executable, "-m", "stanch.workers", "--desk", str(place.desk.folder.path),
               *there, "--smtp", place.there.url, "--smtp-from", SENDER, "--origin", ORIGIN,
               "--notice-quiet", "0", "--lease", "1"]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def killed(place: Place, times: int) -> None:
    """Orders come into force while the worker is killed again and again; then it works in peace."""
    chance = random.Random(times)
    place.told(place.world.analyst(NORTH), KIM)
    place.there.raw.clear()
    made = 0
    for _ in range(times):
        with working(place):
            if chance.random() < 0.8:
                place.world.in_force()
                made += 1
            time.sleep(chance.uniform(0.5, 2.0))
    with working(place):
        for _ in range(200):
            with place.desk.database.read() as connection:
                seen = connection.execute(select(notice.c.seen)).scalar_one()
                left = connection.execute(select(mail.c.id)).all()
            if seen == made and not left:
                break
            time.sleep(0.1)
    assert (seen, left) == (made, [])
    told = {str(each["Message-ID"]): _count(each) for each in place.there.mails}
    assert sum(told.values()) == made  # each thing in one e-mail, for whoever keeps their ids


def _count(message) -> int:
    (line,) = [x for x in message.get_content().splitlines() if x.startswith("New:")]
    return int(line[4:])


def test_nothing_is_lost_or_doubled_when_the_worker_is_killed(living: Place) -> None:
    killed(living, 4)


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_in_many_rounds(living: Place) -> None:
    killed(living, 60)
