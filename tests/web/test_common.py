"""Common threats over HTTP: reported by two, seen by them alone, opened where both say yes."""

from datetime import UTC
from typing import Any

import pytest

from stanch.app.desk import notices
from stanch.formats.common.reports import Report, sign_report
from stanch.formats.signed.keys import PrivateKey
from tests.web.conftest import KOREA, UPBEAT, Client, World
from tests.web.founders import Founders
from tests.web.test_cases import opened
from tests.web.test_openapi import example_of, operations, same_shape

TAG = "0f" * 16


def reported(world: World, client: Client, member: str, key: PrivateKey) -> Any:
    at = world.desk.database.clock().astimezone(UTC)
    said = Report(
        world.desk.id, "run-1", member, (KOREA, UPBEAT), 2, f"{at:%Y-%m-%dT%H:%M:%SZ}", (TAG,)
    )
    answer = client.post("/v1/common", {"report": sign_report(key, said)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def mailed(world: World) -> Any:
    """The next e-mail that is due, as it leaves."""
    mail = notices.take(world.desk, 0, 60)
    if mail is not None:
        notices.sent(world.desk, mail)
    return mail


def test_who_is_asked_whether_to_share_more_is_told_without_a_word_of_what(
    world: World, korea: Client, upbeat: Client, founders: Founders
) -> None:
    for client, name in ((korea, "kim"), (upbeat, "lee")):
        client.put("/v1/me/notices", {"address": f"{name}@member.example", "on": True})
        code = {"code": mailed(world).code}
        assert client.post("/v1/me/notices/code", code).status_code == 200
    (threat,) = reported(world, korea, KOREA, founders.keys.korea)["items"]
    assert asked(korea) == asked(upbeat) == []
    assert mailed(world) is None
    reported(world, upbeat, UPBEAT, founders.keys.upbeat)
    assert asked(korea) == asked(upbeat) == [(threat, [threat])]
    mails = [mailed(world), mailed(world)]
    assert {each.address for each in mails} == {"kim@member.example", "lee@member.example"}
    assert {each.count for each in mails} == {1}
    assert not any(threat in str(each) or TAG in str(each) for each in mails)
    reported(world, upbeat, UPBEAT, founders.keys.upbeat)  # the same again asks nobody anew
    assert len(asked(korea)) == len(asked(upbeat)) == 1


def asked(client: Client) -> list[Any]:
    """What the feed says of questions."""
    found = client.get("/v1/feed?after=0").json()["items"]
    return [(each["subject"], each["body"]["threats"])
            for each in found if each["kind"] == "common.asked"]  # fmt: skip


@pytest.fixture
def founders(world: World) -> Founders:
    return Founders.of(world)


def test_two_report_and_open_more(
    world: World, korea: Client, upbeat: Client, founders: Founders
) -> None:
    said = reported(world, korea, KOREA, founders.keys.korea)
    (threat,) = said["items"]
    path = f"/v1/common/{threat}"
    assert upbeat.get(path).status_code == 404
    assert upbeat.get("/v1/common").json()["items"] == []
    assert korea.post(f"{path}/answers", {"answer": "no"}).status_code == 409
    assert reported(world, upbeat, UPBEAT, founders.keys.upbeat) == said
    ours, theirs = opened(korea), opened(upbeat)
    assert korea.post(f"{path}/answers", {"answer": "yes"}).status_code == 422
    assert korea.post(f"{path}/answers", {"answer": "yes", "offers": [theirs]}).status_code == 404
    offered = korea.post(f"{path}/answers", {"answer": "yes", "offers": [ours]})
    assert offered.status_code == 200, offered.text
    assert upbeat.get(f"/v1/cases/{ours}").status_code == 404
    done = upbeat.post(f"{path}/answers", {"answer": "yes", "offers": [theirs], "to": [KOREA]})
    assert done.status_code == 200, done.text
    assert upbeat.get(f"/v1/cases/{ours}").status_code == 200
    assert korea.get(f"/v1/cases/{theirs}").status_code == 200
    listed = {"items": korea.get("/v1/common?run=run-1").json()["items"], "next": None}
    answers = {
        ("POST", "/v1/common"): said,
        ("GET", "/v1/common"): listed,
        ("GET", "/v1/common/{threat}"): korea.get(path).json(),
        ("POST", "/v1/common/{threat}/answers"): done.json(),
    }
    document = world.nobody().get("/v1/openapi.json").json()
    shown = [each for each in operations(document) if each[:2] in answers]
    assert len(shown) == len(answers)
    for method, at, operation in shown:
        same_shape(example_of(operation)[2], answers[method, at], at)


def test_a_key_needs_its_scope_and_a_report_its_signature(
    world: World, korea: Client, founders: Founders
) -> None:
    reader = world.program(korea, "read")
    assert reader.get("/v1/common").status_code == 200
    assert reader.post("/v1/common", {"report": "a.b.c"}).status_code == 403
    assert korea.post("/v1/common", {"report": "a.b.c"}).status_code == 422
    assert korea.post("/v1/common", {"report": "a.b.c", "more": 1}).status_code == 422
    assert korea.get("/v1/common/thr-0").status_code == 404
    assert korea.get("/v1/common?owner=mem-korea").status_code == 422
