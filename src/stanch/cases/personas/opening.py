"""A confirmed operator or farm becomes a case of its member, and its wallets tags in it.

The case names the cluster and no record: what is erased there must not stand here.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import update

from stanch.cases.cases import OPEN, Shared, one, open_case
from stanch.cases.items import NewItem, add
from stanch.cases.personas import queue
from stanch.errors import UsageError
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import persona_cluster
from stanch.store.desk.transaction import Transaction

_OWN: Final = Shared(Marking.STRICT)
# What a tag says of a wallet, by its part; of one that is both, that it is theirs. Who is listed
# already needs no tag of ours, and who is merely on the way to them gets none.
LABELS: Final = {
    "payee": "Wallet of {level} {name}, personas",
    "collector": "Pay of {level} {name} meets here, personas",
}


def open_for(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """Open the case of a confirmed cluster, or say in the one that it has that it was confirmed
    again; returns its id, and the wallets that are no accounts and got no tag.
    """
    row = queue.found(tx.connection, caller, id)
    if _is_open(tx, caller, row["case"]):
        _note(tx, caller, row["case"], f"{id} was confirmed again.")
        return {"case": row["case"], "untagged": []}
    case = open_case(tx, caller, f"{row['level'].capitalize()} {row['name']}"[:200], _OWN)
    text = (
        f"Two readers and a decision hold {row['people']} records for one {row['level']}. "
        f"Records, evidence and reasons: {id}"
    )
    _note(tx, caller, case, text)
    wallets = sorted(json.loads(row["said"])["wallets"], key=lambda each: str(each["role"]))
    roles = {each["account"]: each["role"] for each in wallets if each["role"] in LABELS}
    untagged = [
        account
        for account, role in sorted(roles.items())
        if not _tagged(tx, caller, (case, row), (account, role))
    ]
    here = update(persona_cluster).where(persona_cluster.c.id == id)
    tx.connection.execute(here.values(case=case))
    tx.record(caller, "persona.opened", id, {"case": case})
    return {"case": case, "untagged": untagged}


def say_taken_back(tx: Transaction, caller: Caller, id: str) -> None:
    """Say in the case that the decision was taken back; a case that is closed stays as it is."""
    row = queue.found(tx.connection, caller, id)
    if _is_open(tx, caller, row["case"]):
        text = f"The decision that {id} is one {row['level']} was taken back."
        _note(tx, caller, row["case"], text)


def _is_open(tx: Transaction, caller: Caller, case: str | None) -> bool:
    return case is not None and one(tx.connection, caller, case)["state"] == OPEN


def _note(tx: Transaction, caller: Caller, case: str, text: str) -> None:
    add(tx, caller, NewItem(case, "note", {"text": text}, _OWN))


def _tagged(
    tx: Transaction, caller: Caller, of: tuple[str, Mapping[Any, Any]], wallet: tuple[str, str]
) -> bool:
    """Tag a wallet by its account and role; not what is no account, such as a bank's."""
    (case, row), (account, role) = of, wallet
    label = LABELS[role].format(level=row["level"], name=row["name"])
    try:
        add(tx, caller, NewItem(case, "tag", {"account": account, "label": label}, _OWN))
    except UsageError:
        return False
    return True
