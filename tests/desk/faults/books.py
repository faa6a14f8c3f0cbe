"""What a desk's tables say, against what its members were told had happened."""

from collections import Counter

from sqlalchemy import select

from stanch.formats.signed.bundle import statement_digest
from stanch.formats.signed.log_proof import TAKEN
from stanch.response.feed import message
from stanch.store.desk.tables import delivery, feed, log, order, reply, statement
from tests.desk.faults.crowd import Crowd
from tests.desk.faults.served import Served
from tests.desk_world import KR, NORTH, SOUTH


def check_kept(crowd: Crowd) -> None:
    """Nothing that the desk said it had taken is lost; to be called at any moment."""
    desk = crowd.desk
    digests = {statement_digest(crowd.texts[each]) for each in crowd.taken}
    assert digests <= set(column(desk, statement.c.digest))
    given = {id for ids in crowd.replies.values() for id in ids}
    assert given <= set(column(desk, reply.c.id))
    names = ("member", "n", "kind", "subject", "created", "head", "body")
    told = (dict(zip(names, row, strict=True)) for row in rows(desk, *(feed.c[n] for n in names)))
    messages = {message(row)["id"] for row in told}
    assert {id for ids in crowd.told.values() for id in ids} <= messages


def check_whole(crowd: Crowd) -> None:
    """All is there, once: after everybody has come to their end."""
    desk = crowd.desk
    assert crowd.done()
    check_kept(crowd)
    signed = sorted(statement_digest(text) for text in crowd.texts.values())
    assert sorted(column(desk, statement.c.digest)) == signed
    logged = [subject for verb, subject in rows(desk, log.c.verb, log.c.subject) if verb == TAKEN]
    assert sorted(logged) == signed
    assert set(rows(desk, order.c.id, order.c.state)) == {(id, "in_force") for id in crowd.orders}
    sent = Counter(rows(desk, delivery.c.order, delivery.c.member, delivery.c.state))
    pairs = [(id, member) for id in crowd.orders for member in (NORTH, SOUTH)]
    assert sent == {(*pair, "answered"): 1 for pair in pairs}
    assert all(len(ids) == 1 for ids in crowd.replies.values())
    assert len(column(desk, reply.c.id)) == len(pairs)
    _check_feeds(crowd)
    assert desk.faults() == []


def _check_feeds(crowd: Crowd) -> None:
    """Every member is told each thing once, and its numbers have no gaps."""
    told = rows(crowd.desk, feed.c.member, feed.c.n, feed.c.kind, feed.c.subject)
    for member in {each[0] for each in told}:
        numbers = sorted(n for to, n, *_ in told if to == member)
        assert numbers == list(range(1, len(numbers) + 1))
    for member in (NORTH, SOUTH):
        heard = Counter(
            what for to, _, kind, what in told if (to, kind) == (member, "order.in_force")
        )
        assert heard == dict.fromkeys(crowd.orders, 1)
        ids = crowd.told[member]
        assert len(ids) == len(set(ids)) == sum(1 for to, *_ in told if to == member)
    answers = Counter(what for to, _, kind, what in told if (to, kind) == (KR, "order.answered"))
    assert answers == dict.fromkeys(crowd.orders, 2)


def rows(desk: Served, *columns):
    """These columns of all rows."""
    with desk.database.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def column(desk: Served, one):
    """One column of all rows."""
    return [row[0] for row in rows(desk, one)]
