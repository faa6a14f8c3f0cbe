"""One message that comes a thousand times is one: at the exchange, and in the desk's books."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from stanch.app.desk import rounds
from stanch.app.desk.desk import Desk
from stanch.client import Answer
from stanch.model.desk.orders import Addressees
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import delivery, feed, log, reply
from stanch.workers.outbound.policy import Policy
from stanch.workers.outbound.sender import Message, send
from tests.desk.faults.books import rows
from tests.desk.faults.served import served
from tests.desk.faults.told import HERE, told
from tests.desk_world import KR, NORTH

TIMES = 1000


def test_a_thousand_deliveries_of_one_webhook_are_one(tmp_path):
    with served(tmp_path) as desk:
        desk.start()
        house = Desk(desk.world.desk, "Joint desk", Folder(desk.folder), desk.key, desk.database)
        policy = Policy(sign=desk.key.sign, reach=HERE)
        with told(desk) as north:
            id = desk.world.in_force(to=Addressees((NORTH,)))
            (due,) = rounds.take(house)
            for _ in range(TIMES):
                outcome = send(Message(due.id, due.body), due.url, policy, datetime.now(UTC))
                assert (outcome.status, outcome.problem) == (204, None)
                rounds.arrived(house, due, outcome.status)
            assert rounds.take(house) == []
        assert (north.answered, north.alarms) == ({id: [Answer.NOTHING]}, [])
        places = (delivery.c.order, delivery.c.member, delivery.c.state)
        assert rows(desk, *places) == [(id, NORTH, "answered")]
        assert len(rows(desk, reply.c.id)) == 1
        sent = [row for row in rows(desk, feed.c.member, feed.c.sent) if row[0] == NORTH]
        assert len(sent) == 1
        assert sent[0][1] is not None
        verbs = [verb for verb, subject in rows(desk, log.c.verb, log.c.subject) if subject == id]
        assert len(verbs) == len(set(verbs))
        told_korea = (feed.c.member == KR, feed.c.kind == "order.answered")
        with desk.database.read() as connection:
            query = select(func.count()).select_from(feed).where(*told_korea)
            assert connection.execute(query).scalar() == 1
        assert desk.faults() == []
