"""What happened with a member before, and what may not happen again because of it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stanch.app.common.place import Place
from stanch.app.common.prepared import Prepared, of_series
from stanch.app.csv_file import whole_file
from stanch.errors import RefusedError
from stanch.formats.common.heads import Held
from stanch.formats.signed.fields import moment
from stanch.sharing.common import rules
from stanch.sharing.common.tags import changed, rising
from stanch.store.journal import Journal, Record

ASKED: Final = "asked"  # what each of the two roles sends: points, or tags
HELD: Final = "held"


@dataclass(frozen=True, slots=True)
class Past:
    """The runs with a member in one role, oldest first: what each noted."""

    runs: tuple[dict[str, Any], ...]

    @property
    def last(self) -> dict[str, Any] | None:
        """The newest."""
        return self.runs[-1] if self.runs else None


def noted(record: Record) -> dict[str, Any]:
    """What a record says, with its time."""
    said = json.loads(record.draft.body)
    return {**said, "at": record.draft.at, "kind": record.draft.kind, "run": record.draft.key}


def past(log: Journal, kind: str, member: str) -> Past:
    """The runs of a kind with a member."""
    found = (noted(each) for each in log.records() if each.draft.kind == kind)
    return Past(tuple(each for each in found if each.get("partner") == member))


def of_run(records: Iterable[Record], kind: str) -> dict[str, Any] | None:
    """What a run noted under a kind, or None."""
    return next((noted(each) for each in records if each.draft.kind == kind), None)


def ours_may(place: Place, before: Past, now: Prepared) -> None:
    """Raise RefusedError where our own set is nearly that of the last run with this member."""
    last = before.last
    if last is None or last["ours"]["series"] != now.held.series:
        return
    was = of_series(place, last["ours"]["series"], last["ours"]["version"])
    rules.difference(place.party.policy, "your", len(set(was.items) ^ set(now.items)))


def theirs_may(place: Place, before: Past, theirs: Held, ours: Held) -> None:
    """Raise RefusedError where a member comes too soon with another key, again with the same
    versions, or with other items under a version that it used before.
    """
    last = before.last
    if last is not None and last["theirs"]["series"] != theirs.series:
        rules.another(place.party.policy, moment(last["at"]), moment(place.clock()))
    for run in before.runs:
        if run["theirs"]["series"] != theirs.series:
            continue
        if run["theirs"]["version"] > theirs.version:
            raise RefusedError(
                f"version {theirs.version} is older than version {run['theirs']['version']} "
                "of a run before"
            )
        same = run["theirs"]["version"] == theirs.version
        if same and run["theirs"]["commitment"] != theirs.commitment:
            raise RefusedError(f"version {theirs.version} was another set in a run before")
        if same and (run["ours"]["series"], run["ours"]["version"]) == (ours.series, ours.version):
            raise RefusedError(
                f"version {theirs.version} was matched with version {ours.version} of ours before"
            )


def difference_may(place: Place, before: Past, theirs: Held, seen: Path, body: bytes) -> None:
    """Raise RefusedError where what a member sends is nearly what it sent in the last run, or has
    nothing to do with it: then it is under another key.
    """
    width = len(body) // theirs.size
    now, last = rising(body, width), before.last
    if last is None or last["theirs"]["series"] != theirs.series or not seen.exists():
        return
    was = rising(seen.read_bytes(), width)
    count = changed(was, now)
    rules.difference(place.party.policy, "the other", count)
    if not rules.same_key(len(was), len(now), count):
        rules.another(place.party.policy, moment(last["at"]), moment(place.clock()))


def rings(log: Journal, members: Sequence[str], but: str) -> list[dict[str, Any]]:
    """The last step that was noted here of each other ring of the same members."""
    found: dict[str, dict[str, Any]] = {}
    for each in map(noted, (one for one in log.records() if one.draft.kind == "passed")):
        if each["run"] != but and sorted(each["members"]) == sorted(members):
            found[each["run"]] = each
    return list(found.values())


def set_may(rings: Sequence[dict[str, Any]], member: str, held: Held) -> None:
    """Raise RefusedError where a member comes into a ring of the same members with a version that
    was in one before, or with other items under it.
    """
    for one in rings:
        for each in one["sets"]:
            was = each["held"]
            if each["member"] != member or was["series"] != held.series:
                continue
            if was["version"] == held.version and was["commitment"] != held.commitment:
                raise RefusedError(f"version {held.version} of {member} was another set before")
            if was["version"] >= held.version:
                raise RefusedError(
                    f"version {held.version} of {member} was in a ring of these members before"
                )


def remember(seen: Path, body: bytes) -> None:
    """Keep what a member sent, for the next run. Raises OutputError."""
    with whole_file(seen) as draft:
        draft.chmod(0o600)
        draft.write_bytes(body)
