"""A small bundle of evidence made by hand, to change one thing of it and see that it is noticed."""

import hashlib
import io
from dataclasses import dataclass, field, replace

from tests.formats.signed.tiny import FIRST, PIN, certificate, key

from stanch.formats.evidence import archive, layout
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.custody import Act, Entry, sign_entry
from stanch.formats.evidence.proof import Proved, prove
from stanch.formats.evidence.stamp import stamp_document
from stanch.formats.evidence.statement import Evidence, Listed, sign_evidence
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import version_document
from stanch.formats.signed.canonical import canonical, digest
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk import merkle
from stanch.model.desk.directory import Version

DESK_KEY = key("desk")
AT = "2026-11-26T12:00:00.000000Z"
LATER = "2026-11-26T13:00:00.000000Z"
PDF = b"%PDF of the receipt"
MANIFEST = b'{"format":"stanch-trace@1"}'
ITEMS = (
    {"id": "item-1", "kind": "note", "owner": "kr", "marking": "TLP:AMBER", "created": AT,
     "body": {"text": "Seen at 12:00."}},
    {"id": "item-2", "kind": "file", "owner": "kr", "marking": "TLP:AMBER", "created": AT,
     "body": {"name": "receipt.pdf", "size": len(PDF),
              "sha256": hashlib.sha256(PDF).hexdigest()}},
    {"id": "item-3", "kind": "trace", "owner": "kr", "marking": "TLP:GREEN", "created": AT,
     "body": {"manifest": digest(MANIFEST)}},
)  # fmt: skip


@dataclass
class Log:
    """A log of one desk: entries, and the signed head over them."""

    rows: list[dict] = field(default_factory=list)

    def add(self, verb: str, subject: str, said: dict) -> dict:
        row = {"at": AT, "member": "kr", "n": len(self.rows) + 1, "person": "kr1", "said": said,
               "subject": subject, "verb": verb}  # fmt: skip
        self.rows.append(row)
        return row

    def head(self, by: PrivateKey = DESK_KEY) -> str:
        said = {"desk": "desk", "size": len(self.rows), "root": f"sha256:{self._root().hex()}",
                "at": AT}  # fmt: skip
        return jws.sign(by, jws.HEAD, said)

    def path(self, row: dict) -> list[bytes]:
        return merkle.inclusion_proof(row["n"] - 1, len(self.rows), self._node)

    def _node(self, level: int, place: int) -> bytes:
        if level == 0:
            return merkle.leaf_hash(canonical(self.rows[place]))
        return merkle.node_hash(
            self._node(level - 1, 2 * place), self._node(level - 1, 2 * place + 1)
        )

    def _root(self) -> bytes:
        return merkle.root(0, len(self.rows), self._node)


def entry(evidence: str, /, **changed: object) -> Entry:
    """Korea hands it to Japan."""
    text = approver_certificate(key("kr"), certificate("kr1"))
    plain = Entry(evidence, 1, None, Act.HANDED, "kr", "jp", "desk", "kr1", AT, text)
    return replace(plain, **changed)


def case_document(**changed: object) -> dict:
    return {
        "format": "stanch-evidence-case@1",
        "case": {"id": "case-1", "title": "Theft"},
        "items": list(ITEMS),
        "judgements": [],
        **changed,
    }


def bundle(**changed: object) -> dict[str, bytes]:
    """The files of a bundle that holds, by their names; `changed` are parts of the evidence."""
    files = {
        layout.CASE: canonical(case_document()),
        layout.file("item-2"): PDF,
        layout.trace("item-3", "manifest.json"): MANIFEST,
    }
    log, salt = Log(), "5a" * 32
    for each in ITEMS:
        text = canonical(each["body"])
        sealed = hashlib.sha256(bytes.fromhex(salt) + text).hexdigest()
        log.add("item.added", each["id"], {"body": f"sha256:{sealed}"})
    openings = [
        {"row": row, "path": [f"sha256:{one.hex()}" for one in log.path(row)],
         "opening": {"salt": salt, "text": canonical(item["body"]).decode()}}
        for row, item in zip(list(log.rows), ITEMS, strict=True)
    ]  # fmt: skip
    files[layout.LOG] = canonical(
        {"format": "stanch-evidence-log@1", "head": log.head(), "entries": openings}
    )
    listed = tuple(
        Listed(name, len(files[name]), hashlib.sha256(files[name]).hexdigest())
        for name in sorted(files)
    )
    said = Evidence("desk", "case-1", "kr", "kr1", PIN, AT, listed)
    evidence = sign_evidence(key("kr1"), replace(said, **changed))
    name = digest(evidence.encode())
    handed = sign_entry(key("kr1"), entry(name))
    files |= {
        layout.EVIDENCE: evidence.encode(),
        layout.DIRECTORY: canonical([version_document(Version(FIRST))]),
        layout.custody(1): handed.encode(),
        layout.stamp(name): stamp(evidence, "evidence.signed"),
    }
    return files


def stamp(text: str, verb: str, by: PrivateKey = DESK_KEY) -> bytes:
    log = Log()
    log.add("case.opened", "case-1", {})
    row = log.add(verb, digest(text.encode()), {})
    return canonical(stamp_document(log.head(by), row, log.path(row)))


def digest_of(files: dict[str, bytes]) -> str:
    return digest(files[layout.EVIDENCE])


def opened(files: dict[str, bytes]) -> Archive:
    stream = io.BytesIO()
    archive.write(stream, files)
    return Archive(stream)


def proved(files: dict[str, bytes], *keys: PrivateKey, pins: tuple[str, ...] = (PIN,)) -> Proved:
    return prove(opened(files), pins, [each.public for each in keys])
