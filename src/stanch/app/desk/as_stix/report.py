"""The accounts of a report from outside. The reporter and their words stay at the desk."""

from sqlalchemy import select

from stanch.app.desk.as_stix.made import Looking, Made, handling_of, said_at, unlisted
from stanch.cases import intake as reports
from stanch.errors import RefusedError
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import first_hand, make
from stanch.formats.stix.times import of_text
from stanch.formats.stix.wallet import wallet
from stanch.store.desk.tables import intake
from stanch.store.desk.visible import visible


def report_made(looking: Looking, id: str) -> Made:
    """`observed-data` of the wallets that a report names. Raises NotFoundError, RefusedError."""
    row = reports.one(looking.connection, looking.caller, id)
    query = select(intake.c.id).where(intake.c.id == id)
    found = handling_of(looking, query, row, lambda caller: visible(intake, caller))
    handling = unlisted(found)
    of = first_hand(handling)
    wallets = {each.id: each for each in (wallet(one, of) for one in row["body"]["accounts"])}
    if not wallets:
        raise RefusedError(f"{id} names no account, and its text is not shared")
    at = of_text(row["created"])
    said = {
        **said_at(row), "first_observed": at, "last_observed": at, "number_observed": 1,
        "object_refs": list(wallets.values()), "labels": ["reported", row["kind"]],
    }  # fmt: skip
    made = make(named("observed-data", "report", id), said, of)
    return Made(row["owner"], f"Accounts that a report names: {row['kind']}", handling, (made,))
