"""Members of a tiny desk who match in private: a home each, real keys, and a clock to set."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from stanch.app.common import ahead, counts, match, prepared, preparing, rings
from stanch.app.common.files import Signing
from stanch.app.common.place import Place, Policy, join
from stanch.app.signing.documents import write_version
from stanch.app.signing.key_files import KeyFile
from stanch.formats.signed.directory import directory_hash
from stanch.formats.signed.fields import moment, stamp
from stanch.model.desk.directory import Directory, MemberKey, Version
from stanch.model.desk.people import MemberKind
from tests.cli.test_key import WORDS, put
from tests.formats.signed.tiny import DAY, FIRST, key

LOOSE = Policy(least=2, ratio=20, change=2, pause=30)


def silent(_what: str, _done: int, _total: int) -> None:
    pass


class Parties:
    """Files go through `folder`, as they would by mail."""

    def __init__(self, folder: Path, policy: Policy = LOOSE, directory: Directory = FIRST) -> None:
        self.folder, self.policy, self.now = folder, policy, DAY
        self.pin, self.directory = directory_hash(directory), folder / "directory-1.json"
        self.names = [each.id for each in directory.members]
        write_version(self.directory, Version(directory))
        self.count = 0

    def later(self, **by: int) -> None:
        self.now = stamp(moment(self.now) + timedelta(**by))

    def home(self, member: str) -> Path:
        return self.folder / f"home-{member}"

    def place(self, member: str) -> Place:
        home = self.home(member)
        if not home.exists():
            join(home, member, self.pin, self.policy, [self.directory])
        return replace(Place.open(home), clock=lambda: self.now)

    def new(self, what: str) -> Path:
        self.count += 1
        return self.folder / f"{self.count}-{what}"

    def signing(self, member: str, what: str) -> Signing:
        pem = self.folder / f"{member}.pem"
        if not pem.exists():
            put(pem, member)
        return Signing(KeyFile(pem, WORDS), self.new(what))

    def prepare(self, member: str, items, name: str = "all") -> preparing.Made:
        file = self.new("indicators.txt")
        file.write_text("".join(f"{each}\n" for each in items))
        return preparing.prepare(self.place(member), file, name, silent)

    def ahead(self, member: str, name: str = "all") -> bool:
        there = self.place(member)
        return ahead.make_ahead(there, prepared.chosen(there, name), silent)

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

    def plan(self, teller: str, members, k: int) -> Path:
        sign = self.signing(teller, "plan")
        return rings.plan(self.place(teller), members, k, sign).file

    def hand_on(self, member: str, file: Path, name: str | None = None) -> Path:
        sign = self.signing(member, "step")
        return rings.hand_on(self.place(member), file, name, sign, silent).sent.file

    def around(self, file: Path, members) -> Path:
        for member in members:
            file = self.hand_on(member, file, "all")
        for member in members[:-1]:
            file = self.hand_on(member, file)
        return file

    def counted(self, teller: str, file: Path) -> counts.Counted:
        return counts.count(self.place(teller), file, self.signing(teller, "counts"))

    def unmixed(self, member: str, file: Path) -> Path:
        return counts.unmix(self.place(member), file, self.signing(member, "unmixed"))[1].file

    def told(self, member: str, file: Path) -> set[str]:
        return learned(counts.told(self.place(member), file, self.new("told.csv")).out)

    def ring(self, teller: str, members, k: int) -> dict[str, set[str]]:
        """What each member is told, all the way."""
        done = self.counted(teller, self.around(self.plan(teller, members, k), members))
        found = {}
        for member in members:
            file = done.folder / f"{member}.bin"
            if member == teller:
                file = self.unmixed(done.to[member], file)
            found[member] = self.told(member, file)
        return found


def desk_of(count: int) -> Directory:
    """A directory of so many governments, m0 and so on, each with a key of its own."""
    members = tuple(
        MemberKey(name, name.upper(), MemberKind.GOVERNMENT, "KR", True, key(name).public.text)
        for name in (f"m{at}" for at in range(count))
    )
    return replace(FIRST, members=members, approvers=())


def learned(file: Path) -> set[str]:
    """The indicators in a table of results."""
    first, *rest = file.read_text().splitlines()
    assert first == "kind,indicator"
    return {each.partition(",")[2] for each in rest}


def people(*numbers: int) -> list[str]:
    return [f"mule{each}@mail.example" for each in numbers]
