"""k of n: a file goes around a ring twice, and each member raises what others put in.

A teller plans the ring (`plan`), members hand the file on (`hand_on`), the teller counts; see
`counts` for what follows. What a home remembers of a ring under way are its secrets for it.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from stanch.app.common import ahead, history
from stanch.app.common.files import (
    Received,
    Sent,
    Signing,
    head,
    new_file,
    once,
    opened_file,
    packed,
    received,
    refusals_noted,
    send,
    signed_head,
    signing_key,
)
from stanch.app.common.place import Place, write_json
from stanch.app.common.prepared import Prepared, Progress, chosen, of_series
from stanch.app.csv_file import whole_file
from stanch.errors import InputError, RefusedError, SignatureError, UsageError
from stanch.formats.common.heads import PLAN, STEP, Held, Plan, Step
from stanch.sharing.common import ring, rules
from stanch.sharing.common.group import SIZE, Report
from stanch.sharing.common.ring import Stage

TELLER: Final = "stanch-common-teller@1"


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was done. `added` is this member's set where it was put in now."""

    step: int
    of: int
    to: str
    received: int
    sent: Sent
    added: Held | None


def plan(place: Place, members: Sequence[str], k: int, sign: Signing) -> Sent:
    """Plan a ring as its teller, and write the file for its first member.

    Raises UsageError for members that the directory does not name, RefusedError for too few or a
    k below two.
    """
    known = {each.id for each in place.party.directory.members}
    if unknown := [each for each in members if each not in known]:
        raise UsageError(f"the directory names no member {unknown[0]}")
    if len(set(members)) != len(members):
        raise UsageError("a member stands twice in the ring")
    rules.plan(len(members), k)
    name, key = f"ring-{secrets.token_hex(8)}", X25519PrivateKey.generate()
    said = Plan(
        head(place, name, members[0]), tuple(members), k, key.public_key().public_bytes_raw()
    )
    made = packed(signing_key(place, sign.key), said, b"")
    secret = {"format": TELLER, "key": key.private_bytes_raw().hex()}
    write_json(teller_file(place, name), secret)
    note = {"members": list(members), "k": k, "plan": made[1], "bytes": len(made[0])}
    return send(place, sign.out, made, once("planned", name, place, note))


def hand_on(
    place: Place, file: Path, name: str | None, sign: Signing, progress: Progress
) -> Passed:
    """Do this member's step: raise what others put in, and add the set `name` in the first lap.

    Raises UsageError, InputError, SignatureError, RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = _come(place, file)
        key = signing_key(place, sign.key)
        new_file(sign.out)
        turn = ring.turn(len(got.plan.members), got.step + 1)
        if turn.adds != (name is not None):
            raise UsageError(
                "the first lap: say with --set what to put in" if turn.adds
                else "the second lap: your set is in already, leave --set away"
            )  # fmt: skip
        ours = chosen(place, name) if name is not None else None
        _may(place, got, ours)
        return _done(place, got, ours, (key, sign.out), progress)


@dataclass(frozen=True, slots=True)
class Come:
    """What came: the plan with the JWS that proves it, the last step, and the sets in the file."""

    plan: Plan
    text: str
    step: int
    digest: str
    size: int
    held: tuple[Held, ...]
    keys: tuple[bytes, ...]
    parts: tuple[bytes, ...]


def of_step(place: Place, got: Received[Step]) -> Come:
    """What a step's file holds, once its plan is proved and its parts are as long as they must be.

    Raises SignatureError.
    """
    found = signed_head(place, got.said.plan, PLAN)
    if not isinstance(found, Plan) or found.head.run != got.said.head.run:
        raise SignatureError("the plan in the file is of another ring")
    count = len(found.members)
    if got.said.step > ring.steps(count):
        raise SignatureError("the file is of a step that the ring does not have")
    if got.said.head.sender != found.members[ring.turn(count, got.said.step).actor]:
        raise SignatureError(f"step {got.said.step} is not {got.said.head.sender}'s")
    parts = tuple(_split(got.said, count, got.body))
    said = got.said
    return Come(found, said.plan, said.step, got.digest, got.size, said.sets, said.keys, parts)


def teller_file(place: Place, name: str) -> Path:
    """Where the teller's key for a ring is kept until it has counted."""
    return place.private("rings", f"{name}.teller.json")


def shuffle(place: Place, name: str) -> npt.NDArray[np.intp]:
    """In which order this home gave the teller's set. Raises InputError where it is gone."""
    file = _shuffle(place, name)
    try:
        return np.frombuffer(file.read_bytes(), dtype="<i8").astype(np.intp)
    except (OSError, ValueError):
        raise InputError(str(file), "is missing or damaged: nobody can put it in order") from None


def forget_shuffle(place: Place, name: str) -> None:
    """Remove it, once the teller has its bits in order."""
    _shuffle(place, name).unlink(missing_ok=True)


def _shuffle(place: Place, name: str) -> Path:
    return place.private("rings", f"{name}.shuffle")


def _come(place: Place, file: Path) -> Come:
    """The plan, for the first member, or a step. Raises as `received`."""
    if opened_file(file).typ == STEP:
        got = received(place, file, Step)
        try:
            found = of_step(place, got)
        except SignatureError as error:
            raise SignatureError(f"{file}: {error}") from None
    else:
        first = received(place, file, Plan)
        text = opened_file(file).text
        found = Come(first.said, text, 0, first.digest, first.size, (), (), ())
    members = found.plan.members
    if found.step == ring.steps(len(members)):
        raise RefusedError(f"{file}: has been all around; stanch common count is next")
    whose = members[ring.turn(len(members), found.step + 1).actor]
    if whose != place.party.member:
        raise RefusedError(f"{file}: step {found.step + 1} is {whose}'s")
    return found


def _may(place: Place, got: Come, ours: Prepared | None) -> None:
    """Raise RefusedError, or SignatureError where something was exchanged since the first lap."""
    rules.plan(len(got.plan.members), got.plan.k)
    name, policy = got.plan.head.run, place.party.policy
    with place.log() as log:
        before = [history.noted(each) for each in log.about(name) if each.draft.kind == "passed"]
        rings = history.rings(log, got.plan.members, name)
    if any(each["step"] == got.step + 1 for each in before):
        raise RefusedError(f"step {got.step + 1} of {name} was done before")
    if any(each["plan"] != got.text for each in before):
        raise SignatureError(f"{name} goes by another plan than in the first lap")
    known = {each["member"]: each for one in before for each in one["sets"]}
    for member, held in zip(got.plan.members, got.held, strict=False):
        if member in known and known[member]["held"] != asdict(held):
            raise SignatureError(f"the set of {member} was exchanged since the first lap")
        history.set_may(rings, member, held)
    mine = got.plan.members.index(place.party.member)
    own = ours.held if ours else got.held[mine]
    for held in got.held or (own,):
        rules.sizes(policy, own.size, held.size)
    if ours is not None:
        history.set_may(rings, place.party.member, ours.held)
        _changed(place, rings, ours)


def _changed(place: Place, rings: Sequence[dict[str, Any]], ours: Prepared) -> None:
    for one in reversed(rings):
        mine = next(each for each in one["sets"] if each["member"] == place.party.member)
        if mine["held"]["series"] != ours.held.series:
            continue
        was = of_series(place, ours.held.series, mine["held"]["version"])
        count = len(set(was.items) ^ set(ours.items))
        rules.difference(place.party.policy, "your", count)
        return


def _done(
    place: Place, got: Come, ours: Prepared | None, sign: tuple[Any, Path], progress: Progress
) -> Passed:
    count, step = len(got.plan.members), got.step + 1
    turn, name = ring.turn(count, step), got.plan.head.run
    mine = ahead.taken(place, name, ours, progress) if ours else ahead.own(place, name)
    parts, held, keys = list(got.parts), list(got.held), list(got.keys)
    total = sum(got.held[at].size for at in turn.raises)
    done = 0
    try:
        for at in turn.raises:
            parts[at] = ring.raised(parts[at], mine.key, _from(progress, done, total))
            done += got.held[at].size
    except ValueError as error:
        raise SignatureError(f"the set of {got.plan.members[at]}: {error}") from None
    if ours is not None:
        parts.append(mine.points)
        held.append(ours.held)
        keys.append(ring.letter_key(mine.key).public_key().public_bytes_raw())
    if turn.seals >= 0:
        parts[turn.seals] = _sealed(place, got.plan, turn.seals, parts[turn.seals])
    to = got.plan.head.sender if step == ring.steps(count) else (
        got.plan.members[ring.turn(count, step + 1).actor]
    )  # fmt: skip
    said = Step(head(place, name, to), got.text, step, got.digest, tuple(held), tuple(keys))
    made = packed(sign[0], said, b"".join(parts))
    sets = [
        {"member": member, "held": asdict(each)}
        for member, each in zip(got.plan.members, held, strict=False)
    ]
    note = {"step": step, "plan": got.text, "members": list(got.plan.members), "sets": sets,
            "received": got.size, "bytes": len(made[0]), "digest": made[1]}  # fmt: skip
    sent = send(place, sign[1], made, once("passed", name, place, note, step))
    return Passed(step, ring.steps(count), to, got.size, sent, ours.held if ours else None)


def _sealed(place: Place, plan: Plan, of: int, points: bytes) -> bytes:
    """A set under all keys, for the teller alone; the teller's own set shuffled first."""
    member, name = plan.members[of], plan.head.run
    if member == plan.head.sender:
        order = np.array(shuffled(len(points) // SIZE), dtype=np.intp)
        with whole_file(_shuffle(place, name)) as draft:
            draft.chmod(0o600)
            draft.write_bytes(order.astype("<i8").tobytes())
        points = np.frombuffer(points, dtype=f"S{SIZE}")[order].tobytes()
    return ring.sealed(points, plan.key, f"{name}/{member}")


def shuffled(count: int) -> list[int]:
    """The numbers below `count` in an order that nobody can guess."""
    order = list(range(count))
    secrets.SystemRandom().shuffle(order)
    return order


def _split(said: Step, members: int, body: bytes) -> Iterator[bytes]:
    """The sets in a body. Raises SignatureError where its parts are of other lengths."""
    there = [each for each in ring.stages(members, said.step) if each is not Stage.ABSENT]
    sizes = [
        held.size * SIZE if stage is Stage.OPEN else ring.sealed_size(held.size)
        for held, stage in zip(said.sets, there, strict=False)
    ]
    if len(said.sets) != len(there) or sum(sizes) != len(body):
        raise SignatureError("the file has other sets than its step has")
    at = 0
    for size in sizes:
        yield body[at : at + size]
        at += size


def _from(progress: Progress, start: int, total: int) -> Report:
    return lambda done: progress("raised", start + done, total)
