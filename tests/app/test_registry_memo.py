"""What is kept for a reader: of one version, for one key, and not for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest

from stanch.app.registry import memo
from stanch.app.registry.memo import Memo


class Maker:
    def __init__(self, weight=1):
        self.weight, self.made = weight, 0

    def __call__(self):
        self.made += 1
        return self.made, self.weight


def test_it_is_made_once_for_a_version_and_anew_for_another():
    kept, make = Memo(), Maker()
    assert [kept.of("korea", 7, make) for _ in range(3)] == [1, 1, 1]
    assert kept.of("korea", 8, make) == 2
    assert kept.of("korea", 7, make) == 3  # a look that began before: what it sees, and no more


def test_what_several_ask_for_at_once_is_made_once():
    kept, made, begun = Memo(), [], Event()

    def slow():
        begun.wait(5)  # until the others have asked, too
        made.append("korea")
        return "korea", 1

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(kept.of, "korea", 7, slow) for _ in range(4)]
        while kept._making.get("korea", (None, 0))[1] < 4:
            sleep(0.001)
        begun.set()
        assert {each.result(5) for each in asked} == {"korea"}
    assert made == ["korea"]
    assert not kept._making


def test_what_could_not_be_made_is_made_by_the_next():
    kept = Memo()
    with pytest.raises(ZeroDivisionError):
        kept.of("korea", 7, lambda: (1 // 0, 1))
    assert kept.of("korea", 7, lambda: ("korea", 1)) == "korea"


def test_what_has_not_changed_since_is_not_made_anew():
    kept, make, asked = Memo(), Maker(), []

    def still(version):
        asked.append(version)
        return version >= 9

    assert [kept.of("korea", version, make, still) for version in (7, 7, 8)] == [1, 1, 2]
    assert [kept.of("korea", version, make, still) for version in (9, 10, 11, 11)] == [3] * 4
    assert asked == [7, 7, 8, 8, 9, 10]  # before and after it waits; of what is kept, no more


def test_what_is_made_may_rest_on_what_is_kept():
    kept = Memo()
    assert kept.of("pack", 7, lambda: (kept.of("told", 7, Maker()), 1)) == 1


def test_each_reader_has_their_own():
    kept = Memo()
    assert kept.of(("told", "mem-kr", "p-1"), 7, lambda: ("korea", 1)) == "korea"
    assert kept.of(("told", "mem-jp", "p-1"), 7, lambda: ("japan", 1)) == "japan"
    assert kept.of(("told", "mem-kr", "p-1"), 7, lambda: ("other", 1)) == "korea"


def test_what_was_not_asked_for_the_longest_goes_first(monkeypatch):
    monkeypatch.setattr(memo, "_MOST", 10)
    kept, makers = Memo(), {each: Maker(4) for each in "abc"}
    for each in "ababc":
        kept.of(each, 1, makers[each])
    for each in "cb":
        kept.of(each, 1, makers[each])
    assert {each: make.made for each, make in makers.items()} == {"a": 1, "b": 1, "c": 1}
    kept.of("a", 1, makers["a"])
    assert makers["a"].made == 2


def test_one_that_is_larger_than_all_is_kept_until_another_comes(monkeypatch):
    monkeypatch.setattr(memo, "_MOST", 10)
    kept, large = Memo(), Maker(1000)
    assert [kept.of("a", 1, large) for _ in range(2)] == [1, 1]
    kept.of("b", 1, Maker())
    assert kept.of("a", 1, large) == 2
