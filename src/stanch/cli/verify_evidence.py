"""`stanch verify` of evidence: what a bundle proves, in lines."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from stanch.app.evidence.verifying import Again, Proved, Trust, verify
from stanch.cli.output import cell, tell
from stanch.errors import UsageError


def verify_evidence(
    file: Path,
    trust: tuple[Sequence[str], Sequence[str]],
    again: tuple[Path | None, Sequence[Path]],
    as_json: bool,
) -> None:
    """Check a bundle and say what holds. Raises UsageError, InputError, SignatureError."""
    ledger, inputs = again
    if ledger is None and inputs:
        raise UsageError("--input goes with --ledger: traces are run again with both")
    ran = None if ledger is None else Again(ledger, tuple(inputs))
    proved, same = verify(file, Trust(tuple(trust[0]), tuple(trust[1])), ran)
    tell(_data(proved, same), as_json, _lines(proved, same))


def _lines(proved: Proved, same: list[str]) -> Iterator[str]:
    said, held = proved.evidence, proved.held
    yield f"evidence of {said.case} at {said.desk}: {cell(proved.case.case['title'])}"
    yield f"  made by {_who(said.person, said.member)}, {said.at}"
    yield f"  {len(said.files):,} files, each as it was signed; {proved.digest}"
    for n, each in enumerate(proved.entries, 1):
        note = f": {cell(each.note)}" if each.note else ""
        yield f"  {n}. {each.act} from {each.giver} to {each.taker}, {each.at}{note}"
    unconfirmed = ", which has not yet said that it came" if held.unconfirmed else ""
    yield f"now with {held.member}{unconfirmed}"
    known = [each for each in proved.stamps.values() if each is not None]
    yield f"the log proves the time of {len(known)} of {1 + len(proved.entries)} signatures"
    yield f"  and {proved.logged} of {len(proved.case.items)} things in the case"
    for item in same:
        yield f"{item}: run again, the same bytes"


def _data(proved: Proved, same: list[str]) -> dict[str, Any]:
    said = proved.evidence
    return {
        "evidence": proved.digest,
        "desk": said.desk,
        "case": said.case,
        "title": proved.case.case["title"],
        "member": said.member,
        "person": said.person or None,
        "at": said.at,
        "files": [{"path": each.path, "size": each.size, "sha256": each.sha256}
                  for each in said.files],
        "custody": [{"act": each.act.value, "from": each.giver, "to": each.taker,
                     "desk": each.desk, "person": each.person or None, "at": each.at,
                     "note": each.note} for each in proved.entries],
        "with": proved.held.member,
        "confirmed": not proved.held.unconfirmed,
        "logged": {name: None if each is None else {"desk": each.desk, "n": each.n, "at": each.at}
                   for name, each in proved.stamps.items()},
        "items": len(proved.case.items),
        "items_logged": proved.logged,
        "same_bytes": same,
    }  # fmt: skip


def _who(person: str, member: str) -> str:
    return f"{person} of {member}" if person else f"{member} itself"
