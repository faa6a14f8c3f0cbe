"""Pushing to a partner's server, as servers take it: whole envelopes, and where one is refused as a
whole the halves of it, down to the object that it is about.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from stanch.app.desk.desk import Desk
from stanch.client.taxii import server
from stanch.client.taxii.collection import Collection
from stanch.client.taxii.line import AnsweredError, Line
from stanch.sharing.partners import leases
from stanch.sharing.partners.leases import Leased
from stanch.sharing.partners.outgoing import Going, Over, batch_after
from stanch.sharing.partners.words import Told

_MOST: Final = 4 << 20  # bytes of an envelope
_ROOM: Final = 64  # bytes around and between objects
_MOST_BATCHES: Final = 50  # of one turn
_MOST_TOLD: Final = 100  # refusals that a link remembers, the newest
_WHOLE: Final = (400, 413, 422, 500)  # how servers refuse an envelope for one object in it

Refused = dict[str, str]


def push(desk: Desk, link: Leased, line: Line, alive: Callable[[], bool]) -> tuple[Told, bool]:
    """Push what is new since the last time; how many went, and whether all did.

    Raises UnreachableError, NotFoundError where the collection here is gone.
    """
    remote, most = Collection(line, link.remote), server.largest(line, _MOST)
    state: dict[str, Any] = json.loads(link.pushed) if link.pushed else {}
    place, refused, told = str(state.get("place", "")), dict(state.get("refused", {})), Told()
    for _ in range(_MOST_BATCHES):
        if not alive():
            return told, False
        with desk.database.read() as connection:
            now = desk.database.now()
            over = Over(link.member, link.source, link.collection, link.widens, now)
            batch = batch_after(connection, over, place)
        no: Refused = {}
        for part in _parted(batch.objects, most):
            no |= _sent(remote, part)
        done = Told(sent=len(batch.objects) - len(no), refused=len(no))
        refused = dict([*refused.items(), *no.items()][-_MOST_TOLD:])
        if batch.place != place:
            text = json.dumps({"place": batch.place, "refused": refused}, ensure_ascii=False)
            with desk.database.write() as tx:
                if not leases.keep(tx, link, done, pushed=text):
                    return told, False
        place, told = batch.place, told + done
        if not batch.more:
            return told, True
    return told, False


def _sent(remote: Collection, part: Sequence[Going]) -> Refused:
    """Send a part; why some of it was refused. Raises AnsweredError where the server refuses all
    of several for reasons of its own.
    """
    try:
        verdict = remote.add([each.raw for each in part])
    except AnsweredError as error:
        if error.status not in _WHOLE:
            raise
        if len(part) == 1:
            return {part[0].id: str(error)}
        middle = len(part) // 2
        found = _sent(remote, part[:middle]) | _sent(remote, part[middle:])
        if error.status == 500 and len(found) == len(part):
            raise  # it is the server that is ill, and not each of these
        return found
    by_id = {each.id: each for each in part}
    return {
        id: said or "refused, and not said why"
        for id, said in verdict.refused.items()
        if id in by_id and not _there(remote, by_id[id])
    }


def _there(remote: Collection, one: Going) -> bool:
    """Whether the server has it already, and means the same: medallion refuses what it has."""
    found = remote.has(one.id, one.version)
    return found is not None and json.loads(found) == json.loads(one.raw)


def _parted(objects: Sequence[Going], most: int) -> list[list[Going]]:
    parts: list[list[Going]] = []
    size = most
    for each in objects:
        if size + len(each.raw) + _ROOM > most:
            parts.append([])
            size = 0
        parts[-1].append(each)
        size += len(each.raw) + _ROOM
    return parts
