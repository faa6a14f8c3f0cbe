"""The line to a TAXII server: what it sends and takes, what it refuses, when it tries again."""

import json

import httpx
import pytest

from stanch.client.taxii import server
from stanch.client.taxii.credential import Credential
from stanch.client.taxii.line import MEDIA, AnsweredError, Line, Settings
from stanch.errors import UnreachableError, UsageError

ROOT = "https://taxii.example/api1"
SECRET = "kim:hunter2-hunter2"


class Script:
    """Answers one after another, and what was asked and how long was waited."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.asked, self.waits = list(answers), list[httpx.Request](), list[float]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def line(self, url: str = ROOT, **more: object) -> Line:
        settings = Settings(
            transport=httpx.MockTransport(self), sleep=self.waits.append, chance=lambda: 1.0,
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return Line(url, Credential.of(SECRET), settings)


def said(body: object, status: int = 200, **headers: str) -> httpx.Response:
    headers = {"Content-Type": MEDIA} | {k.replace("_", "-"): v for k, v in headers.items()}
    return httpx.Response(status, content=json.dumps(body).encode(), headers=headers)


def test_it_asks_as_taxii_says_and_who_it_is() -> None:
    script = Script(said({"title": "Root"}))
    assert script.line().get("").json() == {"title": "Root"}
    (request,) = script.asked
    assert str(request.url) == "https://taxii.example/api1/"
    assert request.headers["accept"] == MEDIA
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["authorization"] == "Basic a2ltOmh1bnRlcjItaHVudGVyMg=="
    assert "authorization" not in Line(ROOT)._http.headers


def test_a_credential_is_never_shown() -> None:
    for text in (SECRET, "a-token-of-theirs"):
        credential = Credential.of(text)
        assert text.partition(":")[2] not in repr(credential) or ":" not in text
        assert repr(credential) == "Credential()"
    assert Credential.of("tok.en").header == "Bearer tok.en"
    for wrong in ("", "two words", "a\nb:c", "tökén"):
        with pytest.raises(UsageError) as caught:
            Credential.of(wrong)
        assert not wrong or wrong not in str(caught.value)


@pytest.mark.parametrize("url", ["http://taxii.example/", "ftp://x/", "https://u:p@x/", "x", ""])
def test_it_speaks_to_no_place_where_others_listen(url: str) -> None:
    with pytest.raises(UsageError):
        Line(url)
    assert Line("http://127.0.0.1:5000/root/").host == "127.0.0.1"


def test_it_tries_again_where_that_helps_and_waits_longer_each_time() -> None:
    script = Script(
        httpx.ConnectError("no"), said({}, 503), said({}, 429, Retry_After="7"), said({"a": 1})
    )
    assert script.line().get("").json() == {"a": 1}
    assert script.waits == [0.5, 1.0, 7.0]
    tired = Script(*[said({}, 503)] * 4)
    with pytest.raises(AnsweredError, match="busy or away") as caught:
        tired.line().get("")
    assert (caught.value.status, len(tired.waits)) == (503, 3)


def test_a_page_that_a_server_may_have_sent_is_not_asked_for_twice() -> None:
    lost = Script(httpx.ReadTimeout("lost"))
    with pytest.raises(UnreachableError, match="did not answer: ReadTimeout"):
        lost.line().get("x", again=False)
    busy = Script(said({}, 429), said({"a": 1}))
    assert busy.line().get("x", again=False).json() == {"a": 1}, "who is busy has sent nothing"


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "does not know us"), (403, "does not let us"), (404, "no such thing"), (500, "refused")],
)
def test_a_no_is_one_line_without_what_the_server_said(status: int, words: str) -> None:
    with pytest.raises(AnsweredError, match=words) as caught:
        Script(said({"title": SECRET}, status)).line().get("")
    assert caught.value.status == status
    assert SECRET not in str(caught.value)


def test_it_follows_to_no_other_server() -> None:
    here = Script(said({}, 308, Location="/api1/x/"), said({"a": 1}))
    assert here.line().get("x").json() == {"a": 1}
    assert str(here.asked[1].url) == "https://taxii.example/api1/x/"
    for place in ("https://evil.example/", "http://taxii.example/api1/", "//evil.example/"):
        away = Script(said({}, 302, Location=place))
        with pytest.raises(UnreachableError, match="another server"):
            away.line().get("x")
        assert len(away.asked) == 1
    with pytest.raises(AnsweredError):
        Script(*[said({}, 302, Location="/api1/x/")] * 5).line().get("x")
    with pytest.raises(AnsweredError):
        Script(said({}, 307, Location="/api1/y/")).line().post("x", b"{}")


def test_what_is_no_taxii_is_none() -> None:
    page = httpx.Response(200, content=b"<html>", headers={"Content-Type": "text/html"})
    with pytest.raises(UnreachableError, match="no TAXII"):
        Script(page).line().get("")
    packed = httpx.Response(200, content=b"x", headers={"Content-Encoding": "br"})
    with pytest.raises(UnreachableError, match="packed"):
        Script(packed).line().get("")
    with pytest.raises(UnreachableError, match="longer than 10 bytes"):
        Script(said({"a": "b" * 20})).line(most=10).get("")
    with pytest.raises(UnreachableError, match="took longer"):
        Script(said({"a": 1})).line(whole=-1.0).get("")
    with pytest.raises(UnreachableError, match="no JSON object"):
        Script(said([1])).line().get("").json()


def test_roots_and_collections_as_servers_name_them() -> None:
    found = {
        "default": "/root",  # OpenCTI: a path that is none, and no slash at its end
        "api_roots": ["https://taxii.example/taxii2/root", "https://other.example/x/", 7],
    }
    line = Script(said(found)).line("https://taxii.example/taxii2/")
    assert server.roots(line) == [
        "https://taxii.example/root/",
        "https://taxii.example/taxii2/root/",
    ]
    assert server.collections(Script(said({})).line()) == []
    listed = {"collections": [{"id": "a"}, {"no": "id"}, 3]}
    assert server.collections(Script(said(listed)).line()) == [{"id": "a"}]
    assert server.largest(Script(said({"max_content_length": 9})).line(), 100) == 9
    assert server.largest(Script(said({})).line(), 100) == 100
