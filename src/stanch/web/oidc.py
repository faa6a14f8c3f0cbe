"""Signing in with an OpenID Connect provider: authorization code flow with PKCE, state and nonce.

OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636 (PKCE), RFC 9207 (who answered). What the flow
must remember goes into a cookie of the browser that began it, sealed: no other browser can end it.
"""

import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from cryptography.fernet import Fernet, InvalidToken
from joserfc import jwt
from joserfc.jwk import KeySet

from stanch.app.desk.origin import LOOPBACK
from stanch.app.desk.words import Identity
from stanch.errors import StrangerError
from stanch.web.config import Provider

ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]  # never `none`, never a shared secret
FLOW_SECONDS: Final = 600
CALLBACK: Final = "/v1/sign-in/oidc/callback"
_DISCOVERY: Final = "/.well-known/openid-configuration"
_KNOWN_SECONDS: Final = 600
_LEEWAY: Final = 30  # seconds between the provider's clock and this one
_TIMEOUT: Final = 10


@dataclass(frozen=True, slots=True)
class Flow:
    """What a sign-in that has begun must find again at its end. `link` is for a first sign-in."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    link: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what its cookie holds meanwhile."""

    url: str
    cookie: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser came back with."""

    state: str
    code: str = field(repr=False)
    issuer: str | None
    cookie: str = field(repr=False)


@dataclass(slots=True)
class OpenId:
    """Sign-in with one provider. The seal is this process's own; a flow does not outlive it."""

    provider: Provider
    origin: str
    seal: Fernet = field(default_factory=lambda: Fernet(Fernet.generate_key()))
    known: tuple[float, dict[str, Any]] | None = None

    def begin(self, link: str | None = None) -> Begun:
        """Begin a sign-in. Raises StrangerError where the provider is not to be trusted or away."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        flow = Flow(state, nonce, verifier, link)
        url = prepare_grant_uri(
            self._metadata()["authorization_endpoint"],
            client_id=self.provider.client,
            response_type="code",
            state=flow.state,
            redirect_uri=self.origin + CALLBACK,
            scope="openid",
            nonce=flow.nonce,
            code_challenge=create_s256_code_challenge(flow.verifier),
            code_challenge_method="S256",
        )
        told = {name: getattr(flow, name) for name in Flow.__slots__}
        return Begun(url, self.seal.encrypt(json.dumps(told).encode()).decode())

    def end(self, back: Returned) -> tuple[Identity, str | None]:
        """Whose browser came back, and the link it began with. Raises StrangerError."""
        flow = self._flow(back.cookie)
        if not hmac.compare_digest(flow.state.encode(), back.state.encode()):
            raise _stranger("another sign-in")
        metadata = self._metadata()
        says_who = metadata.get("authorization_response_iss_parameter_supported") is True
        if (says_who or back.issuer is not None) and back.issuer != self.provider.issuer:
            raise _stranger("another provider")
        token = self._token(metadata, back.code, flow.verifier)
        claims = self._claims(metadata, token, flow.nonce)
        return Identity(claims["iss"], claims["sub"]), flow.link

    def _flow(self, cookie: str) -> Flow:
        try:
            told = json.loads(self.seal.decrypt(cookie.encode(), ttl=FLOW_SECONDS))
        except (InvalidToken, ValueError):
            raise _stranger("no sign-in that was begun here") from None
        return Flow(**told)

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one that was asked."""
        if self.known is not None and self.known[0] > time.monotonic():
            return self.known[1]
        found = _fetch(self.provider.issuer.rstrip("/") + _DISCOVERY)
        if found.get("issuer") != self.provider.issuer:
            raise _stranger("a provider that calls itself another")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not _safe(found.get(name)):
                raise _stranger(f"a provider without a safe {name}")
        self.known = (time.monotonic() + _KNOWN_SECONDS, found)
        return found

    def _token(self, metadata: dict[str, Any], code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.origin + CALLBACK,
            "code_verifier": verifier,
        }
        basic = (quote(self.provider.client, safe=""), quote(self.provider.secret, safe=""))
        token = _fetch(metadata["token_endpoint"], form, basic).get("id_token")
        if not isinstance(token, str):
            raise _stranger("an answer without an ID token")
        return token

    def _claims(self, metadata: dict[str, Any], token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token that holds: signature, issuer, audience, nonce, time."""
        try:
            keys = KeySet.import_key_set(_fetch(metadata["jwks_uri"]))  # type: ignore[arg-type]
            read = jwt.decode(token, keys, algorithms=ALGORITHMS)
            options = {
                "iss": {"essential": True, "value": self.provider.issuer},
                "aud": {"essential": True, "value": self.provider.client},
                "sub": {"essential": True},
            }
            params = {"nonce": nonce, "client_id": self.provider.client}
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(leeway=_LEEWAY)
        except StrangerError:
            raise
        except Exception:  # whatever a library stumbles over in a token, nobody comes in by it
            raise _stranger("an ID token that does not hold") from None
        if not (isinstance(claims["sub"], str) and isinstance(claims["iss"], str)):
            raise _stranger("an ID token that names nobody")
        return dict(claims)


def _fetch(
    url: str, form: dict[str, str] | None = None, auth: tuple[str, str] | None = None
) -> dict[str, Any]:
    """A JSON object from the provider; no redirect is followed."""
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            method = "GET" if form is None else "POST"
            answer = client.request(method, url, data=form, auth=auth)
        found = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        found = None
    if not isinstance(found, dict):
        raise _stranger("a provider that does not answer")
    return found


def _safe(url: object) -> bool:
    """HTTPS; or plain on this machine, where the provider is a test's."""
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _stranger(what: str) -> StrangerError:
    return StrangerError(f"not signed in: {what}; begin again")
