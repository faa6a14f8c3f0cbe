"""Take a bundle of evidence into a case at one's own desk, once it holds and was received.

What comes in is the importing member's, under the marking that it had and no wider: members on a
release list there are not on one here. Judgements are their makers', and stay in the bundle alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stanch.app.evidence.handing import Handing, receive
from stanch.app.evidence.verifying import opened
from stanch.client.line import Line, named
from stanch.errors import UsageError
from stanch.formats.evidence import layout
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.proof import Proved
from stanch.model.desk.marking import Marking

LARGEST: Final = 25 << 20  # bytes of a file that a desk keeps
_TRACE: Final = 25 << 20
_SAID: Final = ("incident", "tag", "account", "note")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The case into which it came, and how many things."""

    case: str
    items: int
    proved: Proved


def take_in(desk: Line, handing: Handing, case: str | None) -> TakenIn:
    """Receive a bundle, and put what lies in it into a case: a new one, or one of one's own.

    Raises UsageError, SignatureError, RefusedError, and what the desk says.
    """
    proved = receive(desk, handing)
    with opened(handing.out, handing.trust) as (archive, _):
        for each in proved.case.of_kind("file"):
            if archive.size(layout.file(each["id"])) > LARGEST:
                raise UsageError(
                    f"{each['id']}: is longer than {LARGEST >> 20} MiB; no desk keeps it"
                )
        into = case or _opened(desk, proved)
        path = f"/v1/cases/{named(into)}"
        count = sum(_put(desk, path, archive, each) for each in proved.case.items)
        desk.post(f"{path}/items", {"kind": "note", "body": {"text": _came(proved)},
                                    "marking": Marking.STRICT.value, "release": []})  # fmt: skip
        if handing.out.stat().st_size <= LARGEST:
            query: dict[str, Any] = {
                "name": handing.out.name,
                "marking": Marking.STRICT.value,
                "release": [],
            }
            desk.send(f"{path}/files", query, handing.out.read_bytes())
    return TakenIn(into, count, proved)


def _opened(desk: Line, proved: Proved) -> str:
    found = proved.case.case
    body = {"title": found["title"], "reported": found.get("reported"),
            "marking": _marking(found), "release": []}  # fmt: skip
    return str(desk.post("/v1/cases", body)["id"])


def _put(desk: Line, path: str, archive: Archive, item: Mapping[str, Any]) -> int:
    """Put one item into the case; how many that were."""
    marked: dict[str, Any] = {"marking": _marking(item), "release": []}
    kind, body = item["kind"], item["body"]
    if kind == "file":
        content = archive.read(layout.file(item["id"]), LARGEST)
        desk.send(f"{path}/files", {"name": str(body["name"]), **marked}, content)
    elif kind == "trace":
        accounts = layout.trace(item["id"], "accounts.csv")
        if accounts not in archive.names or archive.size(accounts) > _TRACE:
            return 0
        query = {"manifest": str(body["manifest"]), **marked}
        desk.send(f"{path}/traces", query, archive.read(accounts, _TRACE))
    elif kind in _SAID:
        desk.post(f"{path}/items", {"kind": kind, "body": body, **marked})
    else:
        return 0
    return 1


def _marking(row: Mapping[str, Any]) -> str:
    """The marking that it had; a bundle that names none known is for nobody else."""
    try:
        marking = Marking(str(row.get("marking")))
    except ValueError:
        return Marking.STRICT.value
    return (Marking.STRICT if marking is Marking.RED else marking).value


def _came(proved: Proved) -> str:
    said = proved.evidence
    hands = "\n".join(
        f"{each.at}: {each.act} from {each.giver} to {each.taker}" for each in proved.entries
    )
    return (
        f"Evidence {proved.digest}\nof {said.case} at {said.desk}, made by {said.member} at "
        f"{said.at}.\n{hands}"
    )
