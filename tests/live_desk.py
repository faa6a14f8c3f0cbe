"""A desk that runs: made by `stanch init`, started by `stanch serve`, stopped in the end."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

COMMAND = (sys.executable, "-c", "from stanch.cli import main; main()")


@dataclass
class LiveDesk:
    """Where it is, what `init` printed of it, and its administrator's first API key."""

    url: str
    id: str
    key: str
    member: str
    administrator: str
    api_key: str


def api_key(url: str, link: str, *scopes: str, roles: tuple[str, ...] = ()) -> tuple[str, str]:
    """Sign in by a link and make an API key; gives the person's id and the key.

    `roles` are added to what an administrator is, where there is another one to allow it.
    """
    with httpx.Client(base_url=url) as browser:
        opened = browser.post("/v1/sign-in/link", json={"token": link}).raise_for_status()
        csrf = opened.json()["csrf"]
        me = browser.get("/v1/me").raise_for_status().json()
        change = {"X-CSRF-Token": csrf}
        if roles:
            path = f"/v1/people/{me['person']}/roles"
            said = {"roles": [*me["roles"], *roles]}
            browser.put(path, json=said, headers=change).raise_for_status()
        body = {"label": "tests", "scopes": list(scopes), "days": 1}
        made = browser.post("/v1/keys", json=body, headers=change).raise_for_status().json()
        return me["person"], made["token"]


@contextlib.contextmanager
def live_desk(folder: Path) -> Iterator[LiveDesk]:
    """Make one in a new folder and serve it."""
    words = ("--name", "Joint desk", "--member", "FIU", "--country", "KR", "--administrator", "Kim")
    made = subprocess.run(
        [*COMMAND, "init", "--desk", str(folder), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    said = dict(each.split(None, 1) for each in made.stderr.splitlines()[:2])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with (folder.parent / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [*COMMAND, "serve", "--desk", str(folder), "--port", str(port)],
            stdout=log, stderr=log, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    try:
        _wait(url, server, folder.parent / "serve.log")
        scopes = ("read", "cases", "orders", "replies", "screen", "audit", "admin")
        roles = ("analyst", "auditor")
        person, key = api_key(url, made.stdout.strip(), *scopes, roles=roles)
        me = httpx.get(f"{url}/v1/me", headers={"Authorization": f"Bearer {key}"}).json()
        yield LiveDesk(url, said["desk"], said["key"], me["member"]["id"], person, key)
    finally:
        server.terminate()
        server.wait(20)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(f"{url}/v1/health").raise_for_status()
            return
        time.sleep(0.1)
    raise AssertionError(f"the desk did not start: {log.read_text()}")
