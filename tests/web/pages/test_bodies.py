"""Pages of bodies and meetings: what they show, to whom, and that a text stays a text."""

from dataclasses import dataclass

import pytest
from markupsafe import escape

from stanch.formats.ical import read
from tests.desk_database import FakeClock
from tests.members.house import KOREA
from tests.web.conftest import UPBEAT, Client, World
from tests.web.pages.seeds import HOSTILE


@dataclass
class Made:
    body: str
    first: str
    second: str


def made(client: Client, path: str, **said: object) -> str:
    answer = client.post(path, said)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture
def sown(korea: Client) -> Made:
    """A body, two meetings, and something of everything in them."""
    body = made(
        korea, "/v1/bodies", name=HOSTILE, basis="A statement", scope="Thefts", minutes=60,
        rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", first="2030-01-01T10:00", zone="America/New_York",
        agenda=[{"topic": "review", "title": HOSTILE}], seats=[],
    )  # fmt: skip
    aim = made(korea, f"/v1/bodies/{body}/targets", measure="Time to hold", unit="hours",
               baseline="72", target="24", due="2031-12-31")  # fmt: skip
    made(korea, f"/v1/body-targets/{aim}/readings", value="60.5", day="2026-01-05")
    first = made(korea, f"/v1/bodies/{body}/meetings", place="Seoul")
    made(korea, f"/v1/meetings/{first}/papers", title="A paper", text=HOSTILE)
    made(korea, f"/v1/meetings/{first}/papers", title="Korea alone", text="x",
         marking="TLP:RED")  # fmt: skip
    made(korea, f"/v1/meetings/{first}/decisions", text="Go on with it")
    made(korea, f"/v1/meetings/{first}/actions", by=KOREA, what="Ask them", due="2030-06-30")
    return Made(body, first, made(korea, f"/v1/bodies/{body}/meetings", place="Tokyo"))


def test_a_body_and_its_meetings_are_shown(korea: Client, sown: Made) -> None:
    assert f"/bodies/{sown.body}" in korea.get("/bodies").text
    body = korea.get(f"/bodies/{sown.body}").text
    for shown in ("Time to hold", "60.5", "2030-01-08T10:00-05:00", f"/meetings/{sown.first}"):
        assert shown in body
    first = korea.get(f"/meetings/{sown.first}").text
    for shown in ("A paper", "Korea alone", "Go on with it", "Ask them", "Nothing is open"):
        assert shown in first
    assert "Ask them" in korea.get(f"/meetings/{sown.second}").text
    for page in (korea.get("/bodies").text, body, first):
        assert HOSTILE not in page
        assert str(escape(HOSTILE)) in page


def test_who_has_no_seat_finds_no_page(
    world: World, korea: Client, upbeat: Client, sown: Made
) -> None:
    assert "has no seat in a body" in upbeat.get("/bodies").text
    paths = (f"/bodies/{sown.body}", f"/meetings/{sown.first}",
             f"/meetings/{sown.first}/invitation")  # fmt: skip
    for path in paths:
        assert upbeat.get(path).status_code == 404
        assert world.nobody().get(path).status_code == 401


def test_an_observer_sees_its_own_time_and_no_red(
    korea: Client, upbeat: Client, sown: Made, clock: FakeClock
) -> None:
    clock.move(minutes=5)
    said = {"member": UPBEAT, "agency": "Upbeat", "role": "observer"}
    made(korea, f"/v1/bodies/{sown.body}/seats", **said)
    page = upbeat.get(f"/meetings/{sown.first}").text
    assert "A paper" in page
    assert "Korea alone" not in page
    assert "Time to hold" not in upbeat.get(f"/bodies/{sown.body}").text  # set before it came


def test_the_invitation_is_a_file(korea: Client, sown: Made) -> None:
    answer = korea.get(f"/meetings/{sown.second}/invitation")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert f'filename="{sown.second}.ics"' in answer.headers["content-disposition"]
    sent = read(answer.content)
    assert (sent.zone, sent.place) == ("America/New_York", "Tokyo")
    assert {each.address.rpartition(".")[2] for each in sent.attendees} == {"invalid"}


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_the_pack_of_a_meeting_is_shown_to_its_reader(korea: Client, sown: Made, lang: str) -> None:
    link = f"/meetings/{sown.first}/pack?lang={lang}"
    assert link in korea.get(f"/meetings/{sown.first}").text
    shown = korea.get(link)
    assert shown.status_code == 200
    assert f'lang="{lang}"' in shown.text
    assert HOSTILE not in shown.text
    assert "sandbox" in shown.headers["content-security-policy"]
    whole = f"/v1/meetings/{sown.first}/pack/page?lang={lang}"
    assert f'href="{whole}"' in shown.text
    assert "notice" not in korea.get(whole).text


def test_a_pack_in_no_language_and_of_no_meeting(korea: Client, upbeat: Client, sown: Made) -> None:
    assert korea.get(f"/meetings/{sown.first}/pack?lang=fr").status_code == 422
    assert korea.get(f"/meetings/{sown.first}/pack?after=-1").status_code == 422
    for rows in ("of=C99", "of=B", "after=200"):
        assert korea.get(f"/meetings/{sown.first}/pack?{rows}").status_code == 404
    assert upbeat.get(f"/meetings/{sown.first}/pack").status_code == 404
