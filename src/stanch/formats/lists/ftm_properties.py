"""What FollowTheMoney's properties of a subject are in an `Entry`.

Properties that no field of an entry fits, but that the model knows, go to `other` under their own
name and are not reported.
"""

from collections.abc import Sequence
from typing import Final

from stanch.formats.ftm_words import COUNTRIES, IDENTIFIERS, NAME_PARTS, NAMES
from stanch.formats.lists.dates import iso_day, listed_date
from stanch.formats.lists.draft import Draft
from stanch.model.listed import PRIMARY, WALLET, Address, Identifier, ListedName

# Numbers whose kind is FollowTheMoney's own word.
_OWN: Final = (
    "bikCode cageCode dunsCode giiNumber icijId npiCode okpoCode opencorporatesUrl permId ricCode"
    " uniqueEntityId wikidataId innCode serialNumber isin ticker amlTypology licenseNumber iban"
    " accountNumber sicCode kppCode bvdId crsNumber vin registrationMark"
)
_FIELDS: Final = {
    "birthPlace": "birth_places",
    "gender": "genders",
    "position": "roles",
    "title": "roles",
    "program": "programs",
    "programId": "programs",
    "notes": "remarks",
    "summary": "remarks",
    "description": "remarks",
}
_PLAIN: Final = (
    "topics createdAt modifiedAt retrievedAt sourceUrl programUrl publisher publisherUrl keywords"
    " religion ethnicity political profession education deathDate deathPlace appearance hairColor"
    " eyeColor height weight spokenLanguage incorporationDate dissolutionDate status sector"
    " classification legalForm mainCountry type model buildDate tonnage grossRegisteredTonnage"
    " grossTonnage deadweightTonnage navigationArea registrationPort pastTypes manufacturer owner"
    " operator addressEntity parent wikipediaUrl alephUrl proof indexText capital currency balance"
    " balanceDate creationDate amount amountUsd amountEur holder issueDate managingExchange bank"
    " voenCode okopfCode fnsCode fssCode pfrNumber oksmCode jibCode caemCode coatoCode mbsCode"
    " ibcRuc tickerSymbol nextOfKin familyPerson familyRelative associates associations sanctions"
    " sanctionEntity identificiation identification ownershipOwner ownershipAsset"
    " directorshipDirector directorshipOrganization unknownLinkTo unknownLinkFrom"
    " membershipMember membershipOrganization employers employees positionOccupancies"
    " cryptoWallets agentRepresentation agencyClient parentOrganization subsidiaries"
)
_PLAIN_NAMES: Final = frozenset(_PLAIN.split())
_OWN_NAMES: Final = frozenset(_OWN.split())


def add_property(draft: Draft, name: str, values: Sequence[str]) -> bool:
    """Put the values of a property where they belong; False where it is not known."""
    if name in NAMES:
        draft.names += [ListedName(text, NAMES[name]) for text in values]
    elif name in NAME_PARTS:
        # Parts of which name, the model does not say; with one name given they are of that one.
        draft.also(name, values)
    elif name in COUNTRIES:
        for text in values:
            draft.country(text, COUNTRIES[name])
    elif name in IDENTIFIERS or name in _OWN_NAMES:
        kind = IDENTIFIERS.get(name, name.casefold())
        note = "" if name in ("imoNumber", "mmsi", "email", "website") else name
        draft.identifiers += [Identifier(kind, text, note=note) for text in values]
    elif name in _FIELDS:
        _extend(draft, _FIELDS[name], values)
    else:
        return _add_rest(draft, name, values)
    return True


def _add_rest(draft: Draft, name: str, values: Sequence[str]) -> bool:
    if name == "birthDate":
        draft.births += map(listed_date, values)
    elif name == "address":
        draft.addresses += map(Address, values)
    elif name == "publicKey":
        draft.identifiers += [Identifier(WALLET, text) for text in values]
        if not draft.names:
            draft.names += [ListedName(text, PRIMARY) for text in values]
    elif name == "createdAt":
        draft.listed_on = draft.listed_on or min(filter(None, map(iso_day, values)), default="")
        draft.also(name, values)
    elif name in _PLAIN_NAMES:
        draft.also(name, values)
    else:
        return False
    return True


def _extend(draft: Draft, field: str, values: Sequence[str]) -> None:
    fields: dict[str, list[str]] = {
        "birth_places": draft.birth_places,
        "genders": draft.genders,
        "roles": draft.roles,
        "programs": draft.programs,
        "remarks": draft.remarks,
    }
    fields[field] += values
