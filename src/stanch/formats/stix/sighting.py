"""That somebody saw an account: an `indicator` for it, what was observed, and the `sighting`.

STIX lets objects be sighted that describe, not observables; so the account is an indicator, whose
pattern any tool can match, and `observed-data` holds the wallet that was seen. A listed party is
sighted as the `identity` that the list names, and nothing is said of who was taken for it.
"""

from dataclasses import dataclass

from stanch.formats.stix.grading import UNGRADED, Grade, graded
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, made_of, make
from stanch.formats.stix.wallet import address_wallet, wallet
from stanch.model.chain import split_account


@dataclass(frozen=True, slots=True)
class Seen:
    """An account (CAIP-10, or an address whose chain is not known), when it was seen first and last
    (STIX timestamps), how often, and how good the report is. `what` says in a line what was seen.
    """

    account: str
    first: str
    last: str
    count: int = 1
    what: str = ""
    grade: Grade = UNGRADED


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of a list by the list's id and its own, its name there, when somebody who may be it
    was met first and last, how many were, and how sure that is, 0 to 100.
    """

    list: str
    entry: str
    name: str
    first: str
    last: str
    count: int
    confidence: int


def indicator(account: str, at: str, of: Origin) -> Item:
    """The indicator of an account: it matches the wallet of the field's extension."""
    seen = _wallet(account, of)
    value = str(seen.data["value"]).replace("\\", "\\\\").replace("'", "\\'")
    said = {
        "created": at,
        "modified": at,
        "name": f"Account {account}",
        "description": f"Money that moves to or from {account} is to be looked at.",
        "indicator_types": ["malicious-activity"],
        "pattern": f"[cryptocurrency-wallet:value = '{value}']",
        "pattern_type": "stix",
        "pattern_version": "2.1",
        "valid_from": at,
    }
    # Who saw it first, and for whom it is marked, tells it from others' indicators of the account.
    key = ("account", account, at, seen.handling.tlp)
    return make(named("indicator", *key), said, made_of(seen))


def sighting_items(seen: Seen, of: Origin, by: Item, at: str) -> list[Item]:
    """The sighting with all that it stands on. `by` is the identity of who saw it."""
    pattern = indicator(seen.account, seen.first, of)
    key = (seen.account, seen.first, seen.last, str(seen.count), by.id)
    made = {"created": at, "modified": at, "created_by_ref": by}
    observed = make(
        named("observed-data", *key),
        made
        | {
            "first_observed": seen.first,
            "last_observed": seen.last,
            "number_observed": seen.count,
            "object_refs": [_wallet(seen.account, of)],
        },
        of,
    )
    said = {
        "description": seen.what,
        "first_seen": seen.first,
        "last_seen": seen.last,
        "count": seen.count,
        "sighting_of_ref": pattern,
        "observed_data_refs": [observed],
        "where_sighted_refs": [by],
    }
    return [make(named("sighting", *key), made | said | graded(seen.grade), of)]


def entry_items(seen: SeenEntry, of: Origin, by: Item, at: str) -> list[Item]:
    """The sighting of a listed party. `by` is the identity of who met it."""
    named_there = {
        "created": seen.first, "modified": seen.first, "name": seen.name,
        "identity_class": "unknown",
        "external_references": [{"source_name": seen.list, "external_id": seen.entry}],
    }  # fmt: skip
    party = make(named("identity", "listed", seen.list, seen.entry, seen.first), named_there, of)
    said = {
        "created": at, "modified": at, "created_by_ref": by,
        "description": "Somebody was met who may be this entry of a list.",
        "first_seen": seen.first, "last_seen": seen.last, "count": seen.count,
        "confidence": seen.confidence, "sighting_of_ref": party, "where_sighted_refs": [by],
    }  # fmt: skip
    key = (seen.list, seen.entry, seen.first, seen.last, str(seen.count), by.id)
    return [make(named("sighting", "listed", *key), said, of)]


def _wallet(account: str, of: Origin) -> Item:
    try:
        split_account(account)
    except ValueError:
        return address_wallet(account, of)
    return wallet(account, of)
