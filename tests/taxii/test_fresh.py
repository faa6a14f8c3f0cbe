"""An answer is given again only while nothing has changed, and few looks tell that for many."""

import asyncio
import time

import pytest

from stanch.web.taxii.kept import Kept, Sent
from stanch.web.taxii.stand import Stand


def sent(size: int = 10) -> Sent:
    return Sent([], b"x" * size)


def test_an_answer_is_kept_until_the_log_grows():
    kept, one, two = Kept(), sent(), sent()
    kept.keep(5, "a", one)
    assert kept.get(5, "a") is one
    assert kept.get(5, "b") is None
    assert kept.get(6, "a") is None, "the log has grown since"
    kept.keep(6, "a", two)
    assert kept.get(6, "a") is two
    assert kept.get(5, "a") is None
    kept.keep(5, "b", one)
    assert kept.get(5, "b") is None, "one that was made of less is not kept"


def test_the_oldest_answers_go_where_there_are_too_many_bytes():
    kept = Kept(most=10_000)
    for number in range(10):
        kept.keep(1, number, sent(2000))
    found = [number for number in range(10) if kept.get(1, number) is not None]
    assert found == [7, 8, 9]
    kept.keep(1, 9, sent(2000))
    assert kept.get(1, 7) is not None, "one that is replaced is counted once"
    kept.keep(1, "large", sent(50_000))
    assert kept.get(1, "large") is None


def test_an_answer_ends_by_itself_since_seats_begin_without_an_entry(monkeypatch):
    kept = Kept()
    kept.keep(1, "a", sent())
    later = time.monotonic() + 3
    monkeypatch.setattr("stanch.web.taxii.kept.monotonic", lambda: later)
    assert kept.get(1, "a") is None


def test_one_look_serves_all_who_asked_before_it_began():
    looks = 0

    def look() -> int:
        nonlocal looks
        looks += 1
        time.sleep(0.02)
        return looks

    async def many() -> list[int]:
        stand = Stand(look)
        first = asyncio.create_task(stand.now())
        await asyncio.sleep(0.005)  # the first look is under way: it may be of before
        rest = [asyncio.create_task(stand.now()) for _ in range(100)]
        return [await first, *(await asyncio.gather(*rest))]

    assert asyncio.run(many()) == [1, *[2] * 100]
    assert looks == 2


def test_a_look_that_fails_fails_those_who_waited_and_nobody_later():
    answers = iter([RuntimeError("away"), 7])

    def look() -> int:
        found = next(answers)
        if isinstance(found, Exception):
            raise found
        return found

    async def twice() -> int:
        stand = Stand(look)
        with pytest.raises(RuntimeError, match="away"):
            await stand.now()
        return await stand.now()

    assert asyncio.run(twice()) == 7


def test_who_hangs_up_takes_the_look_from_nobody():
    async def one_of_two() -> int:
        stand = Stand(lambda: time.sleep(0.02) or 3)
        gone, stays = (asyncio.create_task(stand.now()) for _ in range(2))
        await asyncio.sleep(0.005)
        gone.cancel()
        return await stays

    assert asyncio.run(one_of_two()) == 3
