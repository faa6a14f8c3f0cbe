"""Signing in with a real OpenID Connect provider, and every way to forge it."""

import base64
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from cryptography.fernet import Fernet
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from stanch.errors import StrangerError, UsageError
from stanch.web.config import Config, Provider
from stanch.web.oidc import OpenId, Returned
from stanch.web.server import create
from tests.web.conftest import NO_HURRY, ORIGIN, Client, World

BACK = "/v1/sign-in/oidc/callback"


@pytest.fixture
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def with_provider(world: World, issuer: str) -> World:
    provider = Provider(issuer, "desk", "a secret")
    config = Config(origin=ORIGIN, provider=provider, rate=NO_HURRY, door=NO_HURRY)
    return World(world.house, world.desk, create(world.desk, config))


def consented(url: str, subject: str = "kim") -> str:
    """What the provider sends the browser back to, once the person has said who they are."""
    answer = httpx.post(url, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def first_sign_in(world: World, subject: str = "kim") -> Client:
    link = world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))
    client = world.nobody()
    url = client.post("/v1/sign-in/oidc", {"link": link}).json()["url"]
    assert client.get(consented(url, subject)).status_code == 200
    return client


def test_a_person_signs_in_by_link_once_and_by_the_provider_from_then_on(
    with_provider: World,
) -> None:
    person = first_sign_in(with_provider).get("/v1/me").json()["person"]
    again = with_provider.nobody()
    url = again.get("/v1/sign-in/oidc").headers["location"]
    assert "code_challenge_method=S256" in url
    answer = again.get(consented(url))
    assert answer.status_code == 200
    assert 'content="0; url=/"' in answer.text
    assert again.get("/v1/me").json()["person"] == person


def test_a_session_that_somebody_planted_ends_at_the_first_sign_in_too(
    with_provider: World,
) -> None:
    chief = with_provider.house.chief
    planted, browser = with_provider.client(chief, "reader"), with_provider.nobody()
    browser.cookies.set("__Host-stanch", planted.cookies["__Host-stanch"], "desk.example", "/")
    link = with_provider.house.link(chief, with_provider.house.person(chief, "analyst"))
    url = browser.post("/v1/sign-in/oidc", {"link": link}).json()["url"]
    assert browser.get(consented(url)).status_code == 200
    assert planted.get("/v1/me").status_code == 401


def test_who_the_desk_does_not_know_is_nobody(with_provider: World) -> None:
    client = with_provider.nobody()
    url = client.get("/v1/sign-in/oidc").headers["location"]
    assert client.get(consented(url, "somebody else")).status_code == 401
    assert client.get("/v1/me").status_code == 401


def test_a_sign_in_that_another_browser_began_ends_in_none(with_provider: World) -> None:
    first_sign_in(with_provider)
    attacker, victim = with_provider.nobody(), with_provider.nobody()
    url = attacker.get("/v1/sign-in/oidc").headers["location"]
    back = consented(url)
    assert victim.get(back).status_code == 401  # no cookie of a flow
    victim.get("/v1/sign-in/oidc")
    assert victim.get(back).status_code == 401  # the cookie of another flow
    assert "__Host-stanch" not in victim.cookies


def test_a_forged_state_and_a_code_used_twice_let_nobody_in(with_provider: World) -> None:
    first_sign_in(with_provider)
    client = with_provider.nobody()
    url = client.get("/v1/sign-in/oidc").headers["location"]
    code = parse_qs(urlsplit(consented(url)).query)["code"][0]
    flow = dict(client.cookies)
    assert client.get(f"{BACK}?code={code}&state=forged").status_code == 401
    assert client.get(f"{BACK}?code={code}").status_code == 401
    state = parse_qs(urlsplit(url).query)["state"][0]
    assert client.get(f"{BACK}?code={code}&state={state}").status_code == 200
    later = with_provider.nobody()
    later.cookies.update(flow)
    assert later.get(f"{BACK}?code={code}&state={state}").status_code == 401


def test_an_answer_of_another_provider_is_refused(with_provider: World) -> None:
    client = with_provider.nobody()
    url = client.get("/v1/sign-in/oidc").headers["location"]
    back = consented(url)
    assert client.get(f"{back}&iss=https://evil.example").status_code == 401


class Liar(BaseHTTPRequestHandler):
    """A provider whose discovery says what its server holds."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.says).encode())  # type: ignore[attr-defined]

    def log_message(self, *_: Any) -> None:
        pass


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"issuer": "https://evil.example"}, "calls itself another"),
        ({"token_endpoint": "http://evil.example/token"}, "safe token_endpoint"),
        ({"jwks_uri": None}, "safe jwks_uri"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "safe authorization_endpoint"),
    ],
)
def test_a_provider_whose_word_is_not_safe_is_not_asked(said: dict[str, Any], why: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Liar) as server:
        issuer = f"http://127.0.0.1:{server.server_port}"
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        server.says = {"issuer": issuer, **dict.fromkeys(names, issuer), **said}  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(StrangerError, match=why):
            OpenId(Provider(issuer, "desk", "s"), ORIGIN).begin()
        server.shutdown()


def test_an_issuer_that_somebody_between_could_speak_for_is_refused() -> None:
    with pytest.raises(UsageError, match="issuer"):
        Provider("http://id.example", "desk", "s")


class Forged(OpenId):
    """The flow with everything real but the ID token, which somebody made."""

    __slots__ = ("made",)
    made: dict[str, Any]

    def _metadata(self) -> dict[str, Any]:
        return {"jwks_uri": "jwks"}

    def _token(self, metadata: dict[str, Any], code: str, verifier: str) -> str:
        return str(self.made["token"])


KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})


def ended(monkeypatch: pytest.MonkeyPatch, key: Any, header: dict[str, str], **said: Any) -> Any:
    """End a flow with a token of these claims; `said` None leaves a claim out."""
    provider = Provider("https://id.example", "desk", "s")
    openid = Forged(provider, ORIGIN, Fernet(Fernet.generate_key()))
    jwks = KeySet([KEY]).as_dict(private=False)
    monkeypatch.setattr("stanch.web.oidc._fetch", lambda url: jwks)
    flow = {"state": "s", "nonce": "n", "verifier": "v", "link": None}
    cookie = openid.seal.encrypt(json.dumps(flow).encode()).decode()
    now = int(time.time())
    claims = {"iss": provider.issuer, "sub": "kim", "aud": "desk", "nonce": "n",
              "iat": now, "exp": now + 60, **said}  # fmt: skip
    claims = {name: value for name, value in claims.items() if value is not None}
    if key is None:
        parts = (base64.urlsafe_b64encode(json.dumps(p).encode()) for p in (header, claims))
        token = b".".join(parts).decode().replace("=", "") + "."
    else:
        token = jwt.encode(header, claims, key, algorithms=[header["alg"]])
    openid.made = {"token": token}
    return openid.end(Returned("s", "code", None, cookie))


def test_the_token_that_forgeries_are_made_of_would_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    identity, link = ended(monkeypatch, KEY, {"alg": "RS256", "kid": "one"})
    assert (identity.issuer, identity.subject, link) == ("https://id.example", "kim", None)


@pytest.mark.parametrize(
    "said",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["desk", "another"]},  # and nobody named whom it is for
        {"azp": "another"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": 7},
        {"nbf": 2**40},
    ],
)
def test_a_token_that_says_otherwise_lets_nobody_in(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]
) -> None:
    with pytest.raises(StrangerError):
        ended(monkeypatch, KEY, {"alg": "RS256", "kid": "one"}, **said)


def test_a_token_of_another_key_or_of_a_shared_secret_lets_nobody_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = RSAKey.generate_key(2048, parameters={"kid": "one"})
    for key, header in (
        (other, {"alg": "RS256", "kid": "one"}),
        (OctKey.import_key("the client's secret"), {"alg": "HS256", "kid": "one"}),
        (None, {"alg": "none"}),
        (other, {"alg": "RS256", "kid": "two"}),
    ):
        with pytest.raises(StrangerError):
            ended(monkeypatch, key, header)


def test_a_desk_without_a_provider_has_no_such_door(world: World) -> None:
    assert world.nobody().get("/v1/sign-in/oidc").status_code == 404
