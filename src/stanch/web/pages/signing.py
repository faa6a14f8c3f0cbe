"""An approver signs about an order. Their key stays with them: this page only shows and takes.

It shows what would be signed, in the words of `stanch sign`; the command to copy; the document to
save; and a form for the signed text. The desk has no key of anybody, and takes none.
"""

from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from stanch.app.desk import followed, orders, statements
from stanch.app.desk.followed import Followed
from stanch.errors import NotFoundError, UsageError
from stanch.model.desk.orders import Said
from stanch.model.desk.people import Caller
from stanch.web.bodies import Id
from stanch.web.pages.rows import members
from stanch.web.pages.sayings import NAMES, sayings
from stanch.web.pages.visit import Form, Seen, go

ROUTER = APIRouter()
_REASONED: Final = (Said.RELEASE, Said.REFUSE)


@ROUTER.get("/orders/{order}/sign/{say}")
def shown(by: Seen, order: Id, say: str) -> Response:
    """What would be signed. Raises NotFoundError for what nobody can say of it now."""
    row = orders.one(by.desk, by.caller, order)
    about = followed.of_order(by.desk, by.caller, order)
    said = next((each for each in sayings(by, row, about.order.rule) if each == say), None)
    if said is None:
        raise NotFoundError(f"no such thing for you to sign: {order} is {row['state']}")
    return by.page(
        "sign", f"{NAMES[said]}: order {order}",
        row=row, about=about, said=said, name=NAMES[said], members=members(by),
        words=followed.would_say(about, by.caller, said), command=command(about, by.caller, said),
        reasoned=said in _REASONED,
    )  # fmt: skip


@ROUTER.post("/orders/{order}/statements")
def hand_in(sent: Form, order: Id) -> Response:
    """Take a signed statement, from whomever at a government that sees the order."""
    text = "".join(sent.form.one("statement").split())  # an editor or a mail may have broken it
    if "PRIVATEKEY" in text.upper():
        raise UsageError("that is a private key: take it out of this browser, and have it revoked")
    statements.take(sent.visit.desk, sent.visit.caller, order, text)
    return go(f"/orders/{order}#signed")


def command(about: Followed, caller: Caller, said: Said) -> str:
    """The command that signs. All in it are ids and hashes, which a shell takes as they are."""
    id, later = about.order.id, about.directory
    parts = [
        f"stanch sign {id}.json --say {said}",
        f"--key KEY.pem --person {caller.person} --member {caller.member.id}",
        *(["--reason 'WHY'"] if said in _REASONED else []),
        *([f"--directory {later}"] if later and later != about.order.directory else []),
        f"--out {id}-{said}.jws",
    ]
    return " \\\n  ".join(parts)
