"""An exchange that is told by webhook: it says where, and listens there."""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

from stanch.formats.outbound.address import Reach
from stanch.model.desk.people import Role
from stanch.response import webhooks
from tests.desk.faults.served import Served
from tests.desk_world import NORTH
from tests.members.house import House
from tests.mock_exchange import MockExchange

HERE = Reach((ip_network("127.0.0.0/8"),))


@contextmanager
def told(desk: Served) -> Iterator[MockExchange]:
    """The exchange at work, at a desk whose server runs."""
    first = desk.world.people[NORTH, Role.ADMINISTRATOR]
    house = House(desk.database, desk.world.desk, first, first)
    second = house.caller(first, "administrator")
    with desk.client(NORTH) as client:
        client.directory()
        north = MockExchange(client, {})
        with north.webhooks() as url:
            with desk.database.write() as tx:
                id = webhooks.propose(tx, first, url, HERE)
            with desk.database.write() as tx:
                webhooks.agree(tx, second, id, settled=0)
            yield north
