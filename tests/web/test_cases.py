"""Cases over HTTP: opened, filled, shared, judged, closed; and nothing of another's to be seen."""

import pytest

from tests.web.conftest import UPBEAT, Client, World

ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"


def opened(client: Client, **more: object) -> str:
    answer = client.post("/v1/cases", {"title": "Theft at Upbeat", **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_a_case_is_opened_filled_judged_and_closed(korea: Client) -> None:
    case = opened(korea)
    note = {"kind": "note", "body": {"text": "Seen at 12:00."}}
    assert korea.post(f"/v1/cases/{case}/items", note).status_code == 201
    judgement = {"actor": "Lazarus Group", "confidence": "low", "sources": ["a report"]}
    assert korea.post(f"/v1/cases/{case}/judgements", judgement).status_code == 201
    assert [i["body"] for i in korea.get(f"/v1/cases/{case}/items").json()["items"]] == [
        {"text": "Seen at 12:00."}
    ]
    assert korea.get(f"/v1/cases/{case}/judgements").json()["items"][0]["country"] == "KR"
    assert korea.post(f"/v1/cases/{case}/close", {"reason": "done"}).status_code == 204
    assert korea.get(f"/v1/cases/{case}").json()["state"] == "closed"
    assert korea.post(f"/v1/cases/{case}/items", note).status_code == 409


def test_a_file_comes_back_byte_for_byte_and_never_as_a_page(korea: Client) -> None:
    case, content = opened(korea), bytes(range(256)) * 5000
    answer = korea("POST", f"/v1/cases/{case}/files?name=r%C3%A9c.html", content=content)
    assert answer.status_code == 201, answer.text
    back = korea.get(f"/v1/files/{answer.json()['id']}")
    assert back.content == content
    assert back.headers["content-type"] == "application/octet-stream"
    assert back.headers["content-disposition"] == "attachment; filename*=UTF-8''r%C3%A9c.html"
    assert "sandbox" in back.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "a%5Cb", "%2e%2e%2fdesk.key", ""])
def test_a_name_that_is_a_path_is_refused(korea: Client, name: str) -> None:
    case = opened(korea)
    answer = korea("POST", f"/v1/cases/{case}/files?name={name}", content=b"x")
    assert answer.status_code == 422
    assert korea.get(f"/v1/cases/{case}/items").json()["items"] == []


def test_a_report_is_received_and_settled(korea: Client) -> None:
    report = {"kind": "victim", "contact": "v@example.org", "text": "Lost.", "accounts": [ACCOUNT]}
    id = korea.post("/v1/reports", report).json()["id"]
    assert korea.post("/v1/reports", report).json()["repeats"] == [id]
    settled = {"verdict": "valid", "reason": "It is on the chain."}
    assert korea.post(f"/v1/reports/{id}/verdict", settled).status_code == 204
    assert korea.get(f"/v1/reports/{id}").json()["record"]["valid"] == 1


def test_what_is_shared_is_seen_and_two_at_one_account_are_told(
    korea: Client, upbeat: Client
) -> None:
    shared = opened(korea, release=[UPBEAT])
    own = opened(upbeat)
    body = {"kind": "account", "body": {"account": ACCOUNT}}
    korea.post(f"/v1/cases/{shared}/items", {**body, "release": [UPBEAT]})
    upbeat.post(f"/v1/cases/{own}/items", body)
    assert upbeat.get(f"/v1/cases/{shared}").status_code == 200
    assert [row["account"] for row in upbeat.get("/v1/overlaps").json()["items"]] == [ACCOUNT]
    assert korea.get("/v1/overlaps").json()["items"] == []


def test_what_is_anothers_does_not_exist_by_id_list_count_or_error(
    world: World, korea: Client, upbeat: Client
) -> None:
    case = opened(korea)
    item = korea.post(f"/v1/cases/{case}/items", {"kind": "note", "body": {"text": "x"}}).json()
    file = korea("POST", f"/v1/cases/{case}/files?name=a", content=b"x").json()["id"]
    report = korea.post(
        "/v1/reports", {"kind": "victim", "contact": "v@example.org", "text": "x"}
    ).json()["id"]
    person = korea.get("/v1/me").json()["person"]
    real = {"case": case, "item": item["id"], "file": file, "rep": report, "per": person}
    note = {"kind": "note", "body": {"text": "x"}}
    for method, path, body in (
        ("GET", "/v1/cases/{case}", None),
        ("GET", "/v1/cases/{case}/items", None),
        ("GET", "/v1/cases/{case}/judgements", None),
        ("POST", "/v1/cases/{case}/items", note),
        ("POST", "/v1/cases/{case}/close", {"reason": "x"}),
        ("PUT", "/v1/cases/{case}/sharing", {"marking": "TLP:CLEAR"}),
        ("GET", "/v1/items/{item}", None),
        ("GET", "/v1/files/{file}", None),
        ("GET", "/v1/reports/{rep}", None),
        ("POST", "/v1/reports/{rep}/verdict", {"verdict": "valid", "reason": "x"}),
        ("GET", "/v1/people/{per}", None),
        ("DELETE", "/v1/people/{per}", None),
        ("POST", "/v1/people/{per}/link", None),
    ):
        more = {"json": body} if body else {}
        there = upbeat(method, path.format(**real), **more)
        none = {kind: f"{id.partition('-')[0]}-0000000000000000" for kind, id in real.items()}
        missing = upbeat(method, path.format(**none), **more)
        assert there.status_code == missing.status_code == 404, (method, path)
        for kind, id in real.items():
            there_text = there.text.replace(id, none[kind])
            assert "mem-korea" not in there_text
            if "{" + kind + "}" in path:
                assert there_text == missing.text
    assert upbeat.get("/v1/cases").json() == {"items": [], "next": None}
    assert upbeat.get("/v1/reports").json() == {"items": [], "next": None}
    assert upbeat.get(f"/v1/people?id={person}").json()["items"] == []
    assert upbeat.get("/v1/cases?owner=mem-korea").json()["items"] == []


def test_who_names_an_incident_that_the_registry_does_not_have_is_warned(
    korea: Client,
) -> None:
    case = opened(korea)
    for incident, warned in (("wazirx-2024", False), ("no-such-theft-2024", True)):
        body = {"title": "Theft", "incident": incident}
        answer = korea.post(f"/v1/cases/{case}/items", {"kind": "incident", "body": body})
        assert answer.status_code == 201, answer.text
        assert ("warning" in answer.json()) is warned
        assert not warned or incident in answer.json()["warning"]
