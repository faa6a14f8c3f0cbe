"""A browser that speaks ASGI, and a real Chromium before a desk that really serves."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from stanch.app.desk.desk import NewDesk, create, opened
from stanch.app.screen import Screen
from stanch.web.config import Config
from stanch.web.server import create as app_over
from stanch.web.server import settings
from tests.app.designation.test_crosscheck import HAN, home_with
from tests.conftest import ROOT
from tests.members.house import House
from tests.web.conftest import NO_HURRY
from tests.web.pages.frozen import frozen
from tests.web.pages.hold import Hands
from tests.web.pages.seeds import Sown, sow

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class Live:
    """A desk that serves at `url`, what was sown in it, and links for people to come in by."""

    url: str
    house: House
    sown: Sown
    hands: Hands
    draft: str  # an order that nobody has signed
    held: str  # one in force, with every kind of answer and a release that is begun
    frozen: str  # one to an issuer, half of it proved

    def link(self, *roles: str) -> str:
        """A link's token of a new person of the founding government."""
        return self.house.link(self.house.chief, self.house.person(self.house.chief, *roles))


@dataclass
class Window:
    """A Chromium of its own, and all that it asked for and complained of."""

    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new tab whose requests and errors are noted."""
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda said: said.type in ("error", "warning")
                and self.complaints.append(said.text))  # fmt: skip
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; a machine without it fails, for what is not tried is not known to work."""
    found = subprocess.run(
        ["sh", str(ROOT / ".ci" / "chromium")], capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(found.stderr.strip().splitlines()[-1], pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A desk on SQLite, served on a port of this machine."""
    folder = tmp_path_factory.mktemp("pages") / "desk"
    link = create(folder, None, NewDesk("Joint desk", "Korea", "KR", "Ahn", "mem-korea"))
    with opened(folder) as desk, socket.socket() as listening:
        house = House(desk.database, desk.id, None, None)  # type: ignore[arg-type]
        house.chief = house.of_token(house.come_in(link))
        sown = sow(desk, house)
        house.exchange = sown.upbeat
        hands = Hands(desk, house, sown.japan, sown.full)
        hands.certify()
        draft, held, half = hands.draft(), hands.held(), frozen(hands)
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        lists = home_with(tmp_path_factory.mktemp("lists"), HAN)
        Screen.open(lists).name("Nobody")  # compiled now: no page of a test waits for it
        config = Config(origin=url, rate=NO_HURRY, door=NO_HURRY, lists=lists)
        server = settings(app_over(desk, config), "127.0.0.1", port, config)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            _wait(url)
            yield Live(url, house, sown, hands, draft, held, half)
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="module")
def window(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Chromium with a new profile. It ends with the module: its loop would stop other tests'."""
    profile = tmp_path_factory.mktemp("chromium")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium, args=list(FLAGS), headless=True
        )
        yield Window(context)
        context.close()


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{url}/v1/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the desk did not start")
