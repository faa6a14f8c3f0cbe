"""Whether one signed statement holds: who signed it, for whom, about this order and no other.

It names the directory under which it is signed: the order's, or a later version of the same chain.
Under an earlier one a key might count that the order's directory had dropped already. Who was an
approver when an order was made need not be one when it is released, and the other way round.

A signer writes the time. Whoever stole a key that was revoked since can therefore sign with an old
time under an old directory; `doubted` says from when on a key is not to be believed, and only a
place in the log can then prove that a statement is older.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.chain import Chain
from stanch.formats.signed.fields import moment
from stanch.formats.signed.hands import check_strict, signers
from stanch.formats.signed.keys import PublicKey
from stanch.formats.signed.members import approver, certified
from stanch.formats.signed.order import order_hash
from stanch.formats.signed.statement import statement_from
from stanch.model.desk.directory import Certificate, Directory
from stanch.model.desk.orders import Order, Said, Statement
from stanch.model.desk.people import Role

# Keys may be kept on a machine without a network, so a signature may travel for a day. Not longer:
# one that somebody kept back must not turn up when everything has changed.
GOOD_FOR: Final = timedelta(hours=24)
CLOCKS_DIFFER: Final = timedelta(minutes=5)  # what the signer's clock may be fast
NO_TIMES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement that holds, the key that signed it, since when that key is doubted, and the end
    of its certificate, as the directories from the named one on have it.
    """

    statement: Statement
    kid: str
    doubted: str | None
    until: str


def check_statement(text: str, order: Order, chain: Chain) -> Statement:
    """The statement in a JWS about `order`. Raises SignatureError where one thing does not hold.

    A key that the newest directory no longer has is refused, whatever time it gives: this is the
    question of a server that takes a statement now. `examine` tells such apart.
    """
    checked = examine(text, order, chain)
    if checked.doubted is not None:
        raise SignatureError(f"key {checked.kid} counts no more since {checked.doubted}")
    return checked.statement


def examine(
    text: str, order: Order, chain: Chain, accepted: Mapping[str, str] = NO_TIMES
) -> Checked:
    """As `check_statement`, with the doubt told instead of refused. `accepted`: for the hash of a
    directory, when the desk took it, where that is proved; else it counts from its making on.
    """
    claimed = jws.read(text)
    if claimed.typ != jws.STATEMENT:
        raise SignatureError(f"is signed as {claimed.typ}, not as {jws.STATEMENT}")
    statement = statement_from(claimed.payload)
    place = chain.place(statement.directory)
    if place < chain.place(order.directory):
        raise SignatureError("is signed under a directory older than the order's")
    directory = chain.versions[place]
    certificate = approver(directory, claimed.kid, statement.at)
    jws.verify(text, jws.STATEMENT, PublicKey.from_text(certificate.key))
    _same_person(statement, certificate)
    _same_order(statement, order, directory)
    _may_say(statement, order, directory)
    # Who holds by an order lets go of it also when founding no more, as in the rules of releases.
    lets_go = statement.said is Said.RELEASE and statement.member == order.authority
    speaker = Speaker(certificate, claimed.kid, statement.at, None if lets_go else order)
    until = _until(chain, speaker, place)
    return Checked(statement, claimed.kid, doubted(chain, speaker, place, accepted), until)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who signed, with which key, when, and the order that their member must be able to sign; None
    where it need not.
    """

    certificate: Certificate
    kid: str
    at: str
    order: Order | None


def doubted(
    chain: Chain, speaker: Speaker, place: int, accepted: Mapping[str, str] = NO_TIMES
) -> str | None:
    """The time from which the directories after `place` do not vouch for a speaker any more: the
    key, its person, its time, the role of an approver, the member's say; None: never.
    """
    times = [each.at for each in chain.newest.revoked if each.kid == speaker.kid]
    later = zip(chain.versions[place + 1 :], chain.hashes[place + 1 :], strict=True)
    for directory, name in later:
        if not _vouches(directory, speaker):
            times.append(accepted.get(name, directory.created))
    return min(times, key=moment, default=None)


def _vouches(directory: Directory, speaker: Speaker) -> bool:
    now = _still(directory, speaker)
    if now is None or moment(speaker.at) >= moment(now.until):
        return False
    may = speaker.order is None or now.member in signers(directory, speaker.order)
    return Role.APPROVER in now.roles and may


def _still(directory: Directory, speaker: Speaker) -> Certificate | None:
    """The certificate of the same key for the same person."""
    old, now = speaker.certificate, certified(directory).get(speaker.kid)
    same = now is not None and (now.member, now.person) == (old.member, old.person)
    return now if same else None


def _until(chain: Chain, speaker: Speaker, place: int) -> str:
    certificates = (_still(each, speaker) for each in chain.versions[place:])
    return max((each.until for each in certificates if each is not None), key=moment)


def _same_person(statement: Statement, certificate: Certificate) -> None:
    if (statement.member, statement.person) != (certificate.member, certificate.person):
        raise SignatureError(
            f"speaks for {statement.person} of {statement.member}, and the key is "
            f"{certificate.person}'s of {certificate.member}"
        )
    if Role.APPROVER not in certificate.roles:
        raise SignatureError(f"{certificate.person} is no approver")


def _same_order(statement: Statement, order: Order, directory: Directory) -> None:
    if not statement.desk == order.desk == directory.desk:
        raise SignatureError("is about another desk")
    if statement.order != order.id:
        raise SignatureError("is about another order")
    if statement.version != order.version:
        raise SignatureError("is about another version of the order")
    if statement.order_hash != order_hash(order):
        raise SignatureError("is about an order that says something else")


def _may_say(statement: Statement, order: Order, directory: Directory) -> None:
    founding = {each.id for each in directory.members if each.founding}
    if order.authority not in founding:
        raise SignatureError("the authority of the order is no founding member")
    if statement.member not in signers(directory, order):
        raise SignatureError(_why_not(statement.member, order, founding))
    if statement.said is Said.PROPOSE and statement.member != order.authority:
        raise SignatureError("an order is proposed by its authority alone")
    if statement.said is Said.PROPOSE:
        check_strict(order, directory)
    # By a day, for a desk's clock may have been fast when the order was written.
    if moment(statement.at) < moment(order.issued) - GOOD_FOR:
        raise SignatureError("was said before the order was written")
    if moment(statement.at) >= moment(order.expires):
        raise SignatureError("was said after the order had ended")
    if not set(statement.targets) <= {each.account for each in order.targets}:
        raise SignatureError("releases an account that the order does not name")


def _why_not(member: str, order: Order, founding: set[str]) -> str:
    if order.rule.among or member in founding:
        return f"{member} is none of the members who may sign this order"
    return f"{member} is no founding member"
