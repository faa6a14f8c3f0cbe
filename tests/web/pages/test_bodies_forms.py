"""What co-chairs do by the pages of bodies and meetings: taken, refused beside the form, or closed
to who may not.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from stanch.formats.ical import read
from stanch.store.desk import log
from tests.desk_database import FakeClock
from tests.members.house import KOREA
from tests.web.conftest import UPBEAT, Client, World
from tests.web.pages.browser import OURS, csrf, send
from tests.web.pages.seeds import HOSTILE
from tests.web.pages.test_bodies import Made, made, sown  # noqa: F401

AMBER = {"marking": "TLP:AMBER"}


@dataclass
class Forms:
    """Every form of the pages of a body and a meeting, with what it takes."""

    body: str
    meeting: str
    aim: str
    seat: str
    action: str

    def all(self) -> dict[str, dict[str, Any]]:
        body, meeting = f"/bodies/{self.body}", f"/meetings/{self.meeting}"
        return {
            f"{body}/targets": {
                "measure": "Holds", "unit": "each", "baseline": "1", "target": "9",
                "due": "2031-01-01", **AMBER,
            },
            f"{body}/readings": {"target": self.aim, "value": "48", "day": "2026-02-01", **AMBER},
            f"{body}/seats": {"member": UPBEAT, "agency": "Desk", "role": "observer"},
            f"{body}/seats/end": {"seat": self.seat},
            f"{body}/meetings": {"place": "Busan", "at": "2030-05-01T10:00", **AMBER},
            f"{meeting}/agenda": {"topic": "other", "title": "Prices", **AMBER},
            f"{meeting}/papers": {"title": "Bridges", "text": "Two.", "topic": "threats", **AMBER},
            f"{meeting}/decisions": {"text": "Ask all.", **AMBER},
            f"{meeting}/actions": {"by": KOREA, "what": "Write", "due": "2030-07-01", **AMBER},
            f"{meeting}/actions/end": {"action": self.action, "state": "dropped", "reason": "No."},
            f"{meeting}/invitation": {f"address-{KOREA}": "desk@example.org"},
            f"{meeting}/move": {"at": "2030-01-09T10:00", "place": "Tokyo"},
            f"{meeting}/cancel": {"reason": "No quorum."},
        }  # fmt: skip


@pytest.fixture
def forms(korea: Client, sown: Made) -> Forms:  # noqa: F811
    """Forms of the first meeting; the seat that they end is an observer's."""
    said = {"member": UPBEAT, "agency": "Second desk", "role": "observer"}
    seat = made(korea, f"/v1/bodies/{sown.body}/seats", **said)
    (aim,) = korea.get(f"/v1/bodies/{sown.body}/targets").json()["items"]
    (action,) = korea.get(f"/v1/meetings/{sown.first}").json()["actions"]
    return Forms(sown.body, sown.first, aim["id"], seat, action["id"])


def size(world: World) -> int:
    with world.desk.database.read() as connection:
        return log.size(connection)


def test_every_form_of_a_co_chair_is_taken(korea: Client, forms: Forms, clock: FakeClock) -> None:
    clock.move(minutes=1)
    for path, fields in forms.all().items():
        page = path.rpartition("/")[0].removesuffix("/seats").removesuffix("/actions")
        answer = send(korea, path, page, **fields)
        if path.endswith("/invitation"):
            assert answer.headers["content-type"].startswith("text/calendar")
            assert "desk@example.org" in {each.address for each in read(answer.content).attendees}
            continue
        assert answer.status_code == 303, (path, answer.text)
        gone = answer.headers["location"].partition("#")[0]
        assert gone.startswith("/meetings/meet-") if path.endswith("/meetings") else gone == page
    body = korea.get(f"/bodies/{forms.body}").text
    for shown in ("Holds", "48", "Second desk", "Desk", "2030-05-01 10:00 UTC-04:00"):
        assert shown in body
    meeting = korea.get(f"/meetings/{forms.meeting}").text
    for shown in ("Prices", "Bridges", "Ask all.", "Write", "No.", "Tokyo", "cancelled",
                  "2030-01-09 10:00 UTC-05:00", "Save the cancelling"):  # fmt: skip
        assert shown in meeting
    for gone in ("Lay a paper", "Move the meeting", "Cancel the meeting"):
        assert gone not in meeting
    assert "End an action" in meeting  # what it gave out ends even so


def test_every_form_needs_the_sessions_own_token_and_this_site(
    world: World, korea: Client, upbeat: Client, forms: Forms
) -> None:
    good, foreign = csrf(korea.get("/bodies")), csrf(upbeat.get("/bodies"))
    before = size(world)
    for path, fields in {**forms.all(), "/bodies": {"template": "trilateral", **AMBER}}.items():
        for token in ("", foreign, good + "x"):
            answer = korea("POST", path, data={**fields, "csrf": token}, headers=OURS)
            assert answer.status_code == 403, path
            assert answer.headers["content-type"].startswith("text/html")
        for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "same-site"}):
            answer = korea("POST", path, data={**fields, "csrf": good}, headers=headers)
            assert answer.status_code == 403, (path, headers)
    assert size(world) == before


@pytest.mark.parametrize("who", ["observer", "reader"])
def test_who_may_not_write_sees_no_form_and_is_refused_one(
    world: World, upbeat: Client, forms: Forms, clock: FakeClock, who: str
) -> None:
    clock.move(minutes=1)
    client = upbeat if who == "observer" else world.client(world.house.chief, "auditor")
    for path in (f"/bodies/{forms.body}", f"/meetings/{forms.meeting}", "/bodies"):
        shown = client.get(path).text
        assert shown.count("<form") == 1  # to sign out
        assert "summary" not in shown
    before = size(world)
    for path, fields in forms.all().items():
        if path.endswith(
            "/invitation"
        ):  # whoever may see the meeting may write to their own people
            continue
        for said in (fields, {**fields, "marking": "none", "due": "never"}):
            answer = send(client, path, **said)
            assert answer.status_code == 403, (path, answer.text)
            assert "Not done" not in answer.text
    assert send(client, "/bodies", template="trilateral", **AMBER).status_code == 403
    assert send(client, "/bodies", template="none", marking="none").status_code == 403
    assert size(world) == before


def test_who_has_no_seat_cannot_tell_a_form_from_one_of_nothing(
    world: World, korea: Client, forms: Forms
) -> None:
    stranger = world.client(world.house.exchange, "analyst", "administrator")  # sits elsewhere
    words = {"name": "Another", "basis": "x", "scope": "x", "zone": "UTC", "minutes": 5}
    times = {"rule": "FREQ=DAILY", "first": "2030-01-01T10:00", "agenda": []}
    body = made(korea, "/v1/bodies", **words, **times)
    meeting = made(korea, f"/v1/bodies/{body}/meetings", place="Seoul")
    theirs = Forms(body, meeting, forms.aim, forms.seat, forms.action).all()
    none = Forms("body-0000000000000000", "meet-0000000000000000", "x", "x", "x").all()
    before = size(world)
    for (path, fields), other in zip(theirs.items(), none, strict=True):
        there, missing = send(stranger, path, **fields), send(stranger, other, **fields)
        assert there.status_code == missing.status_code == 404, path
        same = missing.text.replace("body-0000000000000000", body)
        assert there.text == same.replace("meet-0000000000000000", meeting)
    assert size(world) == before


WRONG = [
    ("{body}/meetings", {"at": "soon", "place": HOSTILE}, 422, "At: &#39;soon&#39; is no time"),
    ("{body}/meetings", {"place": HOSTILE, "marking": "TLP:PINK"}, 422, "choose a marking"),
    ("{body}/meetings", {"place": HOSTILE, "release": "mem-none"}, 422, "no member mem-none"),
    ("{body}/targets", {"measure": HOSTILE, "baseline": "x"}, 422, "Unit: is empty"),
    ("{body}/readings", {"target": "aim-0", "value": HOSTILE}, 404, "no target"),
    ("{body}/seats", {"member": UPBEAT, "agency": HOSTILE, "role": "king"}, 422, "Role: "),
    ("{body}/seats/end", {"seat": "seat-0", "until": HOSTILE}, 422, "Until: "),
    ("{meeting}/agenda", {"topic": "love", "title": HOSTILE}, 422, "Topic: "),
    ("{meeting}/papers", {"title": HOSTILE, "topic": "other"}, 422, "give a text or a file"),
    ("{meeting}/papers", {"title": HOSTILE, "topic": "other", "file": "item-0"}, 404, "no item"),
    ("{meeting}/decisions", {"text": ""}, 422, "Text: is empty"),
    ("{meeting}/actions", {"by": UPBEAT, "what": HOSTILE, "due": "2030-01-01"}, 422, "no seat"),
    ("{meeting}/actions/end", {"action": "act-0", "reason": HOSTILE}, 404, "no action"),
    ("{meeting}/move", {}, 422, "say where or when"),
    ("{meeting}/move", {"at": HOSTILE}, 422, "is no time"),
    ("{meeting}/cancel", {"reason": ""}, 422, "Reason: is empty"),
    ("{meeting}/invitation", {"address-mem-korea": HOSTILE}, 422, "is no e-mail address"),
    ("{meeting}/invitation", {"address-mem-none": "a@b.example"}, 422, "has no seat at this"),
]


@pytest.mark.parametrize(("to", "fields", "status", "why"), WRONG)
def test_what_is_refused_is_said_beside_its_form_with_what_was_typed(
    world: World, korea: Client, sown: Made,  # noqa: F811
    to: str, fields: dict[str, str], status: int, why: str,
) -> None:  # fmt: skip
    before = size(world)
    path = to.format(body=f"/bodies/{sown.body}", meeting=f"/meetings/{sown.first}")
    answer = send(korea, path, **{**AMBER, **fields})
    assert answer.status_code == status
    assert size(world) == before
    assert "<title>Not done: " in answer.text
    (form,) = [each for each in answer.text.split("<details")[1:] if 'role="alert"' in each]
    assert " open>" in form
    assert f'action="{path}"' in form
    assert why in form
    assert HOSTILE not in answer.text
    if HOSTILE in fields.values():
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} &#34; onmouseover=" in form


def test_what_is_refused_by_a_rule_is_so_said_too(
    korea: Client,
    sown: Made,  # noqa: F811
    clock: FakeClock,
) -> None:
    clock.move(minutes=1)
    (seat,) = korea.get(f"/v1/bodies/{sown.body}/seats").json()["items"]
    answer = send(korea, f"/bodies/{sown.body}/seats/end", seat=seat["id"])
    assert answer.status_code == 409
    assert "a body keeps a co-chair" in answer.text
    ticked = send(korea, f"/bodies/{sown.body}/meetings", place="Seoul", marking="TLP:GREEN",
                  release=UPBEAT)  # fmt: skip
    assert ticked.status_code == 422
    assert '<option value="TLP:GREEN" selected>' in ticked.text


def test_a_body_is_founded_from_a_template_of_governments(world: World, korea: Client) -> None:
    korea.post("/v1/members", {"name": "Canberra", "kind": "government", "country": "AU"})
    page = korea.get("/bodies").text
    assert "Canberra (AU)" in page
    assert "Upbeat" not in page  # an exchange founds nothing
    said = {"template": "korea-australia", "member": [KOREA], "name": "Our group", **AMBER}
    answer = send(korea, "/bodies", "/bodies", **said)
    assert answer.status_code == 422
    assert "no member of AU" in answer.text
    assert 'value="Our group"' in answer.text
    assert f'value="{KOREA}" checked' in answer.text
    assert 'value="mem-canberra" checked' not in answer.text
    said["member"] = [KOREA, "mem-canberra"]
    answer = send(korea, "/bodies", "/bodies", **said)
    (body,) = korea.get("/v1/bodies").json()["items"]
    assert answer.headers["location"] == f"/bodies/{body['id']}"
    assert (body["name"], body["zone"]) == ("Our group", "Australia/Sydney")
    seats = korea.get(f"/v1/bodies/{body['id']}/seats").json()["items"]
    assert {(each["member"], each["role"]) for each in seats} == {
        (KOREA, "co-chair"), ("mem-canberra", "co-chair"),
    }  # fmt: skip


def test_a_meeting_is_called_by_the_schedule_where_no_time_is_said(
    korea: Client,
    sown: Made,  # noqa: F811
) -> None:
    for at in ("", "2030-07-10T09:00+09:00"):
        fields = {"place": "Busan", "at": at, **AMBER}
        assert send(korea, f"/bodies/{sown.body}/meetings", **fields).status_code == 303
    found = korea.get(f"/v1/bodies/{sown.body}/meetings?sort=at").json()["items"]
    assert [each["at"][:16] for each in found[2:]] == ["2030-07-09T14:00", "2030-07-10T00:00"]


def test_a_form_offers_ones_own_files_and_lays_one(
    korea: Client,
    upbeat: Client,
    sown: Made,  # noqa: F811
) -> None:
    kept = {}
    for client, name in ((korea, "ours.csv"), (upbeat, "theirs.csv")):
        case = made(client, "/v1/cases", title="Theft", marking="TLP:GREEN")
        to = f"/v1/cases/{case}/files?name={name}&marking=TLP:GREEN"
        media = {"content-type": "application/octet-stream"}
        kept[name] = client.post(to, content=b"a,b", headers=media).json()["id"]
    page = korea.get(f"/meetings/{sown.first}").text
    assert f'<option value="{kept["ours.csv"]}">ours.csv, of Theft</option>' in page
    assert "theirs.csv" not in page
    fields = {"title": "The list", "topic": "other", **AMBER}
    to = f"/meetings/{sown.first}/papers"
    assert send(korea, to, file=kept["theirs.csv"], **fields).status_code == 409
    assert send(korea, to, file=kept["ours.csv"], **fields).status_code == 303
    assert "ours.csv" in korea.get(f"/meetings/{sown.first}").text
