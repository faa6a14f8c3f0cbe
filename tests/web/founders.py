"""Two founding governments and an exchange, with offline keys and a first directory in force."""

from dataclasses import dataclass, field, replace

from stanch.formats.signed.directory import sign_directory
from stanch.formats.signed.keys import PrivateKey
from stanch.members import organisations
from stanch.members.organisations import NewMember
from stanch.model.desk.directory import Directory, MemberKey
from stanch.model.desk.people import MemberKind
from tests.members.signing import Offline, hand_in
from tests.web.conftest import World

JAPAN = "mem-japan"


@dataclass
class Founders:
    """The keys that no desk has, and the directory that they signed."""

    keys: Offline
    first: Directory
    japan: PrivateKey = field(default_factory=PrivateKey.generate)

    @classmethod
    def of(cls, world: World) -> "Founders":
        """Japan joins, and the first directory is handed in."""
        chief = world.house.chief
        with world.desk.database.write() as tx:
            organisations.add(tx, chief, NewMember("Japan", "government", "JP", founding=True))
        keys, japan = Offline(world.desk.id), PrivateKey.generate()
        second = MemberKey(JAPAN, "Japan", MemberKind.GOVERNMENT, "JP", True, japan.public.text)
        plain = keys.first()
        members = tuple(sorted((*plain.members, second), key=lambda each: each.id))
        first = replace(plain, members=members, threshold=2)
        hand_in(world.house, chief, first, keys.korea, japan)
        return cls(keys, first, japan)

    def signed(self, said: Directory) -> list[str]:
        """The signatures that a version needs."""
        return [sign_directory(key, said) for key in (self.keys.korea, self.japan)]
