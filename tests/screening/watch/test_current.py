"""The newest state: changes while the large levels are made anew are not lost."""

import threading

import pytest

from stanch.model.watched import Ended, Kind, Watched
from stanch.screening.watch import Audiences, Change, Current, Watch

ALL = Audiences.of({1: "all"})


def order(number: int) -> Watched:
    return Watched(f"0x{number:040x}", Kind.ORDER, f"order-{number}", 1)


def test_a_bad_change_leaves_the_state_that_was():
    current = Current(Watch.of([order(1)], ALL))
    before = current.watch
    with pytest.raises(ValueError, match="no audience"):
        current.change(Change([order(2), Watched("0x" + "1" * 40, Kind.ORDER, "x", 7)]))
    assert current.watch is before


def test_changes_and_compactions_side_by_side_lose_nothing():
    current = Current(Watch.of(map(order, range(2_000)), ALL))
    done = threading.Event()

    def compacting() -> None:
        while not done.is_set():
            current.compact()

    others = [threading.Thread(target=compacting) for _ in range(2)]
    for each in others:
        each.start()
    for number in range(2_000, 2_200):
        ended = [Ended(Kind.ORDER, f"order-{number - 2_000}")]
        current.change(Change([order(number)], ended))
        assert current.watch.look_up_one(order(number).account, "m")
    done.set()
    for each in others:
        each.join()
    assert current.compact()
    found = current.watch.look_up([order(each).account for each in range(2_200)], "m")
    assert [bool(each) for each in found] == [False] * 200 + [True] * 2_000
    assert len(current.watch) == 2_000


def test_one_compaction_at_a_time(monkeypatch):
    current = Current(Watch.of([order(1)], ALL))
    said = []
    compacted = Watch.compacted

    def slow(watch: Watch) -> Watch:
        said.append(current.compact())
        current.change(Change([order(2)]))
        return compacted(watch)

    monkeypatch.setattr(Watch, "compacted", slow)
    assert current.compact()
    assert said == [False]
    assert current.watch.look_up_one(order(2).account, "m")
