"""People at a running desk who act by the command line alone."""

import contextlib
import io
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from stanch.cli import main
from tests.cli.test_key import WORDS, run
from tests.live_world import World

THIEF = "eip155:1:0x" + "a1" * 20
MULE = "eip155:1:0x" + "b1" * 20
ETHER = "eip155:1/slip44:60"


@dataclass
class AtDesk:
    """The people of a world, by their names there; files are written to `folder`.

    They come with their keys or, `in_session`, signed in.
    """

    world: World
    folder: Path
    in_session: bool = False

    def say(self, who: str, *words: object) -> str:
        """What a verb prints for somebody; it must work."""
        with self.reached(who):
            done = run(*words)
        assert done.exit_code == 0, done.exception or done.output
        return str(done.output).strip()

    def data(self, who: str, *words: object) -> Any:
        """What a verb says to machines."""
        return json.loads(self.say(who, *words, "--json"))

    def refused(self, who: str, *words: object) -> str:
        """The one line that a verb ends in which must not work."""
        told = io.StringIO()
        with self.reached(who), contextlib.redirect_stderr(told), pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        assert end.value.code in (1, 2)
        line, rest = told.getvalue().split("\n", 1)
        assert (line[:8], rest) == ("stanch: ", ""), told.getvalue()
        return line[8:]

    def order_file(self, **more: object) -> Path:
        """A file with what an order is to be, in a case of its own where none is named."""
        said: dict[str, object] = {
            "kind": "hold",
            "targets": [{"account": THIEF}],
            "legal_reference": "전자금융거래법 12",
            "expires": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
            "addressees": {"members": ["mem-upbeat"]},
            "release": ["mem-japan"],
            **more,
        }
        said["case"] = said.get("case") or self.say("kr", "case", "open", "Theft")
        (self.folder / "draft.json").write_text(json.dumps(said))
        return self.folder / "draft.json"

    def drafted(self, **more: object) -> str:
        """The id of a new draft of Korea's."""
        return self.say("kr", "order", "draft", self.order_file(**more))

    def signed(self, who: str, order: str, say: str, *more: object) -> str:
        """Fetch the order, sign a statement about it beside the desk, hand it in."""
        person, out = self.world.people[who], self.folder / f"{who}-{say}.jws"
        out.unlink(missing_ok=True)
        key, words = self.folder / f"{who}.pem", self.folder / "words"
        words.write_text(WORDS)
        key.write_text(person.key.to_pem(WORDS))
        key.chmod(0o600)
        self.say(who, "order", "document", order, "--out", self.folder / "order.json")
        self.say(
            who, "sign", self.folder / "order.json", "--say", say, "--key", key, "--person",
            person.id, "--member", person.member, "--out", out, "--yes", "--passphrase-file", words,
            *more,
        )  # fmt: skip
        return self.say(who, "order", "send", order, out)

    def in_force(self, **more: object) -> str:
        """An order that Korea proposed and Japan concurred in."""
        order = self.drafted(**more)
        assert self.signed("kr", order, "propose") == "taken; the order is proposed"
        assert self.signed("jp", order, "concur") == "taken; the order is in force"
        return order

    def reached(self, who: str) -> contextlib.AbstractContextManager[Any]:
        """The environment of somebody's terminal."""
        person, there = self.world.people[who], {"STANCH_SERVER": self.world.desk.url}
        if self.in_session:
            there |= {"STANCH_SESSION": str(self.session(who)), "STANCH_API_KEY": ""}
        else:
            there["STANCH_API_KEY"] = person.api_key
        return patch.dict(os.environ, there)

    def session(self, who: str) -> Path:
        """A file with somebody's session, as `stanch session open` writes it."""
        file = self.folder / f"{who}.session"
        if not file.exists():
            file.touch(0o600)
            file.write_bytes(self.world.people[who].session.text())
        return file
