"""Who asks to be forgotten is forgotten over HTTP too, by administrators in a session."""

from tests.web.conftest import Client, World

NAME = "Baek Sorin"


def left(korea: Client) -> str:
    id = str(korea.post("/v1/people", {"name": NAME, "roles": ["analyst"]}).json()["id"])
    assert korea.delete(f"/v1/people/{id}").status_code == 204
    return id


def test_a_person_who_left_is_erased(korea: Client) -> None:
    id = left(korea)
    answer = korea.post(f"/v1/people/{id}/erasure")
    assert (answer.status_code, answer.json()["texts"] > 0) == (200, True)
    assert korea.get(f"/v1/people/{id}").json()["name"] == "(erased)"


def test_not_by_a_key_another_member_or_somebody_active(
    world: World, korea: Client, upbeat: Client
) -> None:
    id = left(korea)
    key = world.program(korea, "admin", "read")
    assert key.post(f"/v1/people/{id}/erasure").status_code == 403
    assert upbeat.post(f"/v1/people/{id}/erasure").status_code == 404
    assert world.nobody().post(f"/v1/people/{id}/erasure").status_code == 401
    me = korea.get("/v1/me").json()["person"]
    assert korea.post(f"/v1/people/{me}/erasure").status_code == 409
    assert korea.get(f"/v1/people/{id}").json()["name"] == NAME


def test_a_reporter_is_erased(korea: Client) -> None:
    body = {"kind": "victim", "contact": "victim@example.org", "text": "My words"}
    made = korea.post("/v1/reports", body)
    assert made.status_code == 201, made.text
    report = korea.get(f"/v1/reports/{made.json()['id']}").json()
    assert korea.post(f"/v1/reporters/{report['reporter']}/erasure").status_code == 204
    assert "My words" not in korea.get(f"/v1/reports/{made.json()['id']}").text
    assert korea.post("/v1/reporters/rpr-0000000000000000/erasure").status_code == 404


def test_a_review_that_is_not_there(korea: Client) -> None:
    assert korea.post("/v1/reviews/rev-0000000000000000/erasure").status_code == 404
