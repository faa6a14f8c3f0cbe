"""A desk that speaks TLS itself: what it speaks, with which files, and where it listens without."""

import socket
import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from taxii2client import v21

from stanch.errors import UsageError
from stanch.web.config import Config
from stanch.web.server import settings
from stanch.web.tls import Certificate, of_options
from tests.certificates import Files, private, vouched
from tests.live_desk import LiveDesk, live_desk
from tests.live_world import Browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return vouched(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def desk(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveDesk]:
    """A desk that is served with TLS, and trusted by who reads the variable."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(files.authority))
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):  # they win over `verify`
            patch.delenv(name, raising=False)
        with live_desk(tmp_path_factory.mktemp("tls") / "desk", *files.words) as served:
            yield served


def shaken(desk: LiveDesk, files: Files, version: ssl.TLSVersion) -> ssl.SSLSocket:
    """A line that speaks this version alone, whatever this machine's own policy is."""
    context = ssl.create_default_context(cafile=str(files.authority))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    url = httpx.URL(desk.url)
    line = socket.create_connection((url.host, url.port or 443), timeout=10)
    return context.wrap_socket(line, server_hostname=url.host)


def test_people_and_the_official_client_of_taxii_come_by_https(
    desk: LiveDesk, files: Files
) -> None:
    answer = httpx.get(f"{desk.url}/v1/health")
    assert answer.json()["status"] == "ok"
    assert "strict-transport-security" in answer.headers
    browser = Browser(desk.url, desk.link)
    person = browser.person("analyst")
    server = v21.Server(
        f"{desk.url}/taxii2/", user="any", password=person.api_key, verify=str(files.authority)
    )
    assert [root.url for root in server.api_roots] == [f"{desk.url}/taxii2/desk/"]
    assert server.api_roots[0].collections == []
    server.close()
    browser.http.close()  # the desk would wait for open lines when it ends


def test_who_does_not_know_the_authority_does_not_come_in(desk: LiveDesk) -> None:
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(f"{desk.url}/v1/health", verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
def test_tls_of_now_is_spoken_with_keys_of_one_connection(
    desk: LiveDesk, files: Files, version: str
) -> None:
    with shaken(desk, files, ssl.TLSVersion[version]) as line:
        cipher = line.cipher()
        assert cipher is not None
        assert cipher[0].startswith("ECDHE-" if version == "TLSv1_2" else "TLS_")
        assert "GCM" in cipher[0] or "CHACHA20" in cipher[0]


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_older_tls_is_refused(desk: LiveDesk, files: Files, version: str) -> None:
    # The server's own doing, by an alert or by hanging up: a client that cannot speak a version
    # says so by another error, and the same client comes in by TLS 1.2.
    refused = "ALERT_PROTOCOL_VERSION|EOF occurred|reset by peer"
    with pytest.raises((ssl.SSLError, ConnectionResetError), match=refused):
        shaken(desk, files, ssl.TLSVersion[version])


def test_a_key_that_others_can_read_serves_nobody(files: Files, tmp_path: Path) -> None:
    key = tmp_path / "desk.key"
    key.write_bytes(files.key.read_bytes())
    key.chmod(0o640)
    with pytest.raises(UsageError, match="others can read it"):
        Certificate(files.certificate, key).context()


def test_files_that_do_not_belong_together_are_named(files: Files, tmp_path: Path) -> None:
    key = tmp_path / "other.key"
    key.touch(0o600)
    other = ec.generate_private_key(ec.SECP256R1())
    for content, reason in (
        (private(other), "KEY_VALUES_MISMATCH"),
        (private(other, b"secret"), "passphrase"),
        (b"no key", "in PEM"),
    ):
        key.write_bytes(content)
        with pytest.raises(UsageError, match=reason):
            Certificate(files.certificate, key).context()
    with pytest.raises(UsageError, match="cannot be read"):
        Certificate(tmp_path / "none.pem", files.key).context()
    with pytest.raises(UsageError, match="--tls-key"):
        of_options(files.certificate, None)


def test_it_listens_for_others_with_tls_or_behind_a_proxy(files: Files) -> None:
    app = FastAPI()
    with pytest.raises(UsageError, match="--tls-cert"):
        settings(app, "0.0.0.0", 0, Config(public=True))
    own = Certificate(files.certificate, files.key)
    settings(app, "0.0.0.0", 0, Config("https://desk.example", public=True, certificate=own))
    with pytest.raises(UsageError, match="https"):
        Config(certificate=own)
