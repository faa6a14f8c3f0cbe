"""What follows a ring: the teller counts, and each member learns of its own indicators."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from stanch.app.common import ahead, history, results
from stanch.app.common.files import (
    Received,
    Sent,
    Signing,
    head,
    new_file,
    not_yet,
    once,
    opened_file,
    packed,
    received,
    refusals_noted,
    send,
    signed_head,
    signing_key,
)
from stanch.app.common.place import Place, read_json
from stanch.app.common.prepared import of_series
from stanch.app.common.rings import TELLER, Come, forget_shuffle, of_step, shuffle, teller_file
from stanch.app.csv_file import whole_file
from stanch.errors import RefusedError, SignatureError
from stanch.formats.common.heads import COUNTS, PLAN, UNMIXED, Counts, Plan, Step, Unmixed
from stanch.sharing.common import ring, rules, tags
from stanch.sharing.common.tags import WIDTH
from stanch.store.outdir import Kind, writing

MARK: Final = "counts.json"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the teller wrote: a file for each member, by member. `often` is how many indicators at
    least k members hold.
    """

    folder: Path
    files: Mapping[str, Sent]
    to: Mapping[str, str]
    often: int
    received: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a member learned of a ring."""

    out: Path
    run: str
    k: int
    count: int
    received: int


def count(place: Place, file: Path, sign: Signing) -> Counted:
    """Count as the teller, and write a file for each member to the folder `sign.out`.

    Raises UsageError, InputError, SignatureError, RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = received(place, file, Step)
        come = _last(place, got, file)
        name, key = come.plan.head.run, signing_key(place, sign.key)
        not_yet(place, "counted", name)
        new_file(sign.out)
        sets = _opened(place, come, file)
        bits, secret = ring.counted(sets, come.plan.k), secrets.token_bytes(ring.SECRET)
        made: dict[str, tuple[bytes, str]] = {}
        to: dict[str, str] = {}
        for at, member in enumerate(come.plan.members):
            to[member] = _receiver(come, at)
            said = Counts(head(place, name, to[member]), got.digest, member)
            letter = _letter(secret, come.keys[at], f"{name}/{member}", file)
            made[member] = packed(key, said, bits[at] + letter)
        files = {each: Sent(sign.out / f"{each}.bin", digest, len(data))
                 for each, (data, digest) in made.items()}  # fmt: skip
        often = _often(sets, bits)
        note = {"k": come.plan.k, "often": often, "received": got.size,
                "files": {each: one.digest for each, one in files.items()},
                "bytes": sum(one.size for one in files.values())}  # fmt: skip
        kind = Kind(MARK, "stanch-common-counts", frozenset({MARK}))
        with writing(sign.out, kind) as folder, place.log() as log:
            for each, (data, _) in made.items():
                (folder / f"{each}.bin").write_bytes(data)
            mark = {"format": "stanch-common-counts@1", "ring": name, "to": to}
            (folder / MARK).write_text(json.dumps(mark, indent=1, sort_keys=True))
            log.add(once("counted", name, place, note))
        teller_file(place, name).unlink(missing_ok=True)
    return Counted(sign.out, files, to, often, got.size)


def unmix(place: Place, file: Path, sign: Signing) -> tuple[int, Sent]:
    """Put the bits of the teller's set back into its order, as who shuffled it. How much came, and
    what was written.

    Raises UsageError, InputError, SignatureError, RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = received(place, file, Counts)
        name, teller = got.said.head.run, got.said.head.sender
        passed = _passed(place, name)
        if passed is None or (got.said.member, teller) != (
            teller,
            _plan(place, passed).head.sender,
        ):
            raise RefusedError(f"{file}: there is nothing to put in order for {teller}")
        not_yet(place, "unmixed", name)
        order = shuffle(place, name)
        bits, letter = _bits(got.body, len(order), file)
        back = np.empty_like(bits)
        back[order] = bits
        said = Unmixed(head(place, name, teller), got.digest)
        made = packed(signing_key(place, sign.key), said, back.tobytes() + letter)
        note = {"partner": teller, "received": got.size, "bytes": len(made[0])}
        sent = send(place, sign.out, made, once("unmixed", name, place, note))
        forget_shuffle(place, name)
        return got.size, sent


def told(place: Place, file: Path, out: Path) -> Told:
    """Learn which of one's own indicators at least k members of a ring hold.

    Raises UsageError, InputError, SignatureError, RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = _for_me(place, file)
        name = got.said.head.run
        passed = _passed(place, name)
        if passed is None:
            raise RefusedError(f"{file}: nothing was put into {name} from here")
        not_yet(place, "told", name)
        plan = _plan(place, passed)
        if isinstance(got.said, Counts) and got.said.head.sender != plan.head.sender:
            raise RefusedError(f"{file}: {got.said.head.sender} is not the teller of {name}")
        mine = next(each for each in passed["sets"] if each["member"] == place.party.member)
        ours = of_series(place, mine["held"]["series"], mine["held"]["version"])
        own = ahead.own(place, name)
        bits, letter = _bits(got.body, len(own.order), file)
        secret = _secret(letter, own.key, f"{name}/{place.party.member}", file)
        items = [ours.items[at] for at in sorted(own.order[np.flatnonzero(bits)])]
        about = {"run": name, "members": list(plan.members), "k": plan.k}
        note = {"matches": len(items), "received": got.size}
        with whole_file(new_file(out)) as draft, place.log() as log:
            draft.chmod(0o600)
            draft.write_bytes(results.table(out, about, items))
            run = results.Run(name, plan.members, plan.k)
            results.keep(place, run, {item: tags.told(name, secret, item) for item in items})
            log.add(once("told", name, place, note))
        ahead.remove(place, name)
    return Told(out, name, plan.k, len(items), got.size)


def is_of_ring(file: Path) -> bool:
    """Whether a file says that it is of a ring, not of two parties. Raises as `opened_file`."""
    return opened_file(file).typ in (UNMIXED, COUNTS)


def _plan(place: Place, passed: dict[str, Any]) -> Plan:
    """The plan of a ring that this home passed on."""
    found = signed_head(place, passed["plan"], PLAN)
    if not isinstance(found, Plan):
        raise SignatureError("the plan of the ring is none")
    return found


def _for_me(place: Place, file: Path) -> Received[Counts] | Received[Unmixed]:
    """Bits for this member, from the teller or, as the teller, from who put them in order."""
    if opened_file(file).typ != UNMIXED:
        got = received(place, file, Counts)
        if got.said.member != place.party.member:
            raise RefusedError(
                f"{file}: is of {got.said.member}'s set; stanch common unmix is next"
            )
        return got
    back = received(place, file, Unmixed)
    with place.log() as log:
        counted = history.of_run(log.about(back.said.head.run), "counted")
    if counted is None or counted["files"].get(place.party.member) != back.said.counts:
        raise RefusedError(f"{file}: is of nothing that was counted here")
    passed = _passed(place, back.said.head.run)
    if passed is not None:
        members = passed["members"]
        sealer = members[ring.sealer(len(members), members.index(place.party.member))]
        if back.said.head.sender != sealer:
            raise RefusedError(f"{file}: {sealer} shuffled the set, not {back.said.head.sender}")
    return back


def _last(place: Place, got: Received[Step], file: Path) -> Come:
    try:
        come = of_step(place, got)
    except SignatureError as error:
        raise SignatureError(f"{file}: {error}") from None
    members, name = come.plan.members, come.plan.head.run
    if come.plan.head.sender != place.party.member:
        raise RefusedError(f"{file}: {come.plan.head.sender} is the teller of {name}")
    if come.step != ring.steps(len(members)):
        raise RefusedError(f"{file}: is of step {come.step}, and {ring.steps(len(members))} count")
    for one in come.held:
        rules.sizes(place.party.policy, one.size, max(each.size for each in come.held))
    with place.log() as log:
        if history.of_run(log.about(name), "planned") is None:
            raise RefusedError(f"{file}: {name} was not planned here")
    return come


def _opened(place: Place, come: Come, file: Path) -> list[bytes]:
    name = come.plan.head.run
    secret = read_json(teller_file(place, name), TELLER)
    key = bytes.fromhex(secret["key"])
    found = []
    for member, held, part in zip(come.plan.members, come.held, come.parts, strict=True):
        try:
            tags = ring.opened(part, key, f"{name}/{member}")
            if len(tags) != held.size * WIDTH:
                raise ValueError("has another number of indicators than was said")
        except ValueError as error:
            raise SignatureError(f"{file}: the set of {member}: {error}") from None
        found.append(tags)
    return found


def _receiver(come: Come, at: int) -> str:
    """Who gets the bits of a set: its member; of the teller's, who shuffled it."""
    members = come.plan.members
    if members[at] != come.plan.head.sender:
        return members[at]
    return members[ring.sealer(len(members), at)]


def _often(sets: list[bytes], bits: list[bytes]) -> int:
    """How many different tags have their bit set."""
    return len({
        each[at * WIDTH : (at + 1) * WIDTH]
        for each, said in zip(sets, bits, strict=True)
        for at, bit in enumerate(said) if bit
    })  # fmt: skip


def _bits(
    body: bytes, size: int, file: Path
) -> tuple["np.ndarray[tuple[int], np.dtype[np.uint8]]", bytes]:
    """The bits of a count, and behind them what is encrypted for the member alone."""
    bits = np.frombuffer(body[:size], dtype=np.uint8)
    if len(body) != size + ring.LETTER or bool((bits > 1).any()):
        raise SignatureError(f"{file}: is not one bit for each of {size:,} indicators")
    return bits, body[size:]


def _letter(secret: bytes, to: bytes, about: str, file: Path) -> bytes:
    try:
        return ring.letter(secret, to, about)
    except ValueError:
        raise SignatureError(
            f"{file}: nothing can be encrypted for {about}: its key is none"
        ) from None


def _secret(letter: bytes, key: bytes, about: str, file: Path) -> bytes:
    try:
        return ring.letter_opened(letter, key, about)
    except ValueError as error:
        raise SignatureError(f"{file}: {error}") from None


def _passed(place: Place, name: str) -> dict[str, Any] | None:
    """What this home noted when it put its set into a ring."""
    with place.log() as log:
        return history.of_run(log.about(name), "passed")
