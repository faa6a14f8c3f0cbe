"""A member reports that it holds what a run of private matching told: signed, and once.

The desk learns who holds together how many things, and nothing of what they are: a tag is made
under a secret that the holders alone have. One member's word is shown to nobody else. Where a
second member of the same run brings the same tag, both hold it: that is a common threat.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from stanch.errors import RefusedError, SignatureError, UsageError
from stanch.formats.common.reports import REPORT, Report, report_from
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import digest
from stanch.formats.signed.fields import moment
from stanch.formats.signed.signer import signer
from stanch.members import directory
from stanch.members.access.rights import require
from stanch.members.words import new_id
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.people import Caller, Role, Scope
from stanch.sharing.common import rules
from stanch.store.desk.tables import common_holder, common_report, common_threat, member
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import share

MARKING: Final = Marking.STRICT

Row = Mapping[str, Any]


def take(tx: Transaction, caller: Caller, text: str) -> list[str]:
    """Take a signed report (JWS); returns the ids of the records that it is about, in the order of
    its tags. The same report twice is one.

    Raises ForbiddenError, SignatureError where it is not signed for the caller's member now,
    RefusedError where it is old or says of a run what another holder does not, UsageError.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    said = _proved(tx, caller, text)
    name = digest(text.encode())
    there = _of_run(tx.connection, said.run)
    if not _taken(tx.connection, name):
        rules.fresh(moment(said.at), moment(tx.at))
        _known(tx.connection, said)
        for each in there.values():
            if (tuple(json.loads(each["members"])), each["k"]) != (said.members, said.k):
                raise RefusedError(f"{said.run} was reported with other members, or another k")
        _keep(tx, caller, said, (name, text))
        for tag in said.tags:
            _hold(tx, caller, said, (tag, there.get(tag)), name)
        tx.record(caller, "common.reported", name, {})
        there = _of_run(tx.connection, said.run)
    return [there[tag]["id"] for tag in said.tags]


def _proved(tx: Transaction, caller: Caller, text: str) -> Report:
    chain = directory.chain(tx.connection)
    if chain is None:
        raise RefusedError("there is no directory of keys yet, and so nobody who could sign")
    claimed = jws.read(text)
    said = report_from(claimed.payload)
    if said.desk != chain.newest.desk:
        raise SignatureError(f"the report is for desk {said.desk}, not for this one")
    # Keys count as they are now: one that was revoked since signs nothing any more.
    who, public = signer(chain.newest, claimed.kid, tx.at)
    jws.verify(text, REPORT, public)
    if not who == said.member == caller.member.id:
        raise SignatureError(
            f"the report is of {said.member}, signed for {who}; each hands in its own member's"
        )
    return said


def _taken(connection: Connection, name: str) -> bool:
    query = select(common_report.c.digest).where(common_report.c.digest == name)
    return connection.execute(query).first() is not None


def _known(connection: Connection, said: Report) -> None:
    query = select(member.c.id).where(member.c.id.in_(said.members))
    for each in sorted(set(said.members) - set(connection.execute(query).scalars())):
        raise UsageError(f"the report names {each}, who is no member of this desk")


def _of_run(connection: Connection, run: str) -> dict[str, Row]:
    """All that was reported of a run, by tag: for `take` alone, which sees what callers do not."""
    rows = connection.execute(select(common_threat).where(common_threat.c.run == run)).mappings()
    return {row["tag"]: dict(row) for row in rows}


def _keep(tx: Transaction, caller: Caller, said: Report, what: tuple[str, str]) -> None:
    name, text = what
    row = {"digest": name, "run": said.run, "member": said.member, "kid": jws.read(text).kid,
           "jws": text, "person": caller.person, "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(common_report).values(**row))


def _hold(
    tx: Transaction, caller: Caller, said: Report, what: tuple[str, Row | None], report: str
) -> None:
    """Write down that the caller's member holds what a tag stands for."""
    tag, row = what
    owner = caller.member.id if row is None else row["owner"]
    id = new_id("thr") if row is None else row["id"]
    if row is None:
        new = {"id": id, "owner": owner, "marking": MARKING.value, "run": said.run, "tag": tag,
               "members": json.dumps(said.members), "k": said.k, "created": tx.at}  # fmt: skip
        tx.connection.execute(insert(common_threat).values(**new))
    holders = holding(tx.connection, id)
    if caller.member.id in holders:
        return
    held = {"threat": id, "member": caller.member.id, "n": len(holders) + 1, "report": report,
            "created": tx.at}  # fmt: skip
    tx.connection.execute(insert(common_holder).values(**held))
    others = frozenset({*holders, caller.member.id} - {owner})
    share(tx.connection, common_threat, id, Sharing(owner, MARKING, members=others))
    if row is not None and row["met"] is None:
        query = update(common_threat).where(common_threat.c.id == id)
        tx.connection.execute(query.values(met=tx.at))


def taken(connection: Connection, text: str) -> bool:
    """Whether a report was taken before."""
    return _taken(connection, digest(text.encode()))


def newly_asked(connection: Connection, text: str, ids: Iterable[str]) -> dict[str, list[str]]:
    """Whom a report that was taken puts a question to, and about which of its threats: who came to
    hold by it what another holds, and, with the second holder, the first.
    """
    name = digest(text.encode())
    found: dict[str, list[str]] = {}
    for id in sorted(set(ids)):
        query = select(common_holder.c.member, common_holder.c.report)
        rows = connection.execute(query.where(common_holder.c.threat == id)).all()
        new = [row.member for row in rows if row.report == name]
        if new and len(rows) > 1:
            for each in [row.member for row in rows] if len(rows) == 2 else new:
                found.setdefault(each, []).append(id)
    return found


def holding(connection: Connection, id: str) -> list[str]:
    """The members that reported a threat, the first one first."""
    query = select(common_holder.c.member).where(common_holder.c.threat == id)
    return list(connection.execute(query.order_by(common_holder.c.n)).scalars())
