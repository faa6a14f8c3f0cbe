"""Pages of cases and of the log: what they show, to whom, and what their forms need."""

import pytest
from markupsafe import escape

from tests.web.conftest import UPBEAT, Client, World
from tests.web.pages.browser import OURS, csrf, send
from tests.web.pages.seeds import ACCOUNT, HOSTILE
from tests.web.test_cases import opened

PAGES = ("/cases", "/audit")


def test_every_page_is_closed_to_strangers_and_says_so_in_words(world: World) -> None:
    for path in (*PAGES, "/cases/case-0000000000000000"):
        answer = world.nobody().get(path)
        assert answer.status_code == 401
        assert answer.headers["content-type"].startswith("text/html")
        assert "/sign-in" in answer.text


def test_a_page_allows_nothing_from_elsewhere_and_nothing_inline(korea: Client) -> None:
    case = opened(korea)
    for path in ("/sign-in", *PAGES, f"/cases/{case}", "/cases/case-0000000000000000"):
        answer = korea.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert answer.text.count("<script") == 1
        assert "http://" not in answer.text
        assert "https://" not in answer.text.replace("https://desk.example", "")


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "</title><img src=x onerror=alert(1)>",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
        "'><svg/onload=alert(1)>",
    ],
)
def test_what_looks_like_a_page_is_a_text(korea: Client, text: str) -> None:
    answer = send(korea, "/cases", title=text, marking="TLP:AMBER")
    assert answer.status_code == 303
    path = answer.headers["location"]
    case = path.rpartition("/")[2]
    shared = {"marking": "TLP:AMBER"}
    assert send(korea, f"{path}/notes", path, text=text, **shared).status_code == 303
    judged = {"actor": text, "confidence": "low", "sources": text}
    assert send(korea, f"{path}/judgements", path, **judged, **shared).status_code == 303
    for kind, body in (("incident", {"title": text}), ("tag", {"account": ACCOUNT, "label": text}),
                       ("trace", {"manifest": text})):  # fmt: skip
        korea.post(f"/v1/cases/{case}/items", {"kind": kind, "body": body})
    for shown in (korea.get(path).text, korea.get("/cases").text):
        assert escape(text) in shown
        assert ("<" in text) == (text not in shown)


def test_every_form_needs_the_sessions_own_token(korea: Client, upbeat: Client) -> None:
    path = f"/cases/{opened(korea)}"
    good, foreign = csrf(korea.get("/cases")), csrf(upbeat.get("/cases"))
    fields = {"title": "x", "text": "x", "account": ACCOUNT, "reason": "x", "marking": "TLP:AMBER"}
    for to in ("/cases", f"{path}/notes", f"{path}/accounts", f"{path}/judgements", f"{path}/close",
               "/audit/export", "/sign-out"):  # fmt: skip
        for token in ("", foreign, good + "x"):
            answer = korea("POST", to, data={**fields, "csrf": token}, headers=OURS)
            assert answer.status_code == 403, to
            assert answer.headers["content-type"].startswith("text/html")
        twice = korea("POST", to, data={**fields, "csrf": [good, good]}, headers=OURS)
        assert twice.status_code == 422
        for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "same-site"}):
            answer = korea("POST", to, data={**fields, "csrf": good}, headers=headers)
            assert answer.status_code == 403, (to, headers)
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
            answer = korea("POST", to, content=b"csrf=" + good.encode(),
                           headers={**OURS, "content-type": kind})  # fmt: skip
            assert answer.status_code == 422
    assert korea.get(path).status_code == 200
    assert len(korea.get("/v1/cases").json()["items"]) == 1
    assert korea.get(f"/v1{path}/items").json()["items"] == []
    assert korea.get(f"/v1{path}").json()["state"] == "open"


def test_what_is_anothers_is_on_no_page(world: World, korea: Client, upbeat: Client) -> None:
    case = opened(korea, title="Secret theft")
    korea.post(f"/v1/cases/{case}/items", {"kind": "account", "body": {"account": ACCOUNT}})
    own = opened(upbeat)
    upbeat.post(f"/v1/cases/{own}/items", {"kind": "account", "body": {"account": ACCOUNT}})
    assert "Secret" not in upbeat.get("/cases").text
    assert "No case fits" in upbeat.get("/cases?owner=mem-korea").text
    assert case not in upbeat.get(f"/cases/{own}").text
    there, missing = upbeat.get(f"/cases/{case}"), upbeat.get("/cases/case-0000000000000000")
    assert there.status_code == missing.status_code == 404
    assert there.text.replace(case, "X") == missing.text.replace("case-0000000000000000", "X")
    for to in ("notes", "accounts", "judgements", "close"):
        fields = {"text": "x", "account": ACCOUNT, "reason": "x", "marking": "TLP:AMBER",
                  "actor": "x", "confidence": "low", "sources": "x"}  # fmt: skip
        assert send(upbeat, f"/cases/{case}/{to}", **fields).status_code == 404, to


def test_a_shared_case_shows_what_is_shared_and_no_release_list(
    korea: Client, upbeat: Client
) -> None:
    case = opened(korea, release=[UPBEAT])
    for text, release in (("For both", [UPBEAT]), ("For Korea", [])):
        note = {"kind": "note", "body": {"text": text}, "release": release}
        korea.post(f"/v1/cases/{case}/items", note)
    korea.post(f"/v1/cases/{case}/items",
               {"kind": "account", "body": {"account": ACCOUNT}, "release": [UPBEAT]})  # fmt: skip
    own = opened(upbeat)
    upbeat.post(f"/v1/cases/{own}/items", {"kind": "account", "body": {"account": ACCOUNT}})
    page = upbeat.get(f"/cases/{case}").text
    assert "For both" in page
    assert "For Korea" not in page
    assert "Released to</dt>" not in page
    assert "Released to</dt>" in korea.get(f"/cases/{case}").text
    assert case in upbeat.get(f"/cases/{own}").text  # told of each other


def test_the_log_is_for_auditors_and_its_export_for_founders(
    world: World, korea: Client, upbeat: Client
) -> None:
    opened(korea)
    assert "case.opened" in korea.get("/audit").text
    page = upbeat.get("/audit").text
    assert "case.opened" not in page
    assert "for auditors" in page
    assert send(upbeat, "/audit/export").status_code == 403
    auditor = world.client(world.house.exchange, "auditor")
    page = auditor.get("/audit?after=0").text
    assert "case.opened" not in page
    assert "session.opened" in page
    assert "/audit/export" not in page
    answer = send(korea, "/audit/export")
    assert answer.headers["content-type"] == "application/jsonl"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "case.opened" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/cases?state=open&state=closed", "/cases?x=1", "/cases?sort=secret", "/cases?after=x",
     "/audit?after=x", "/audit?after=-1", "/audit?after=9999999999999999", "/cases/..%2f..",
     "/cases/CASE-1", "/static/..%2fvisit.py", "/static/desk.py", "/nothing", "/static/"],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told_on_a_page(korea: Client, path: str) -> None:
    answer = korea.get(path)
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"].startswith("text/html")


def test_programs_still_get_problems_and_the_document_has_no_pages(korea: Client) -> None:
    answer = korea.get("/v1/nothing")
    assert answer.headers["content-type"] == "application/problem+json"
    document = korea.get("/v1/openapi.json").json()
    assert all(path.startswith("/v1/") for path in document["paths"])
