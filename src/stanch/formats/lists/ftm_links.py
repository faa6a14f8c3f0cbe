"""FollowTheMoney's entities that say something of others: sanctions, documents, addresses, links.

Each is joined to the entries that it names (a sanction's `entity`, a passport's `holder`), an
address to those that name it (`addressEntity`). A link between two entries becomes a relation of
both. What a link says besides stays with the relation, or in `other`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from stanch.formats.lists.dates import iso_day
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.unknown import Unknown
from stanch.model.countries import code_of
from stanch.model.listed import (
    NATIONAL_ID,
    PASSPORT,
    REGISTRATION,
    TAX_ID,
    WALLET,
    Address,
    Identifier,
)

# The two ends of a link, or the one end of a fact.
LINKS: Final[Mapping[str, Sequence[str]]] = {
    "Sanction": ("entity",),
    "Identification": ("holder",),
    "Passport": ("holder",),
    "Address": ("entity",),
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
    "Occupancy": ("holder", "post"),
    "Position": ("entity",),
    "Debt": ("debtor", "creditor"),
    "Payment": ("payer", "beneficiary"),
}
_SANCTION_LISTS: Final = {
    "program": "programs",
    "programId": "programs",
    "authorityId": "legal_bases",
    "reason": "remarks",
    "summary": "remarks",
    "description": "remarks",
}
# What a document is where its `type` says no more than one of our own words.
_DOCUMENTS: Final = {"tax-id": TAX_ID, "registration": REGISTRATION}
_DATES: Final = ("listingDate", "startDate")
_PARTS: Final = ("city", "state", "region", "postalCode", "country")

Properties = Mapping[str, Sequence[str]]


def join(
    schema: str, number: str, said: Properties, drafts: Mapping[str, Draft], unknown: Unknown
) -> None:
    """Add what one such entity says to the entries that it concerns."""
    ends = LINKS.get(schema, ())
    if schema not in LINKS:
        unknown.note(f"schema {schema}", number)
    values = [each for end in ends or said for each in said.get(end, ())]
    named = [drafts[each] for each in dict.fromkeys(values) if each in drafts]
    if not named and schema in LINKS and schema != "Position":
        unknown.note(f"{schema} of no entry in this file", number)
    for draft in named:
        if schema == "Sanction":
            _add_sanction(draft, said)
        elif schema in ("Passport", "Identification"):
            _add_document(draft, schema, said)
        elif schema == "Address":
            draft.addresses.append(_address(said))
        else:
            _add_link(draft, schema, ends, said)


def join_wallets(drafts: Mapping[str, Draft]) -> None:
    """Give each wallet its asset, and each wallet's owner the wallet's address."""
    for draft in drafts.values():
        if draft.schema != "Wallet":
            continue
        said = dict(reversed(draft.other))  # of several assets or holders the first
        asset = said.get("currency", "")
        draft.identifiers = [
            replace(each, asset=asset) if each.kind == WALLET else each
            for each in draft.identifiers
        ]
        for name, owner in list(draft.other):
            if name == "holder":
                draft.related.append(("holder", owner))
                if owner in drafts:
                    drafts[owner].identifiers += draft.identifiers


def _add_sanction(draft: Draft, said: Properties) -> None:
    lists = {"programs": draft.programs, "legal_bases": draft.legal_bases, "remarks": draft.remarks}
    for name, values in said.items():
        if name in _SANCTION_LISTS:
            lists[_SANCTION_LISTS[name]] += values
        elif name != "entity":
            draft.also(f"Sanction {name}", values)
    for name in _DATES:
        days = [day for each in said.get(name, ()) if (day := iso_day(each))]
        if days:
            earlier = [draft.listed_on] if draft.listed_on else []
            draft.listed_on = min((*days, *earlier))
            return


def _add_document(draft: Draft, schema: str, said: Properties) -> None:
    passport = schema == "Passport" or "passport" in " ".join(said.get("type", ())).casefold()
    country = next(iter(said.get("country", ())), "")
    rest = (
        f"{name} {', '.join(values)}"
        for name, values in said.items()
        if name not in ("holder", "number", "country", "passportNumber")
    )
    note = "; ".join(rest)
    stated = " ".join(said.get("type", ())).casefold()
    kind = PASSPORT if passport else _DOCUMENTS.get(stated, NATIONAL_ID)
    for number in (*said.get("number", ()), *said.get("passportNumber", ())):
        draft.identifiers.append(Identifier(kind, number, code_of(country) or country, note=note))


def _address(said: Properties) -> Address:
    city, state, region, postcode, country = (", ".join(said.get(name, ())) for name in _PARTS)
    street = [*said.get("street", ()), *said.get("street2", ())]
    whole = ", ".join(filter(None, (*street, city, region or state, postcode, country)))
    text = next(iter(said.get("full", ())), "") or whole
    return Address(text, city, region or state, postcode, country)


def _add_link(draft: Draft, schema: str, ends: Sequence[str], said: Properties) -> None:
    """The other end, with what the link says of itself."""
    rest = "; ".join(f"{name} {', '.join(said[name])}" for name in said if name not in ends)
    for end in ends or tuple(said):
        for other in said.get(end, ()):
            if other != draft.id and (ends or other):
                word = f"{schema} {end}" + (f" ({rest})" if rest and ends else "")
                draft.related.append((word, other))
