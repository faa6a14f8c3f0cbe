"""The log: its entries, signed heads, proofs, and the whole of it for auditors."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Path, Query
from fastapi.responses import StreamingResponse

from stanch.app.desk import audit, trail
from stanch.web.bodies import gives
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["audit"])
_MOST = 2**53
After = Annotated[int, Query(ge=0, le=_MOST)]
Limit = Annotated[int, Query(ge=1, le=trail.MOST)]
Size = Annotated[int | None, Query(ge=0, le=_MOST)]

_ENTRY = {
    "n": 1,
    "at": "2026-11-26T12:00:00.000000Z",
    "person": None,
    "member": None,
    "verb": "desk.founded",
    "subject": "desk-0123456789abcdef",
    "said": "{}",
}
_HEAD = {"size": 1, "head": "eyJhbGciOiJFZERTQSJ9.e30.c2ln"}


@ROUTER.get("/audit/entries", responses=gives({"items": [_ENTRY], "next": None}))
def entries(desk: At, caller: Who, after: After = 0, limit: Limit = 100) -> dict[str, Any]:
    """Entries after a place: all for auditors of founding governments, else one's member's own."""
    found = trail.entries(desk, caller, after, limit)
    return {"items": found, "next": found[-1]["n"] if len(found) == limit else None}


@ROUTER.get("/audit/heads", responses=gives({"items": [_HEAD], "next": None}))
def heads(desk: At, caller: Who, after: After = 0, limit: Limit = 100) -> dict[str, Any]:
    """Signed heads of logs larger than `after`: for every member to keep."""
    found = trail.heads(desk, caller, after, limit)
    return {"items": found, "next": found[-1]["size"] if len(found) == limit else None}


@ROUTER.get("/audit/head", responses=gives({"head": _HEAD["head"]}))
def head(desk: At, caller: Who) -> dict[str, str]:
    """The latest signed head."""
    return {"head": audit.head(desk.database, caller)}


@ROUTER.get("/audit/inclusion/{n}", responses=gives({"n": 1, "size": 1, "path": []}))
def inclusion(
    desk: At, caller: Who, n: Annotated[int, Path(ge=1, le=_MOST)], size: Size = None
) -> dict[str, Any]:
    """The proof that the log of `size` entries holds entry `n`."""
    return audit.inclusion(desk.database, caller, n, size)


@ROUTER.get("/audit/consistency", responses=gives({"first": 1, "second": 1, "path": []}))
def consistency(
    desk: At, caller: Who, first: Annotated[int, Query(ge=0, le=_MOST)], second: Size = None
) -> dict[str, Any]:
    """The proof that the log of `first` entries begins that of `second`."""
    return audit.consistency(desk.database, caller, first, second)


@ROUTER.post("/audit/export", responses=gives("", media="application/jsonl"))
def export(desk: At, caller: Who) -> StreamingResponse:
    """The whole log, to be checked without Stanch. The log says who took it."""
    # Without a name: nothing of it stays, whatever happens. It is read after this returns.
    stream: BinaryIO = TemporaryFile()  # noqa: SIM115
    try:
        audit.export(desk.database, stream, caller)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    headers = {"Content-Disposition": 'attachment; filename="log.jsonl"'}
    return StreamingResponse(_parts(stream), media_type="application/jsonl", headers=headers)


def _parts(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while part := stream.read(2**20):
            yield part
