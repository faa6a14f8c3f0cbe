"""What becomes of objects that are put into a collection, taken out of it, and paged through."""

from itertools import pairwise

import pytest
from sqlalchemy import func, select

from stanch.errors import NotFoundError
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import pages, removal
from stanch.sharing.collections.words import Outcome
from stanch.store.desk.tables import log, shared_object
from tests.desk_world import JP, KR, NORTH, US
from tests.sharing.collections.shelf import offer
from tests.taxii.objects import CREATED, id_of, raw, url

LATER = "2026-02-01T00:00:00.000Z"
OLD, NEW = "2026-01-01T00:00:00.000000", "2026-02-01T00:00:00.000000"


def outcomes(verdicts) -> list[Outcome]:
    return [each.outcome for each in verdicts]


def test_the_same_bytes_again_change_nothing_and_others_are_refused(shelf):
    assert outcomes(shelf.put(offer(1), offer(2))) == [Outcome.ADDED] * 2
    before = shelf.page(US).rows
    with shelf.world.database.read() as connection:
        entries = connection.execute(select(func.count()).select_from(log)).scalar_one()
    (same, other) = shelf.put(offer(1), offer(2, name="another"))
    assert (same.outcome, other.outcome) == (Outcome.SAME, Outcome.CONTRADICTS)
    assert (other.id, other.version) == (id_of(2), CREATED)
    assert "says something else" in other.reason
    assert not other.lies_there
    assert shelf.page(US).rows == before
    with shelf.world.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(log)).scalar_one() == entries


def test_the_newest_version_is_shown_whichever_came_first(shelf):
    shelf.put(offer(1, modified=LATER))
    shelf.put(offer(1), offer(2))
    assert shelf.see(US) == [(id_of(1), NEW), (id_of(2), OLD)]
    assert shelf.see(US, versions=("first",)) == [(id_of(1), OLD), (id_of(2), OLD)]
    assert len(shelf.see(US, versions=("all",))) == 3
    assert shelf.see(US, versions=(NEW,)) == [(id_of(1), NEW)]


def test_what_has_no_version_is_another_one_when_it_says_something_else(shelf):
    def observed(value: str):
        data = url(1, value)
        return type(offer(1))(data, raw(data), KR)

    (first,) = shelf.put(observed("https://a.example/"))
    shelf.world.database.clock.move(seconds=1)
    (same,) = shelf.put(observed("https://a.example/"))
    (other,) = shelf.put(observed("https://b.example/"))
    assert outcomes([first, same, other]) == [Outcome.ADDED, Outcome.SAME, Outcome.ADDED]
    assert first.version < other.version
    (row,) = shelf.page(US).rows
    assert b"b.example" in row[3]
    assert len(shelf.see(US, versions=("all",))) == 2


def test_a_list_in_amber_is_for_its_members_and_can_be_made_wider_by_the_owner_alone(shelf):
    shelf.put(offer(1, marking=Marking.AMBER, to=(US,)))
    assert (len(shelf.see(US)), len(shelf.see(JP)), len(shelf.see(KR))) == (1, 0, 1)
    before = shelf.page(US).rows[0][0]
    assert outcomes(shelf.put(offer(1, owner=US, marking=Marking.AMBER), by=US)) == [Outcome.SAME]
    assert shelf.see(JP) == []
    moved = shelf.put(offer(1, marking=Marking.AMBER, to=(US, JP)))
    assert outcomes(moved) == [Outcome.MOVED]
    assert len(shelf.see(JP)) == 1
    assert shelf.page(US).rows[0][0] > before, "who polls by time must come by it"


def test_a_program_that_posts_what_it_read_makes_nothing_wider(shelf):
    shelf.put(offer(1, marking=Marking.AMBER, to=(US,)))
    echo = offer(1, marking=Marking.AMBER)
    assert outcomes(shelf.put(echo, revive=True, chosen=False)) == [Outcome.SAME]
    assert shelf.see(JP) == []
    newer = offer(1, modified=LATER, marking=Marking.AMBER)
    assert outcomes(shelf.put(newer, chosen=False)) == [Outcome.ADDED]
    assert (shelf.see(US), shelf.see(JP)) == ([(id_of(1), NEW)], [])
    theirs = offer(1, owner=US, modified="2026-02-15T00:00:00.000Z", marking=Marking.AMBER)
    shelf.put(theirs, by=US, chosen=False)
    assert (len(shelf.see(US, versions=("all",))), shelf.see(JP)) == (3, [])
    with shelf.world.database.write() as tx:
        named = removal.versions_of(tx, shelf.id, id_of(1), KR)
        removal.remove(tx, shelf.world.analyst(KR), shelf.id, named)
    assert outcomes(shelf.put(echo, revive=True, chosen=False)) == [Outcome.ADDED]
    assert (len(shelf.see(US)), shelf.see(JP)) == (1, [])
    open_now = offer(1, modified="2026-03-01T00:00:00.000Z", marking=Marking.GREEN)
    shelf.put(open_now, chosen=False)
    assert len(shelf.see(JP)) == 1, "whoever marks it for all has chosen"


def test_red_is_for_people_in_a_session_alone(shelf):
    reader = shelf.world.analyst(US).person
    shelf.put(offer(1, marking=Marking.RED, to=(reader,)))
    assert shelf.see(US) == []
    assert shelf.see(KR) == [], "in the owner's house too"
    assert len(shelf.page(US, person=reader).rows) == 1
    assert len(shelf.page(US, person="per-other").rows) == 0


def test_who_sees_nothing_of_an_object_learns_nothing_by_posting_its_id(shelf):
    shelf.put(offer(1, marking=Marking.AMBER, to=(US,)))
    hidden = shelf.put(offer(1, owner=JP, name="guessed"), by=JP)
    fresh = shelf.put(offer(2, owner=JP, name="fresh"), by=JP)
    assert outcomes(hidden) == outcomes(fresh) == [Outcome.ADDED]
    assert hidden[0].reason == fresh[0].reason
    assert len(shelf.see(JP)) == 2
    (one,) = [row for row in shelf.page(US).rows if row[1] == id_of(1)]
    assert b"guessed" not in one[3], "who sees both is shown the first"
    (one,) = [row for row in shelf.page(US, versions=("all",)).rows if row[1] == id_of(1)]
    assert b"guessed" not in one[3]
    (one,) = [row for row in shelf.page(JP).rows if row[1] == id_of(1)]
    assert b"guessed" in one[3]


def test_a_newer_version_for_some_leaves_the_older_to_the_others(shelf):
    shelf.put(offer(1))
    shelf.put(offer(1, modified=LATER, marking=Marking.AMBER, to=(US,)))
    assert shelf.see(US) == [(id_of(1), NEW)]
    assert shelf.see(JP) == [(id_of(1), OLD)]
    assert shelf.see(JP, versions=("all",)) == [(id_of(1), OLD)]


def test_a_deleted_object_comes_back_by_its_owner_alone(shelf):
    shelf.put(offer(1), offer(1, modified=LATER), offer(2))
    with shelf.world.database.write() as tx:
        named = removal.versions_of(tx, shelf.id, id_of(1), KR)
        assert removal.remove(tx, shelf.world.analyst(KR), shelf.id, named[1:]) == 1
    assert shelf.see(US)[0] == (id_of(1), OLD), "the one before is the last again"
    with shelf.world.database.write() as tx:
        assert removal.remove(tx, shelf.world.analyst(KR), shelf.id, named) == 1
        assert removal.remove(tx, shelf.world.analyst(KR), shelf.id, named) == 0
    assert shelf.see(US, versions=("all",)) == [(id_of(2), OLD)]
    with shelf.world.database.read() as connection:
        mine = (shared_object.c.collection == shelf.id, shared_object.c.id == id_of(1))
        query = select(shared_object.c.bytes).where(*mine)
        assert connection.execute(query).scalars().all() == [None, None]
    assert outcomes(shelf.put(offer(1))) == [Outcome.DELETED]
    assert outcomes(shelf.put(offer(1), revive=True)) == [Outcome.ADDED]
    assert outcomes(shelf.put(offer(1, modified=LATER, name="other"), revive=True)) == [
        Outcome.CONTRADICTS
    ]
    assert len(shelf.see(US)) == 2


def test_times_rise_strictly_with_gaps_of_random_length(shelf):
    shelf.put(*(offer(number) for number in range(200)))
    shelf.put(*(offer(number) for number in range(200, 400)))
    added = [row[0] for row in shelf.page(US).rows]
    assert added == sorted(set(added))
    gaps = {int(b[-7:-1]) - int(a[-7:-1]) for a, b in pairwise(added)}
    assert len(gaps) > 30


def test_nobody_who_is_not_let_in_finds_the_collection(shelf):
    with pytest.raises(NotFoundError, match="no collection"):
        shelf.access(NORTH)


@pytest.mark.parametrize("asked", [{"limit": 1000}, {"limit": 10}, {"ids": "all"}])
def test_a_page_ends_where_it_would_be_too_large_and_the_next_goes_on(shelf, monkeypatch, asked):
    long = 5
    offers = [offer(each, name="n" * (3000 if each == long else 10)) for each in range(10)]
    shelf.put(*offers)
    sizes = [len(each.raw) for each in offers]
    monkeypatch.setattr(pages, "MOST_BYTES", sum(sizes[:2]))  # two fit, and the long one by itself
    if asked.get("ids"):
        asked = {"ids": tuple(map(id_of, range(10)))}
    found, place, more = [], "", True
    while more:
        page = shelf.page(US, place, **asked)
        more, place = page.more, page.rows[-1][0]
        found.append([bytes(row[3]) for row in page.rows])
    raws = [each.raw for each in offers]
    assert found == [raws[0:2], raws[2:4], raws[4:5], raws[5:6], raws[6:8], raws[8:10]]
