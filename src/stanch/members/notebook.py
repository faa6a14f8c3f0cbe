"""What the tables say of members' and approvers' keys, made to follow a directory that holds."""

from sqlalchemy import bindparam, insert, select, update

from stanch.errors import RefusedError
from stanch.formats.signed.members import certified, kid_of
from stanch.model.desk.directory import Directory
from stanch.store.desk.tables import approver_key, member, person
from stanch.store.desk.transaction import Transaction


def follow(tx: Transaction, said: Directory) -> None:
    """Write what a verified directory says; what it does not name has no key and founds nothing.

    Raises RefusedError for a member or person that the desk does not know, or a person of another
    member.
    """
    _known(tx, said)
    _members(tx, said)
    _approvers(tx, said)


def _known(tx: Transaction, said: Directory) -> None:
    members = set(tx.connection.execute(select(member.c.id)).scalars())
    if unknown := {each.id for each in said.members} - members:
        raise RefusedError(
            f"the directory names {min(unknown)}, who is no member here; add it first"
        )
    rows = tx.connection.execute(select(person.c.id, person.c.member))
    home = {row.id: row.member for row in rows}
    for each in said.approvers:
        if home.get(each.person) != each.member:
            raise RefusedError(f"{each.person} is nobody of {each.member} here; add them first")


def _members(tx: Transaction, said: Directory) -> None:
    tx.connection.execute(update(member).values(founding=False, key=None))
    rows = [
        {
            "of": each.id,
            "name": each.name,
            "kind": each.kind.value,
            "country": each.country,
            "founding": each.founding,
            "key": kid_of(each),
        }
        for each in said.members
    ]
    tx.connection.execute(update(member).where(member.c.id == bindparam("of")), rows)


def _approvers(tx: Transaction, said: Directory) -> None:
    """A key that is not in the directory any more is revoked from now on, not forgotten."""
    # One key an approver, in the same order: `certified` refuses a key that is there twice.
    named = zip(said.approvers, certified(said).items(), strict=True)
    rows = [
        {
            "kid": kid,
            "person": certificate.person,
            "public": certificate.key,
            "certificate": approver.certificate,
        }
        for approver, (kid, certificate) in named
    ]
    before = set(tx.connection.execute(select(approver_key.c.kid)).scalars())
    now = {row["kid"] for row in rows}
    by_kid = update(approver_key).where(approver_key.c.kid == bindparam("of"))
    gone = by_kid.where(approver_key.c.revoked.is_(None)).values(revoked=tx.at)
    changes = (
        (gone, [{"of": kid} for kid in sorted(before - now)]),
        (
            by_kid,
            [{**row, "of": row["kid"], "revoked": None} for row in rows if row["kid"] in before],
        ),
        (
            insert(approver_key),
            [{**row, "created": tx.at} for row in rows if row["kid"] not in before],
        ),
    )
    for change, each in changes:
        if each:
            tx.connection.execute(change, each)
