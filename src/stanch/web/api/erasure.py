"""Who asks to be forgotten: the texts go, the log stays whole and says so."""

from fastapi import APIRouter, Response

from stanch.app.desk import erase
from stanch.web.bodies import Id, gives
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["erasure"])
_GONE = {"texts": 2}


@ROUTER.post("/people/{person}/erasure", responses=gives(_GONE))
def person(desk: At, caller: Who, person: Id) -> dict[str, int]:
    """Erase who a person of the caller's member was, once they are let go. What they decided stays
    under their id. For administrators in a session.
    """
    return {"texts": erase.person(desk.database, caller, person)}


@ROUTER.post("/reporters/{reporter}/erasure", status_code=204)
def reporter(desk: At, caller: Who, reporter: Id) -> Response:
    """Erase what a reporter said to the caller's member; accounts and verdicts stay. For
    administrators in a session.
    """
    erase.reporter(desk.database, caller, reporter)
    return Response(status_code=204)


@ROUTER.post("/reviews/{review}/erasure", responses=gives(_GONE))
def review(desk: At, caller: Who, review: Id) -> dict[str, int]:
    """Erase who asked for a review and in what words, once it is answered. For administrators, in
    a session, of the authority or of who handed it in.
    """
    return {"texts": erase.review(desk.database, caller, review)}
