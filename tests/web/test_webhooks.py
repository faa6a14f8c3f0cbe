"""Where a member is told: two people change it, and nothing inside the house can be named."""

import pytest

from tests.desk_database import FakeClock
from tests.web.conftest import Client, World

URL = "https://hooks.example/stanch"


def test_two_administrators_change_where_a_member_is_told(world: World, clock: FakeClock) -> None:
    by = world.house.exchange
    link = world.house.link(by, world.house.person(by, "administrator"))
    clock.move(hours=23, minutes=50)
    second, upbeat = world.nobody().sign_in(link), world.client(by, "administrator")
    id = upbeat.post("/v1/webhooks", {"url": URL}).json()["id"]
    assert upbeat.post(f"/v1/webhooks/{id}/agree").status_code == 409  # one's own proposal
    assert second.post(f"/v1/webhooks/{id}/agree").status_code == 409  # let in this very day
    clock.move(minutes=11)
    assert second.post(f"/v1/webhooks/{id}/agree").status_code == 204
    assert upbeat.get("/v1/webhooks").json()["items"][0]["state"] == "active"


def test_another_members_webhook_does_not_exist(korea: Client, upbeat: Client) -> None:
    id = upbeat.post("/v1/webhooks", {"url": URL}).json()["id"]
    assert korea.post(f"/v1/webhooks/{id}/agree").status_code == 404
    assert korea.get("/v1/webhooks").json()["items"] == []


def test_a_stolen_key_moves_no_webhook(world: World, upbeat: Client) -> None:
    program = world.program(upbeat, "admin", "read")
    assert program.post("/v1/webhooks", {"url": URL}).status_code == 403


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://2130706433/",
        "https://user:pass@hooks.example/",
        "https://hooks.example:22/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://hooks.example/\r\nHost: evil",
    ],
)
def test_an_address_inside_the_house_is_refused(upbeat: Client, url: str) -> None:
    assert upbeat.post("/v1/webhooks", {"url": url}).status_code == 409
    assert upbeat.get("/v1/webhooks").json()["items"] == []
