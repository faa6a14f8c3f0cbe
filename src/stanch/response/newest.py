"""Whether a signer may still speak, by the newest directory, whichever one their statement names.

A statement may name any version from its order's on, and the signer chooses. Without this a member
that founds no more, or a person whose certificate was narrowed, would name an older version and
have their old say. A signature may travel for a day; a certificate that runs out on its way is one
more that an old time under the signature would bring back.
"""

from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.hands import check_strict, signers
from stanch.formats.signed.members import approver
from stanch.model.desk.directory import Directory
from stanch.model.desk.orders import Order, Said, Statement
from stanch.model.desk.people import Role

_TO_HOLD: Final = (Said.PROPOSE, Said.CONCUR)


def check_now(newest: Directory, kid: str, said: Statement, order: Order, now: str) -> None:
    """Raise SignatureError where at `now` the key, its time, its role or its member's standing is
    over, or an order is proposed that is laxer than the rules are by now.

    Who holds by an order lets go of it also when founding no more: a release by its own authority
    needs no founding member, as in `rules.release`.
    """
    approver(newest, kid, now)
    if Role.APPROVER not in approver(newest, kid, said.at).roles:
        raise SignatureError(f"{said.person} is no approver any more")
    founding = {each.id for each in newest.members if each.founding}
    lets_go = said.said is Said.RELEASE and said.member == order.authority
    if said.member not in signers(newest, order) and not lets_go:
        what = "may not sign this order" if said.member in founding else "is no founding member"
        raise SignatureError(f"{said.member} {what} any more")
    if said.said in _TO_HOLD and order.authority not in founding:
        raise SignatureError(
            f"{order.authority}, whose order it is, is no founding member any more"
        )
    if said.said is Said.PROPOSE:
        check_strict(order, newest)
