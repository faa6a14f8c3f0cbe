"""From a theft to the first order and to the first hold, for who may see them."""

from pathlib import Path

import pytest

from stanch.app.desk.desk import Desk
from stanch.app.desk.incident_times import incident_times, kept_times, with_times
from stanch.app.registry.count import Count, counted_in
from stanch.app.registry.shelf import Kept
from stanch.cases import items
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.model.desk.marking import Marking
from stanch.registry.registry import load
from stanch.response import replies
from stanch.response.replies import NewReply
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, SOUTH, US, USDT, world
from tests.registry.tables import cell, written


class Place:
    def __init__(self, database, key, clock, folder):
        self.world = world(database, key)
        self.desk = Desk(self.world.desk, "Joint desk", None, key, database)
        self.clock, self.folder = clock, folder
        self.first = clock.at.date()

    def registry(self, **changes):
        """North Coin was robbed ten days ago, by the desk's clock."""
        day = self.first.toordinal() - 10
        happened = self.first.fromordinal(day).isoformat()
        incident = cell("incidents", 2, happened=happened, disclosed="")
        return load(written(
            self.folder, incidents=incident,
            statements=cell("statements", 2, date=happened),
            sources=cell("sources", 2, date=happened),
            links=cell("links", 2, value=self.world.case), **changes,
        ))  # fmt: skip

    def times(self, member):
        return incident_times(self.desk, self.world.analyst(member), self.registry())


@pytest.fixture
def place(database, desk_key, clock, tmp_path: Path):
    return Place(database, desk_key, clock, tmp_path)


def test_days_to_the_first_order_and_the_first_hold(place):
    assert place.times(KR) == {"north-2019": (None, None)}
    place.clock.move(days=2)
    id = place.world.in_force()
    place.clock.move(days=3)
    with place.world.database.write() as tx:
        held = NewReply("held", ACCOUNT, USDT, "5", f"sha256:{'a' * 64}")
        replies.add(tx, place.world.analyst(NORTH), id, held)
    place.clock.move(days=3)
    place.world.in_force()
    assert place.times(KR) == place.times(JP) == {"north-2019": (12, 15)}
    assert place.times(NORTH) == {"north-2019": (12, 15)}
    assert place.times(SOUTH) == {"north-2019": (12, None)}  # another's answer is another's
    assert place.times(EAST) == {"north-2019": (None, None)}
    registry = place.registry()
    found = with_times(counted_in(registry, Count()), place.times(KR))
    assert [(each["ordered"], each["held"]) for each in found["cells"]] == [(None, None), (12, 15)]
    assert (found["whole"]["ordered"], found["whole"]["held"]) == (12, 15)


def test_a_month_alone_has_no_days(place):
    place.world.in_force()
    month = place.registry().incidents["north-2019"].happened.text[:7]
    text = (place.folder / "incidents.csv").read_text()
    whole = next(each for each in text.splitlines()[1].split(",") if each.startswith(month))
    (place.folder / "incidents.csv").write_text(text.replace(whole, month))
    registry = load(place.folder)
    assert incident_times(place.desk, place.world.analyst(KR), registry) == {
        "north-2019": (None, None)
    }


def test_a_case_that_names_the_incident_counts_for_who_sees_it(place):
    """By an item alone, without a link in the files: for the readers of that item."""
    place.clock.move(days=2)
    place.world.in_force()
    day = place.first.isoformat()
    west = f"west-2026,theft,West Swap,defi,{day},,,,,,,TLP:CLEAR,now,"
    registry = load(
        written(place.folder, incidents=[west], sources=[f"now,Example Times,A theft,{day},"])
    )
    body = {"title": "West Swap", "incident": "west-2026"}
    with place.world.database.write() as tx:
        new = NewItem(place.world.case, "incident", body, Shared(Marking.AMBER, (US,)))
        items.add(tx, place.world.analyst(KR), new)
    of = {
        each: incident_times(place.desk, place.world.analyst(each), registry).get("west-2026")
        for each in (KR, US, JP)
    }
    assert of == {KR: (2, None), US: (2, None), JP: None}


def test_what_is_kept_is_looked_up_again_when_the_log_has_grown(place):
    kept = Kept.of(place.registry())
    by = {each: place.world.analyst(each) for each in (KR, EAST)}
    assert kept_times(place.desk, by[KR], kept) == {"north-2019": (None, None)}
    place.clock.move(days=2)
    place.world.in_force()
    assert kept_times(place.desk, by[KR], kept) == {"north-2019": (12, None)}
    assert kept_times(place.desk, by[EAST], kept) == {"north-2019": (None, None)}
    assert kept_times(place.desk, by[KR], kept) is kept_times(place.desk, by[KR], kept)
    one = incident_times(place.desk, by[KR], kept.shown, "north-2019")
    assert one == {"north-2019": (12, None)}
    assert incident_times(place.desk, by[KR], kept.shown, "south-2020") == {}
