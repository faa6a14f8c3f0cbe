"""What the maker of a bundle signs: `stanch-evidence@1`, every file with its length and hash."""

from dataclasses import dataclass
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.evidence.archive import MOST_BYTES, MOST_FILES
from stanch.formats.signed import jws
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PrivateKey

EVIDENCE: Final = "stanch-evidence@1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the bundle; `sha256` in hex."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody vouches for: these files are what `case` held at `desk`, at that time.

    `directory` is the hash of the version under which the key counts; `person` is empty where the
    member's own key signs.
    """

    desk: str
    case: str
    member: str
    person: str
    directory: str
    at: str
    files: tuple[Listed, ...]


def sign_evidence(key: PrivateKey, said: Evidence) -> str:
    """The JWS. Raises SignatureError where a reader would refuse it."""
    payload = {
        "desk": said.desk,
        "case": said.case,
        "member": said.member,
        "person": said.person,
        "directory": said.directory,
        "at": said.at,
        "files": [
            {"path": each.path, "size": each.size, "sha256": each.sha256} for each in said.files
        ],
    }
    if evidence_from(payload) != said:
        raise SignatureError("the evidence holds what its document cannot say")
    return jws.sign(key, EVIDENCE, payload)


def evidence_from(payload: object) -> Evidence:
    """What a payload says; its signature is another question. Raises SignatureError."""
    fields = Fields(
        payload, "evidence", "desk", "case", "member", "person", "directory", "at", "files"
    )
    files = tuple(map(_listed, fields.parts("files", MOST_FILES)))
    if [each.path for each in files] != sorted({each.path for each in files}):
        raise fields.fail("files", "are not in the order of their paths, or name one twice")
    return Evidence(
        desk=fields.id("desk"),
        case=fields.id("case"),
        member=fields.id("member"),
        person=fields.text("person", 0, 128),
        directory=fields.digest("directory"),
        at=fields.time("at"),
        files=files,
    )


def _listed(value: object) -> Listed:
    fields = Fields(value, "file", "path", "size", "sha256")
    sha256 = fields.text("sha256", 64, 64)
    if set(sha256) - set("0123456789abcdef"):
        raise fields.fail("sha256", "is no hash")
    return Listed(fields.text("path", 1, 400), fields.number("size", 0, MOST_BYTES), sha256)
