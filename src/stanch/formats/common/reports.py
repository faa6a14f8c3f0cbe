"""What a member signs for a desk about a run of private matching: `stanch-common-report@1`.

A tag stands for an indicator that only who holds it can make; nothing in a report names one.
"""

import re
from dataclasses import dataclass
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.common.heads import MOST_MEMBERS
from stanch.formats.signed import jws
from stanch.formats.signed.fields import Fields
from stanch.formats.signed.keys import PrivateKey

REPORT: Final = "stanch-common-report@1"
MOST_TAGS: Final = 1_000

_TAG: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Report:
    """`member` holds what `tags` stand for, by the run `run` of `members`, which told what at
    least `k` of them hold. Tags are 16 bytes in hex, in the order of the alphabet.
    """

    desk: str
    run: str
    member: str
    members: tuple[str, ...]
    k: int
    at: str
    tags: tuple[str, ...]


def sign_report(key: PrivateKey, said: Report) -> str:
    """The JWS. Raises SignatureError where a reader would refuse it."""
    payload = {
        "desk": said.desk,
        "run": said.run,
        "member": said.member,
        "members": list(said.members),
        "k": said.k,
        "at": said.at,
        "tags": list(said.tags),
    }
    if report_from(payload) != said:
        raise SignatureError("the report holds what its document cannot say")
    return jws.sign(key, REPORT, payload)


def report_from(payload: object) -> Report:
    """The report in a payload, whose signature is another question. Raises SignatureError."""
    fields = Fields(payload, "report", "desk", "run", "member", "members", "k", "at", "tags")
    members = fields.ids("members", MOST_MEMBERS)
    said = Report(
        desk=fields.id("desk"),
        run=fields.id("run"),
        member=fields.id("member"),
        members=members,
        k=fields.number("k", 2, MOST_MEMBERS),
        at=fields.time("at"),
        tags=fields.texts("tags", MOST_TAGS),
    )
    fields.ordered("tags", said.tags)
    if not said.tags or not all(map(_TAG.fullmatch, said.tags)):
        raise fields.fail("tags", "must hold one or more, each of 32 hex digits")
    if said.member not in members or not said.k <= len(members):
        raise fields.fail("members", "does not name who reports, or fewer than k")
    return said
