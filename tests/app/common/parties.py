"""Members of a tiny desk who match in private: a home each, real keys, and a clock to set."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from stanch.app.common import match, prepared
from stanch.app.common.files import Signing
from stanch.app.common.place import Place, Policy, join
from stanch.app.signing.documents import write_version
from stanch.app.signing.key_files import KeyFile
from stanch.formats.signed.fields import moment, stamp
from stanch.model.desk.directory import Version
from tests.cli.test_key import WORDS, put
from tests.formats.signed.tiny import DAY, FIRST, PIN

LOOSE = Policy(least=2, ratio=20, change=2, pause=30)


def silent(_what: str, _done: int, _total: int) -> None:
    pass


class Parties:
    """Files go through `folder`, as they would by mail."""

    def __init__(self, folder: Path, policy: Policy = LOOSE) -> None:
        self.folder, self.policy, self.now = folder, policy, DAY
        self.directory = folder / "directory-1.json"
        write_version(self.directory, Version(FIRST))
        self.count = 0

    def later(self, **by: int) -> None:
        self.now = stamp(moment(self.now) + timedelta(**by))

    def home(self, member: str) -> Path:
        return self.folder / f"home-{member}"

    def place(self, member: str) -> Place:
        home = self.home(member)
        if not home.exists():
            join(home, member, PIN, self.policy, [self.directory])
        return replace(Place.open(home), clock=lambda: self.now)

    def new(self, what: str) -> Path:
        self.count += 1
        return self.folder / f"{self.count}-{what}"

    def signing(self, member: str, what: str) -> Signing:
        pem = self.folder / f"{member}.pem"
        if not pem.exists():
            put(pem, member)
        return Signing(KeyFile(pem, WORDS), self.new(what))

    def prepare(self, member: str, items, name: str = "all") -> prepared.Made:
        file = self.new("indicators.txt")
        file.write_text("".join(f"{each}\n" for each in items))
        return prepared.prepare(self.place(member), file, name, silent)

    def invite(self, asker: str, holder: str, learns: str = "both", name: str = "all") -> Path:
        sign = self.signing(asker, "request")
        return match.invite(self.place(asker), name, holder, learns, sign).file

    def answer(self, holder: str, request: Path, name: str = "all") -> Path:
        sign = self.signing(holder, "answer")
        return match.answer(self.place(holder), request, name, sign, silent)[1].file

    def finish(self, asker: str, answer: Path, learns: str = "both") -> tuple[Path, Path | None]:
        reply = self.signing(asker, "claim") if learns == "both" else None
        done = match.finish(self.place(asker), answer, self.new("learned.csv"), reply, silent)
        return done.out, done.reply.file if done.reply else None

    def confirm(self, holder: str, claim: Path) -> Path:
        return match.confirm(self.place(holder), claim, self.new("confirmed.csv")).out


def learned(file: Path) -> set[str]:
    """The indicators in a table of results."""
    first, *rest = file.read_text().splitlines()
    assert first == "kind,indicator"
    return {each.partition(",")[2] for each in rest}


def people(*numbers: int) -> list[str]:
    return [f"mule{each}@mail.example" for each in numbers]
