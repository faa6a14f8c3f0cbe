"""Matching of two parties, each on its own machine: invite, answer, finish, confirm."""

import secrets
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from stanch.app.common import history, results
from stanch.app.common.files import (
    Received,
    Sent,
    Signing,
    head,
    new_file,
    once,
    packed,
    partner,
    received,
    refusals_noted,
    send,
    signing_key,
)
from stanch.app.common.place import Place, happened
from stanch.app.common.prepared import Prepared, Progress, chosen, of_series
from stanch.app.csv_file import whole_file
from stanch.errors import RefusedError, SignatureError, UsageError
from stanch.formats.common.heads import LEARNS, Answer, Claim, Request
from stanch.sharing.common import pair, rules
from stanch.sharing.common.group import SIZE
from stanch.sharing.common.tags import WIDTH, told


@dataclass(frozen=True, slots=True)
class Learned:
    """What a run came to. `received` are bytes; `reply` is the claim, where there is one."""

    out: Path
    partner: str
    count: int
    learns: str
    received: int
    reply: Sent | None = None


def invite(place: Place, name: str, to: str, learns: str, sign: Signing) -> Sent:
    """Ask a member which of a set's indicators it has.

    Raises UsageError, RefusedError where the set is small or nearly that of the last run.
    """
    if learns not in LEARNS:
        raise UsageError(f"--learns {learns}: choose {' or '.join(LEARNS)}")
    ours, run = chosen(place, name), f"run-{secrets.token_hex(8)}"
    rules.sizes(place.party.policy, ours.held.size, ours.held.size)
    with place.log() as log:
        history.ours_may(place, history.past(log, "invited", partner(place, to)), ours)
    body = pair.arranged(ours.asked, pair.order_of(ours.asked))
    said = Request(head(place, run, to), ours.held, learns)
    made = packed(signing_key(place, sign.key), said, body)
    note = {"partner": to, "ours": asdict(ours.held), "learns": learns, "request": made[1],
            "bytes": len(made[0])}  # fmt: skip
    return send(place, sign.out, made, lambda _: [happened("invited", run, place.clock(), note)])


def answer(
    place: Place, file: Path, name: str, sign: Signing, progress: Progress
) -> tuple[Received[Request], Sent]:
    """Answer a member's request with a set of one's own.

    Raises UsageError, InputError, SignatureError, RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = received(place, file, Request)
        ours, key = chosen(place, name), signing_key(place, sign.key)
        new_file(sign.out)
        seen = place.private("partners", f"{got.said.head.sender}.{history.ASKED}")
        _may_answer(place, got, ours, seen)
        total = got.said.held.size
        body = pair.evaluated(
            got.body, ours.keys.hold, lambda done: progress("answered", done, total)
        )
        said = Answer(head(place, got.said.head.run, got.said.head.sender), ours.held, got.digest)
        made = packed(key, said, body + ours.published.tags)
        note = {"partner": got.said.head.sender, "ours": asdict(ours.held),
                "theirs": asdict(got.said.held), "learns": got.said.learns, "request": got.digest,
                "answer": made[1], "received": got.size, "bytes": len(made[0])}  # fmt: skip
        history.remember(seen, got.body)
        sent = send(place, sign.out, made, once("answered", got.said.head.run, place, note))
    return got, sent


def finish(
    place: Place, file: Path, out: Path, reply: Signing | None, progress: Progress
) -> Learned:
    """Learn from an answer what both have; where both are to learn, write the claim to `reply`.

    Raises UsageError, InputError, SignatureError, RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = received(place, file, Answer)
        run, learns, ours = _invited(place, got)
        if (learns == "both") != (reply is not None):
            raise UsageError(
                "both are to learn: name --reply FILE and --key" if learns == "both"
                else "the asker alone learns: there is nothing to --reply"
            )  # fmt: skip
        found = _matched(place, got, ours, progress)
        items = sorted(each.item for each in found)
        seen = place.private("partners", f"{got.said.head.sender}.{history.HELD}")
        history.remember(seen, got.body[ours.held.size * SIZE :])
        note = {"partner": got.said.head.sender, "ours": asdict(ours.held),
                "theirs": asdict(got.said.held), "learns": learns, "answer": got.digest,
                "matches": len(items), "received": got.size}  # fmt: skip
        about = _about(run, got.said.head.sender, learns)
        sent = None
        with ExitStack() as stack:
            draft = stack.enter_context(whole_file(new_file(out)))
            draft.chmod(0o600)
            draft.write_bytes(results.table(out, about, items))
            if reply is not None:
                _keep(place, run, got.said.head.sender, {each.item: each.point for each in found})
            noted = once("learned", run, place, note)
            if reply is not None:
                said = Claim(head(place, run, got.said.head.sender), got.said.request, got.digest,
                             len(items))  # fmt: skip
                made = packed(signing_key(place, reply.key), said, pair.claims(run, found))
                sent = send(place, reply.out, made, noted)
            else:
                stack.enter_context(place.log()).add(noted)
    return Learned(out, got.said.head.sender, len(items), learns, got.size, sent)


def confirm(place: Place, file: Path, out: Path) -> Learned:
    """Learn from a claim, as who answered, what both have.

    Raises UsageError, InputError, SignatureError where something is claimed without proof,
    RefusedError; what is refused is noted.
    """
    with refusals_noted(place, file), place.home.locked():
        got = received(place, file, Claim)
        run, sender = got.said.head.run, got.said.head.sender
        with place.log() as log:
            before = history.of_run(log.about(run), "answered")
        if before is None or before["partner"] != sender:
            raise RefusedError(f"{file}: nothing was answered to {sender} in run {run}")
        if before["learns"] != "both":
            raise RefusedError(f"{file}: in run {run} the asker alone was to learn")
        if (before["request"], before["answer"]) != (got.said.request, got.said.answer):
            raise RefusedError(f"{file}: is about other files than those of run {run}")
        ours = of_series(place, before["ours"]["series"], before["ours"]["version"])
        try:
            if len(got.body) != got.said.count * pair.CLAIM:
                raise ValueError("another number of matches than was said")
            items = pair.confirmed(run, ours.items, ours.points, ours.published, got.body)
        except ValueError as error:
            raise SignatureError(f"{file}: {error}") from None
        note = {"partner": sender, "matches": len(items), "received": got.size}
        with whole_file(new_file(out)) as draft, place.log() as log:
            draft.chmod(0o600)
            draft.write_bytes(results.table(out, _about(run, sender, "both"), items))
            _keep(place, run, sender, _points(ours, items))
            log.add(once("confirmed", run, place, note))
    return Learned(out, sender, len(items), "both", got.size)


def _keep(place: Place, run: str, partner: str, points: Mapping[str, bytes]) -> None:
    """Keep what stands for each match at a desk: both can say it, by its point, and nobody else."""
    members = tuple(sorted((place.party.member, partner)))
    made = {item: told(run, point, item) for item, point in points.items()}
    results.keep(place, results.Run(run, members, 2), made)


def _points(ours: Prepared, items: Sequence[str]) -> dict[str, bytes]:
    """The points under our key for answering."""
    found = ((item, bisect_left(ours.items, item)) for item in items)
    return {item: ours.points[at * SIZE : (at + 1) * SIZE] for item, at in found}


def _about(run: str, partner: str, learns: str) -> dict[str, object]:
    return {"run": run, "with": partner, "learns": learns}


def _may_answer(place: Place, got: Received[Request], ours: Prepared, seen: Path) -> None:
    said, policy = got.said, place.party.policy
    if len(got.body) != said.held.size * SIZE:
        raise SignatureError("the request has another number of points than it says")
    with place.log() as log:
        if history.of_run(log.about(said.head.run), "answered") is not None:
            raise RefusedError(f"run {said.head.run} was answered before")
        before = history.past(log, "answered", said.head.sender)
    rules.sizes(policy, ours.held.size, said.held.size)
    history.theirs_may(place, before, said.held, ours.held)
    try:
        history.difference_may(place, before, said.held, seen, got.body)
    except ValueError as error:
        raise SignatureError(f"the request's points: {error}") from None
    history.ours_may(place, before, ours)


def _invited(place: Place, got: Received[Answer]) -> tuple[str, str, Prepared]:
    """The run that an answer is to, who learns in it, and the set that was sent."""
    run, sender = got.said.head.run, got.said.head.sender
    with place.log() as log:
        records = log.about(run)
        before = history.past(log, "learned", sender)
    asked = history.of_run(records, "invited")
    if asked is None or asked["partner"] != sender or asked["request"] != got.said.request:
        raise RefusedError(f"the answer is to nothing that {sender} was asked from here")
    if history.of_run(records, "learned") is not None:
        raise RefusedError(f"run {run} was learned before")
    ours = of_series(place, asked["ours"]["series"], asked["ours"]["version"])
    if len(got.body) != ours.held.size * SIZE + got.said.held.size * WIDTH:
        raise SignatureError("the answer has another length than it says")
    rules.sizes(place.party.policy, ours.held.size, got.said.held.size)
    history.theirs_may(place, before, got.said.held, ours.held)
    seen = place.private("partners", f"{sender}.{history.HELD}")
    try:
        history.difference_may(
            place, before, got.said.held, seen, got.body[ours.held.size * SIZE :]
        )
    except ValueError as error:
        raise SignatureError(f"the answer's tags: {error}") from None
    return run, str(asked["learns"]), ours


def _matched(
    place: Place, got: Received[Answer], ours: Prepared, progress: Progress
) -> list[pair.Match]:
    order, size = pair.order_of(ours.asked), ours.held.size
    items = [ours.items[at] for at in order]
    points, theirs = got.body[: size * SIZE], got.body[size * SIZE :]
    try:
        return pair.matches(
            items, points, ours.keys.ask, theirs, lambda done: progress("compared", done, size)
        )
    except ValueError as error:
        raise SignatureError(f"the answer: {error}") from None
