"""Indicators one by one, on intakes of a few records."""

import json

import numpy as np
import pytest
from tests.personas.linking.small import keys, near, sight

from stanch.model.personas import kinds
from stanch.personas.evidence import (
    collector,
    common_lines,
    dates,
    git_offset,
    hours,
    ip,
    ip_net,
    mrz,
    passages,
    photo,
    provenance,
    rare_lines,
)
from stanch.personas.evidence.indicator import Found
from stanch.personas.evidence.sight import Keys, Sight
from stanch.personas.linking.evidence import INDICATORS

DAY = 86_400_000_000


def pairs(found: Found) -> dict[tuple[int, int], int]:
    return {(int(a), int(b)): int(n) for a, b, n in zip(found.a, found.b, found.n, strict=True)}


def test_each_indicator_has_its_own_name_and_version() -> None:
    names = [each.name for each in INDICATORS]
    assert len(set(names)) == len(names)
    assert all(name.endswith("@1") for name in names)


def test_an_ip_that_changed_hands_ties_nobody() -> None:
    def seen(first: int, second: int) -> Sight:
        at = keys([(0, 5), (1, 5)])
        return sight(2, {kinds.IP: Keys(at.record, at.key, at.place, np.array([first, second]))})

    assert pairs(ip.find(seen(0, 10 * DAY))) == {(0, 1): 1}
    assert pairs(ip.find(seen(0, 200 * DAY))) == {}


def test_a_network_says_nothing_where_the_address_is_the_same() -> None:
    held = {kinds.IP: [(0, 1), (1, 1), (2, 2)], kinds.IP_NET: [(0, 9), (1, 9), (2, 9)]}
    assert pairs(ip_net.find(sight(3, held))) == {(0, 2): 1, (1, 2): 1}


def test_reworded_lines_count_once_and_not_beside_the_same_line() -> None:
    # Records 0 and 1: line 0 the same word for word, line 1 reworded (three traces in common),
    # line 2 about the same things (one trace).
    lines = keys([(0, 10), (1, 10), (0, 11), (1, 12), (0, 13), (1, 14)], [0, 0, 1, 1, 2, 2])
    traces = [(0, 20), (1, 20), (0, 21), (1, 21), (0, 30), (1, 30), (0, 31), (1, 31), (0, 40),
              (1, 40)]  # fmt: skip
    held = {kinds.LINE: lines, kinds.PASSAGE: keys(traces, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2])}
    found, topics = passages.find(sight(2, held))
    assert pairs(rare_lines.find(sight(2, held))) == {(0, 1): 1}
    assert (pairs(found), pairs(topics)) == ({(0, 1): 1}, {(0, 1): 1})


def test_common_lines_are_counted_between_given_pairs_alone() -> None:
    rows = [(record, key) for key in (1, 2) for record in range(12)] + [(0, 3), (1, 3)]
    a, b = np.array([0, 3], dtype=np.int32), np.array([1, 4], dtype=np.int32)
    (found, met), _ = common_lines.find(sight(2000, {kinds.LINE: rows}), a, b)
    assert pairs(found) == {(0, 1): 2, (3, 4): 2}
    assert met == 2 * (12 * 11 // 2)  # and not the rare line of two


def test_pay_meets_at_once_or_a_payment_later_and_never_at_a_service() -> None:
    held = {kinds.WALLET: [(record, record + 1) for record in range(8)]}
    paid = [(1, 50), (2, 50), (50, 70), (3, 60), (60, 70), (4, 90), (5, 90)]
    direct, later = collector.find(sight(8, held, paid, services=[90]))
    assert pairs(direct) == {(0, 1): 1}
    assert pairs(later) == {(0, 1): 1, (0, 2): 1, (1, 2): 1}
    busy = paid + [(each, 70) for each in range(1000, 1000 + collector.PAYERS)]
    _, later = collector.find(sight(8, held, busy, services=[90]))
    assert pairs(later) == {}


@pytest.mark.parametrize("way", range(8))
def test_a_picture_is_found_turned_and_mirrored(way: int) -> None:
    random = np.random.default_rng(7)
    bits = random.integers(0, 2, (300, 256), dtype=np.uint8)
    copy = np.ascontiguousarray(photo.turn(bits[:1].T, way).T)
    copy[0, random.choice(256, 12, replace=False)] ^= 1
    hashes = [np.packbits(each).tobytes().hex() for each in np.concatenate([bits, copy])]
    found = photo.find(sight(301, {}, seen={kinds.PHOTO: near(list(enumerate(hashes)))}))
    assert pairs(found) == {(0, 300): 1}
    assert found.more["distance"].tolist() == [12]


def test_pictures_of_the_grid_turn_as_their_frequencies_do() -> None:
    # A DCT of a small picture and of its mirror image: the signs of odd frequencies change.
    random = np.random.default_rng(3)
    picture = random.random((64, 64))
    at = np.cos(np.pi / 64 * (np.arange(64)[None] + 0.5) * np.arange(1, 17)[:, None])

    def hashed(image: np.ndarray) -> np.ndarray:
        grid = at @ image @ at.T
        return np.ascontiguousarray((grid > 0)[::-1, ::-1].astype(np.uint8).reshape(256, 1))

    plain = hashed(picture)
    assert (photo.turn(plain, 1) == hashed(picture[::-1])).all()
    assert (photo.turn(plain, 2) == hashed(picture[:, ::-1])).all()
    assert (photo.turn(plain, 4) == hashed(picture.T)).all()


def test_hours_are_held_against_the_claimed_clock_of_this_intake() -> None:
    random = np.random.default_rng(1)
    rows, claimed = [], []
    for record in range(120):
        east = int(random.integers(-10, 11)) * 60
        claimed.append((record, str(east)))
        away = 9 * 60 if record == 5 else 0
        for local in random.integers(9, 18, 8).tolist():
            rows.append((record, str((local * 60 - east - away) % 1440)))
    seen = {kinds.LOGIN: near(rows), kinds.CLAIMED_OFFSET: near(claimed)}
    found = list(hours.find(sight(120, {}, seen=seen)))
    assert [mark.record for mark in found] == [5]
    few = {kinds.LOGIN: near(rows[:16]), kinds.CLAIMED_OFFSET: near(claimed)}
    assert list(hours.find(sight(120, {}, seen=few))) == []


def test_commits_are_marked_for_jumps_and_not_for_where_they_are() -> None:
    hour = DAY // 24
    jumps = [(0, "540" if each % 2 else "60") for each in range(8)]
    steady = [(1, "540") for _ in range(8)]
    times = [each * hour for each in range(8)] * 2
    seen = {kinds.COMMIT: near(jumps + steady, times)}
    assert [mark.record for mark in git_offset.find(sight(2, {}, seen=seen))] == [0]


def test_missing_and_unreadable_say_nothing() -> None:
    for find in (hours.find, git_offset.find, dates.find, mrz.find, provenance.find):
        assert list(find(sight(3, {}))) == []
    open_end = json.dumps({"employer": "A", "from": "2020-03"})
    backwards = json.dumps({"employer": "A", "from": "2020-03", "to": "2019"})
    seen = {kinds.EMPLOYED: near([(0, open_end), (1, backwards)])}
    assert [mark.record for mark in dates.find(sight(2, {}, seen=seen))] == [1]
    good, bad = ({"checked": 5, "wrong": each} for each in ([], ["birth"]))
    seen = {kinds.MRZ: near([(0, json.dumps(good)), (1, json.dumps(bad))])}
    assert [mark.record for mark in mrz.find(sight(2, {}, seen=seen))] == [1]
    edited = json.dumps({"edited": True, "generated": False, "holds": True})
    seen = {kinds.PROVENANCE: near([(0, edited)])}
    assert [mark.microbits for mark in provenance.find(sight(1, {}, seen=seen))] == [0]
