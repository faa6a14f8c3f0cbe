"""The file of a paper, and the designation that it may be: for those who may see the paper, and no
more of it than the paper's own marking allows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from stanch.app.designation import rules
from stanch.app.desk.bodies import reader
from stanch.app.desk.desk import Desk
from stanch.body import items
from stanch.errors import NotFoundError
from stanch.formats.designation.keys import Faults
from stanch.formats.designation.reading import read
from stanch.model.designation import Designation, copy_for
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.model.registry.incident import Incident
from stanch.store.desk.seated import Reader

ENDING: Final = ".toml"  # of a designation file
# Stands in every designation file, in one with a fault too.
_SIGN: Final = b"stanch-designation@"
_PARTS: Final = ("subjects", "wallets", "sources", "statements")
# The author's registry need not be the desk's: an incident that is not in it is cited by its id.
_ELSEWHERE: Final = "incident"


def handed_out(desk: Desk, caller: Caller, paper: str) -> tuple[str, bytes]:
    """The name and the bytes of a paper's file. A designation file in which something is narrower
    than the paper, or that cannot be read, is for its owner alone: others are told the copy.

    Raises NotFoundError.
    """
    with desk.database.read() as connection:
        found = items.read_file(connection, reader(desk, caller), paper)
    if found.owner != caller.member.id and not _whole(found):
        raise NotFoundError(f"no paper {paper} with a file")
    return found.name, found.content


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader can do with a paper's file: read it as a proposed designation, save it."""

    proposed: bool
    handed_out: bool


def standings(
    desk: Desk, caller: Caller, papers: Iterable[Mapping[str, Any]]
) -> dict[str, Standing]:
    """Of papers that the caller may see, by id, those with a file. One that ends as a designation
    file does, and is none, is a file as any other.
    """
    with_files = [each for each in papers if "name" in each]
    if not with_files:
        return {}
    by = reader(desk, caller)
    with desk.database.read() as connection:
        return {each["id"]: _standing(connection, by, each) for each in with_files}


def _standing(connection: Connection, by: Reader, paper: Mapping[str, Any]) -> Standing:
    if not paper["name"].endswith(ENDING):
        return Standing(proposed=False, handed_out=True)
    found = items.read_file(connection, by, paper["id"])
    own = found.owner == by.caller.member.id
    return Standing(_SIGN in found.content, own or _whole(found))


def told(
    name: str, data: bytes, level: Marking, incidents: Mapping[str, Incident]
) -> tuple[Designation | None, str]:
    """A designation file as readers of a level may see it; or None, and why nobody is told it. With
    a fault it is told to nobody: a fault may be a text that names what is narrower than it.
    """
    got = read(name, data)
    faults = Faults(name, list(got.faults))
    if got.designation is not None:
        rules.check(got.designation, incidents, faults)
    grave = [each for each in faults.found if not each.notice and each.rule != _ELSEWHERE]
    if got.designation is None or grave:
        return None, f"{name} has a fault, which `stanch designation check` names: lay a mended one"
    try:
        return copy_for(got.designation, level), ""
    except ValueError:
        return None, f"not even the cover of {name} is for the readers of this paper"


def _whole(found: items.PaperFile) -> bool:
    """Whether readers of the paper may see all that stands in its file."""
    if _SIGN not in found.content:
        return True
    whole = read(found.name, found.content).designation
    if whole is None:
        return False
    try:
        copy = copy_for(whole, found.marking)
    except ValueError:
        return False
    return all(getattr(copy, part) == getattr(whole, part) for part in _PARTS)
