"""Whether a signer may still speak, by the newest directory, whichever one their statement names.

A statement may name any version from its order's on, and the signer chooses. Without this a member
that founds no more, or a person whose certificate was narrowed, would name an older version and
have their old say. A signature may travel for a day; a certificate that runs out on its way is one
more that an old time under the signature would bring back.
"""

from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.members import approver
from stanch.model.desk.directory import Directory
from stanch.model.desk.orders import Said, Statement
from stanch.model.desk.people import Role

_TO_HOLD: Final = (Said.PROPOSE, Said.CONCUR)


def check_now(newest: Directory, kid: str, said: Statement, authority: str, now: str) -> None:
    """Raise SignatureError where at `now` the key, its time, its role or its member's standing is
    over.

    Who holds by an order lets go of it also when founding no more: a release by its own authority
    needs no founding member, as in `rules.release`.
    """
    approver(newest, kid, now)
    if Role.APPROVER not in approver(newest, kid, said.at).roles:
        raise SignatureError(f"{said.person} is no approver any more")
    founding = {each.id for each in newest.members if each.founding}
    lets_go = said.said is Said.RELEASE and said.member == authority
    if said.member not in founding and not lets_go:
        raise SignatureError(f"{said.member} is no founding member any more")
    if said.said in _TO_HOLD and authority not in founding:
        raise SignatureError(f"{authority}, whose order it is, is no founding member any more")
