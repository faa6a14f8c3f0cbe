"""docs/orders.md followed line by line at a running desk: the life of one order, by the command
line alone, and what `stanch order show` says of each state.
"""

import json
import re
import shlex
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from stanch.app.desk.desk import opened
from stanch.app.desk.rounds import pass_time
from tests.cli.at_desk import AtDesk
from tests.cli.test_key import WORDS, run
from tests.docs.fences import ROOT, blocks
from tests.live_world import live_world

PAGE = ROOT / "docs" / "orders.md"
WHO = {"kim": "kr", "lee": "kr2", "sato": "jp", "upbeat": "upbeat"}
FILES = {block.file: block.text for block in blocks(PAGE) if block.file}
FIRST, SECOND = (each["account"] for each in json.loads(FILES["order.json"])["targets"])
ETHER = "2000000000000000000 of eip155:1/slip44:60"


@dataclass
class Reader:
    """Somebody who types what the page says, section by section, and looks between."""

    desk: AtDesk
    known: dict[str, str] = field(default_factory=dict)

    def type(self, section: str) -> None:
        """The commands below a heading of the page."""
        page = PAGE.read_text(encoding="utf-8")
        below = page.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
        commands = re.findall(r"^```sh\n(.*?)^```$", below, re.MULTILINE | re.DOTALL)
        assert commands, section
        for line in "".join(commands).replace("\\\n", " ").splitlines():
            name, command = re.fullmatch(r"(?:(\w+)=\$\()?stanch (.*?)\)?", line).groups()
            words = [re.sub(r"\$(\w+)", lambda at: self.known[at[1]], each)
                     for each in shlex.split(command)]  # fmt: skip
            if words[0] == "sign":
                words += ["--yes", "--passphrase-file", "words"]
            done = run(*words)
            assert done.exit_code == 0, (line, done.output, done.exception)
            if name:
                self.known[name] = done.output.strip()

    def shown(self, who: str = "kr") -> str:
        return self.desk.say(who, "order", "show", self.known["order"])

    def json(self) -> dict[str, object]:
        return self.desk.data("kr", "order", "show", self.known["order"])


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Keys and files as the page has them, in a folder of their own."""
    with live_world(tmp_path) as world:
        monkeypatch.chdir(tmp_path)
        there = {"SERVER": world.desk.url, "PIN": world.pin, "DESK_KEY": world.desk.key}
        for name, value in {**there, "MEMBER": "mem-upbeat"}.items():
            monkeypatch.setenv(f"STANCH_{name}", value)
        desk = AtDesk(world, tmp_path)
        (tmp_path / "words").write_text(WORDS)
        for name, who in WHO.items():
            person = world.people[who]
            (tmp_path / f"{name}.pem").write_text(person.key.to_pem(WORDS))
            (tmp_path / f"{name}.key").write_text(person.api_key)
            for kind in ("pem", "key"):
                (tmp_path / f"{name}.{kind}").chmod(0o600)
        _issuer(desk)
        case = desk.say("kr", "case", "open", "Theft at Upbeat", "--release", "mem-japan")
        until = (datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for name, text in FILES.items():
            said = text.replace("case-0123456789abcdef", case)
            (tmp_path / name).write_text(said.replace("2027-02-26T12:00:00Z", until))
        ids = {name.upper(): world.people[who].id for name, who in WHO.items()}
        yield Reader(desk, ids)


def _issuer(desk):
    """An issuer of a token, whose first administrator signs in and is an analyst too."""
    desk.in_session = True
    desk.say("kr", "member", "add", "Coin", "--kind", "issuer", "--country", "KR")
    link, session = desk.folder / "coin.link", desk.folder / "coin.session"
    desk.say("kr", "member", "first", "mem-coin", "Vega", "--out", link)
    desk.in_session = False
    opened = run("session", "open", "--link-file", link, "--session", session, "--json")
    me, roles = json.loads(opened.stdout)["person"], ("--role", "administrator", "--role")
    assert run("person", "roles", me, *roles, "analyst", "--session", session).exit_code == 0


def test_the_life_of_an_order(reader):
    reader.type("Draft")
    shown = reader.shown()
    assert shown.startswith(f"order {reader.known['order']}, version 2, of desk ")
    assert "\nstate: draft; nobody has signed it, and it asks nobody for anything\n" in shown
    assert f"  {FIRST}: 3000000000000000000 of the smallest unit of eip155:1/slip44:60\n" in shown
    assert f"  {SECOND}: all of whatever is there\n" in shown
    assert reader.desk.refused("upbeat", "order", "show", reader.known["order"]) == (
        f"no order {reader.known['order']}"
    )

    reader.type("Sign")
    shown = reader.shown("upbeat")
    assert "\nstate: in force; sent to its addressees\n" in shown
    assert f"  propose: {reader.known['KIM']} of mem-fiu, " in shown
    assert f"  concur: {reader.known['SATO']} of mem-japan, " in shown
    assert "\naddressees\n  mem-upbeat: queued, due " in shown
    assert "\nlegal effect\n  KR: requested since " in shown

    reader.type("Addressees")
    shown = reader.shown()
    assert re.search(r"  mem-upbeat: delivered 20\S+, acknowledged 20\S+, answered 20\S+\n", shown)
    assert f": held {ETHER}, {FIRST}\n" in shown
    asked = "asked 3000000000000000000 of eip155:1/slip44:60"
    assert f"\nheld\n  {FIRST}: {asked}; held {ETHER}\n" in shown

    reader.type("Issuers of tokens")
    freeze = reader.known["freeze"]
    shown = reader.desk.say("kr", "order", "show", freeze)
    assert "\nheld\n  closed: 1 of 1 targets proved frozen\n" in shown
    assert "  proved by AddedBlackList(address): transaction 0x5c5c" in shown
    assert re.search(r"\n  mem-coin: delivered \S+, acknowledged \S+, answered \S+\n", shown)
    assert reader.desk.data("kr", "order", "show", freeze)["closed"] is True

    reader.type("In the law of each country")
    assert re.search(
        r"\nlegal effect\n  KR: binding since \S+, 'Seoul Central District Court 2026-1'$",
        reader.shown(),
    )

    reader.type("After the hold")
    assert (
        f"\nafter the hold\n  seizure at 2026-11-01T09:00:00Z, {ETHER}, court 'Seoul Central "
        "District Court', reference '2026-77', as mem-fiu says"
    ) in reader.shown()

    reader.type("Who was blocked wrongly")
    review = reader.known["review"]
    assert f"\nreviews\n  {review}: asked for by mem-upbeat at 20" in reader.shown("upbeat")
    assert re.search(rf"  {review}: .*; upheld at 20\S+Z$", reader.shown())
    assert reader.json()["state"] == "in_force"  # to uphold it frees nothing

    reader.type("Release")
    shown = reader.shown()
    assert "\nstate: in force" in shown
    assert "  released, if nobody takes it back, 20" in shown
    assert f"  release: {reader.known['LEE']} of mem-fiu, " in shown

    hours = timedelta(hours=25)  # a day of cooling goes by
    with opened(reader.desk.folder / "desk", None, lambda: datetime.now(UTC) + hours) as there:
        assert pass_time(there) == 1
    shown = reader.shown("upbeat")
    assert "\nstate: released; it holds nothing any more\n" in shown
    assert "if nobody takes it back" not in shown
    assert f"  {FIRST}: {asked}; held {ETHER}\n    no more since 20" in shown
    assert "\n  KR: lifted since " in shown
    assert reader.desk.refused(
        "kr", "order", "effect", reader.known["order"], "--to", "refused"
    ) == ("lifted cannot become refused; it can become: nothing")
