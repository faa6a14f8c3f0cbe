"""How often one asks: each key has its own rate, and whoever tries keys has a low one."""

import base64
from dataclasses import replace

import pytest
from fastapi import FastAPI

from stanch.app.desk import door
from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.web.config import Config, Rate
from stanch.web.server import create
from tests.desk_world import JP, KR
from tests.taxii.place import MEDIA, Place
from tests.web.conftest import CONFIG


def limited(place: Place, **rates: Rate) -> FastAPI:
    """The same desk, served with other rates."""
    return create(place.app.state.house.desk, replace(CONFIG, **rates))


def test_each_key_has_a_rate_and_is_told_when_to_come_again(place: Place) -> None:
    slow = Place(place.world, limited(place, taxii=Rate(0.1, 3)))
    asked = [slow.get(KR, "/taxii2/") for _ in range(4)]
    assert [each.status_code for each in asked] == [200, 200, 200, 429]
    refused = asked[-1]
    assert 1 <= int(refused.headers["retry-after"]) <= 10
    assert refused.headers["content-type"] == MEDIA
    assert refused.json()["http_status"] == "429"
    basic = slow.get(KR, "/taxii2/", headers={"Authorization": basic_of(slow.key(KR))})
    assert basic.status_code == 429, "the same key by the other way is the same key"
    assert slow.get(JP, "/taxii2/").status_code == 200, "another one's has its own"


def basic_of(token: str) -> str:
    return "Basic " + base64.b64encode(f"any:{token}".encode()).decode()


def test_a_rate_of_the_desks_own_pages_does_not_bind_taxii(place: Place) -> None:
    wide = Place(place.world, limited(place, rate=Rate(0.1, 2)))
    assert {wide.get(KR, "/taxii2/").status_code for _ in range(8)} == {200}
    assert Config().taxii.second >= 5_000, "bench/taxii.py asks 2,000 times a second with one key"


def test_who_tries_keys_is_refused_before_the_database_is_asked(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = Place(place.world, limited(place, door=Rate(0.001, 3)))
    asked, with_key = list[str](), door.with_key

    def noted(desk: Desk, source: str, token: str) -> Caller:
        asked.append(token)
        return with_key(desk, source, token)

    monkeypatch.setattr(door, "with_key", noted)
    assert shut.get(KR, "/taxii2/").status_code == 200
    wrong = [
        shut.get(KR, "/taxii2/", headers={"Authorization": f"Bearer stk_{number}"})
        for number in range(5)
    ]
    assert [each.status_code for each in wrong] == [401, 401, 401, 429, 429]
    assert asked == [shut.key(KR), "stk_0", "stk_1", "stk_2"]
    assert int(wrong[-1].headers["retry-after"]) > 60
    assert shut.get(KR, "/taxii2/").status_code == 200, "who came in a moment ago goes on"
