"""A desk with a server over it, programs of each member, and populations that Hypothesis draws."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as some
from sqlalchemy import insert

from stanch.app.desk.desk import Desk
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.members.words import new_id
from stanch.model.desk.marking import Marking, Sharing
from stanch.sharing.collections import making, objects
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.objects import Batch
from stanch.sharing.collections.words import Offer, Outcome, View
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import body, seat
from stanch.store.desk.transaction import moment, stamp
from stanch.store.desk.visible import share
from stanch.web.server import create
from tests.desk_world import EAST, JP, KR, NORTH, US, World
from tests.reference.release import PlainCollection, PlainObject
from tests.taxii.objects import indicator, raw, url
from tests.web.conftest import CONFIG, Client

MEMBERS = (KR, US, JP, NORTH, EAST)
READERS = (US, JP, NORTH, EAST)  # who is held to the oracle beside the owner
MARKINGS = (None, *Marking)
TAXII = "application/taxii+json;version=2.1"
VERSIONS = tuple(f"2026-0{month}-01T00:00:00.000Z" for month in (1, 2, 3))
COLLECTIONS = "/taxii2/desk/collections/"


@dataclass
class Served:
    """The desk, and a program of each member with a key that reads and shares."""

    world: World
    desk: Desk
    programs: dict[str, Client] = field(default_factory=dict)
    made: int = 0

    def get(self, member: str, path: str, **query: Any) -> Any:
        """A response; of TAXII where the path is one of its."""
        client = self.programs[member]
        headers = {"accept": TAXII} if path.startswith("/taxii2") else {}
        return client.get(path, params=query, headers=headers)

    def minutes(self) -> int:
        """Minutes since the tests' clock began, which each object moves by one."""
        return self.made

    def tick(self) -> None:
        self.made += 1
        self.world.database.clock.move(minutes=1)  # type: ignore[attr-defined]


def served(world: World, folder: Path) -> Served:
    """Serve it in this process; each member has a key."""
    desk = Desk(world.desk, "Joint desk", Folder.create(folder / "served"), None, world.database)  # type: ignore[arg-type]
    app = create(desk, CONFIG)
    found = Served(world, desk)
    for member in MEMBERS:
        with world.database.write() as tx:
            new = NewKey("program", ("read", "share", "cases", "orders"))
            token = api_keys.make(tx, world.analyst(member), new).token
        found.programs[member] = Client(app)
        found.programs[member].headers["authorization"] = f"Bearer {token}"
    return found


@dataclass(frozen=True)
class Drawn:
    """A collection to be made, and what is to be put into it, in its order."""

    owner: str
    purpose: str
    grants: dict[str, tuple[bool, bool]]
    seats: dict[str, tuple[int, int | None]]
    objects: list[tuple[str, int, str, Marking | None, frozenset[str], str]]


@some.composite
def collections(draw: Any) -> Drawn:
    """Any owner, purpose, grants, seats that begin and end between objects, markings and lists."""
    owner = draw(some.sampled_from(MEMBERS))
    purpose = draw(some.sampled_from(("purpose", "member", "inbox", "body")))
    of_members = some.sampled_from(MEMBERS)
    flags = some.tuples(some.booleans(), some.booleans())
    grants = draw(some.dictionaries(of_members.filter(lambda each: each != owner), flags))
    grants = {each: may for each, may in grants.items() if any(may)}
    begins = some.integers(0, 6)
    seats = {}
    if purpose == "body":
        for each in draw(some.sets(of_members)):
            since = draw(begins)
            until = draw(some.none() | some.integers(since + 1, 10))
            seats[each] = (since, until)
    put = some.tuples(
        of_members, some.integers(0, 3), some.sampled_from(VERSIONS), some.sampled_from(MARKINGS),
        some.frozensets(of_members, max_size=3), some.sampled_from(("indicator", "url")),
    )  # fmt: skip
    return Drawn(owner, purpose, grants, seats, draw(some.lists(put, min_size=4, max_size=12)))


def populate(served: Served, drawn: Drawn) -> PlainCollection:
    """Make it at the desk and for the oracle."""
    world, began = served.world, served.minutes()
    origin = moment(world.database.now())
    of = None
    if drawn.purpose == "body":
        of = _body(served, drawn, origin)
    with world.database.write() as tx:
        new = NewCollection("Population", drawn.purpose, body=of)
        id = making.make(tx, world.analyst(drawn.owner), new)
        for member, may in drawn.grants.items():
            making.grant(tx, world.analyst(drawn.owner), id, member, may)
    plain = PlainCollection(id, drawn.owner, drawn.purpose, drawn.grants, drawn.seats)
    for step, each in enumerate(drawn.objects):
        _put(served, plain, each, step)
        served.tick()
    plain.now = served.minutes() - began
    return plain


def _body(served: Served, drawn: Drawn, origin: Any) -> str:
    """A body with these seats, and one of the owner's whose time never came to an object."""
    id = new_id("body")
    rows = {
        each: (origin + timedelta(minutes=since),
               None if until is None else origin + timedelta(minutes=until))
        for each, (since, until) in drawn.seats.items()
    }  # fmt: skip
    with served.world.database.write() as tx:
        row = {
            "id": id, "owner": drawn.owner, "marking": "TLP:GREEN", "name": "Group",
            "basis": "Note", "scope": "Thefts", "rule": "", "first": "", "zone": "UTC",
            "minutes": 60, "agenda": "[]", "created": tx.at,
        }  # fmt: skip
        tx.connection.execute(insert(body).values(**row))
        _readers(tx, id, drawn.owner)
        past = (origin - timedelta(days=2), origin - timedelta(days=1))
        for member, (since, until) in [(drawn.owner, past), *rows.items()]:
            said = {
                "id": new_id("seat"), "body": id, "member": member,
                "agency": "Agency", "role": "member", "since": stamp(since),
                "until": None if until is None else stamp(until), "created": tx.at,
            }  # fmt: skip
            tx.connection.execute(insert(seat).values(**said))
    return id


def _readers(tx: Any, id: str, owner: str) -> None:
    """The body is green: whoever sits there sees it."""
    share(tx.connection, body, id, Sharing(owner, Marking.GREEN))


def _put(
    served: Served,
    plain: PlainCollection,
    each: tuple[str, int, str, Marking | None, frozenset[str], str],
    step: int,
) -> None:
    owner, number, version, marking, to, kind = each
    if marking == Marking.RED:
        to = frozenset({served.world.analyst(owner).person})
    secret = f"word-{plain.id[:8]}-{owner}-{number}-{version[:7]}"
    if kind == "indicator":
        data = indicator(number, modified=version, name=secret)
    else:
        data = url(number, f"https://example.org/{secret}/")
    offer = Offer(data, raw(data), owner, marking, to)
    with served.world.database.write() as tx:
        (verdict,) = objects.put(tx, None, Batch(plain.id, [offer], View(plain.id, ())))
    if verdict.outcome == Outcome.SAME:
        return
    label = marking.value if marking else None
    same = [row for row in plain.objects if (row.id, row.secret) == (data["id"], secret)]
    for row in same:
        row.marking, row.to, row.added, row.minute = label, to, step, step
    if not same:
        # What has no version of its own has the time when it came.
        plain.objects.append(
            PlainObject(
                str(data["id"]), kind, verdict.version, owner, label, to, secret, step, step
            )
        )
