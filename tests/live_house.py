"""A desk whose people come in from a terminal: a founding government and an exchange, signed in.

All of it by `stanch` itself, from the link that `stanch init` prints.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cli.test_key import run
from tests.live_desk import LiveDesk, live_desk


@dataclass
class House:
    """`chief` and `upbeat` are files of sessions: of the government's and the exchange's
    administrators.
    """

    desk: LiveDesk
    folder: Path
    chief: Path
    upbeat: Path

    def said(self, who: Path, *words: object) -> str:
        """What a verb prints for somebody; what is refused is an error here."""
        done = run(*words, env={"STANCH_SESSION": str(who), "STANCH_SERVER": self.desk.url})
        assert done.exit_code == 0, done.exception
        return done.output.strip()

    def sign_in(self, link: Path, name: str) -> Path:
        """Open a session with a link in a file."""
        session = self.folder / f"{name}.session"
        self.said(session, "session", "open", "--link-file", link)
        return session


@contextmanager
def live_house(folder: Path, *more: str) -> Iterator[House]:
    """Serve it, with more options of `stanch serve`; who agrees to a webhook need not have been
    there for a day.
    """
    with live_desk(folder / "desk", "--settled", "0", *more) as desk:
        house = House(desk, folder, folder / "chief.session", folder / "upbeat.session")
        (folder / "chief.link").write_text(f"{desk.link}\n")
        house.sign_in(folder / "chief.link", "chief")
        made = ("member", "add", "Upbeat", "--kind", "exchange", "--country", "KR")
        assert house.said(house.chief, *made) == "mem-upbeat"
        link = folder / "upbeat.link"
        house.said(house.chief, "member", "first", "mem-upbeat", "Song Mina", "--out", link)
        house.sign_in(link, "upbeat")
        yield house
