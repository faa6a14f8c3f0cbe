"""A person chooses to be told by e-mail: alone, signed in, and at an address that is theirs."""

import pytest
from sqlalchemy import select

from stanch.app.desk import notices
from stanch.store.desk.tables import log, notice
from tests.web.conftest import Client, World

PATH = "/v1/me/notices"
KIM = {"address": "kim@upbeat.example", "on": True}


def code_of(world: World) -> str:
    """The code that leaves, as the worker has it."""
    mail = notices.take(world.desk, 300, 60)
    assert mail is not None
    notices.sent(world.desk, mail)
    return mail.code


def test_a_person_opts_in_and_out(world: World, upbeat: Client) -> None:
    assert upbeat.get(PATH).json() == {"address": None, "on": False, "verified": False}
    assert upbeat.put(PATH, KIM).json() == {**KIM, "verified": False}
    wrong = upbeat.post(f"{PATH}/code", {"code": "AAAA-AAAA-AAAA"})
    assert wrong.status_code == 409
    right = upbeat.post(f"{PATH}/code", {"code": code_of(world)})
    assert right.json() == {**KIM, "verified": True}
    assert upbeat.put(PATH, {**KIM, "on": False}).json()["on"] is False
    assert upbeat.delete(PATH).status_code == 204
    assert upbeat.get(PATH).json() == {"address": None, "on": False, "verified": False}


def test_a_wrong_try_counts_though_it_is_refused(world: World, upbeat: Client) -> None:
    upbeat.put(PATH, KIM)
    code = code_of(world)
    answers = {upbeat.post(f"{PATH}/code", {"code": "x" * n}).text for n in range(1, 6)}
    assert upbeat.post(f"{PATH}/code", {"code": code}).status_code == 409
    assert len(answers) == 1  # which of the reasons it was is not told
    with world.desk.database.read() as connection:
        assert connection.execute(select(notice.c.tries)).scalar_one() == 5


def test_no_answer_tells_the_code_and_nobody_elses_choice(
    world: World, korea: Client, upbeat: Client
) -> None:
    answer = upbeat.put(PATH, KIM)
    code = code_of(world)
    assert code not in answer.text + upbeat.get(PATH).text
    assert KIM["address"] not in korea.get(PATH).text
    assert korea.post(f"{PATH}/code", {"code": code}).status_code == 409
    colleague = world.client(world.house.exchange, "administrator")
    assert KIM["address"] not in colleague.get(PATH).text + colleague.get("/v1/people").text


def test_the_log_does_not_have_the_address(world: World, upbeat: Client) -> None:
    upbeat.put(PATH, KIM)
    upbeat.post(f"{PATH}/code", {"code": code_of(world)})
    with world.desk.database.read() as connection:
        said = {row.verb: row.said for row in connection.execute(select(log))}
    assert '"address":"sha256:' in said["notice.address"]
    assert '"address":"sha256:' in said["notice.verified"]
    assert not any(str(KIM["address"]) in each for each in said.values())


def test_keys_strangers_and_other_sites_change_nothing(world: World, upbeat: Client) -> None:
    program = world.program(upbeat, "read", "replies", "admin")
    stranger = world.nobody()
    forged = replace_headers(upbeat)
    for client, status in ((program, 403), (stranger, 401)):
        assert client.get(PATH).status_code == status
    for client, status in ((program, 403), (stranger, 401), (forged, 403)):
        assert client.put(PATH, KIM).status_code == status
        assert client.post(f"{PATH}/code", {"code": "x"}).status_code == status
        assert client.delete(PATH).status_code == status
    assert upbeat.get(PATH).json()["address"] is None


def replace_headers(client: Client) -> Client:
    """The same cookies, from a page that does not know the session's own token."""
    other = Client(client.app)
    other.cookies = client.cookies
    return other


@pytest.mark.parametrize(
    "address",
    [
        "kim",
        "kim@upbeat.example\r\nBcc: eve@evil.example",
        "a@b.example,c@d.example",
        "k@[::1]",
        "",
    ],
)
def test_what_is_no_address_is_refused(upbeat: Client, address: str) -> None:
    assert upbeat.put(PATH, {"address": address, "on": True}).status_code == 422
    assert upbeat.put(PATH, {"address": KIM["address"], "on": "yes"}).status_code == 422
    assert upbeat.get(PATH).json()["address"] is None


def test_five_codes_a_day(upbeat: Client) -> None:
    for _ in range(5):
        assert upbeat.put(PATH, KIM).status_code == 200
    answer = upbeat.put(PATH, KIM)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
