"""Bundles as a desk would make them, with the log that proves them, over the tiny desk's keys."""

from dataclasses import dataclass, field

from stanch.client.trust import Pin
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import Bundle, statement_digest, write_bundle
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.log_proof import proof_document
from stanch.model.desk import merkle
from stanch.model.desk.canonical import canonical
from stanch.model.desk.directory import Version
from stanch.model.desk.orders import Order
from tests.formats.signed.tiny import FIRST, ORDER, PIN

DESK, STRANGER = PrivateKey.from_seed(b"d" * 32), PrivateKey.from_seed(b"s" * 32)
MINE = Pin(PIN, DESK.public.text, "ex")


@dataclass
class Log:
    """A desk's log of statements, kept whole in memory."""

    rows: list[dict[str, object]] = field(default_factory=list)

    def take(self, subject: str, at: str, verb: str = "statement.taken") -> None:
        said = {"said": {}, "subject": subject, "verb": verb, "person": "p", "member": "m"}
        self.rows.append({"n": len(self.rows) + 1, "at": at, **said})

    def lookup(self, level: int, place: int) -> bytes:
        if level == 0:
            return merkle.leaf_hash(canonical(self.rows[place]))
        left, right = (self.lookup(level - 1, 2 * place + each) for each in (0, 1))
        return merkle.node_hash(left, right)

    def head(self, key: PrivateKey = DESK, **changed: object) -> str:
        size = len(self.rows)
        root = f"sha256:{merkle.root(0, size, self.lookup).hex()}"
        said = {"desk": "desk", "size": size, "root": root, "at": "2026-11-26T12:00:00Z"}
        return jws.sign(key, jws.HEAD, {**said, **changed})

    def since(self, first: int) -> list[str]:
        proof = merkle.consistency_proof(first, len(self.rows), self.lookup)
        return [f"sha256:{each.hex()}" for each in proof]

    def proof(self, *subjects: str) -> list[dict[str, object]]:
        size = len(self.rows)
        return proof_document(
            (row, merkle.inclusion_proof(place, size, self.lookup))
            for place, row in enumerate(self.rows)
            if row["subject"] in subjects
        )


def log_of(*statements: str, at: str = "2026-11-26T12:00:01Z") -> Log:
    log = Log()
    log.take("case_1", at, "case.opened")
    for each in statements:
        log.take(statement_digest(each), at)
    return log


def made(
    *statements: str, order: Order = ORDER, later: tuple[Version, ...] = (), log: Log | None = None
) -> bytes:
    log = log or log_of(*statements)
    proof = log.proof(*map(statement_digest, statements))
    versions = (Version(FIRST), *later)
    return write_bundle(Bundle(order, statements, versions, log.head(), proof))
