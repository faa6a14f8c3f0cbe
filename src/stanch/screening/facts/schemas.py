"""What a thing is: a vessel is no person.

What a list and a customer file call person, organisation, vessel or aircraft is wrong in about one
record of a thousand between a person and a thing: 10 log10(0.001) = -30. Between a person and an
organisation one of a hundred is (sole traders, a name in the wrong column): -20. Between a vessel
and an organisation one of ten: ships are owned by companies that bear their names, -10.

Agreement says nothing: half of all entries are persons. `LegalEntity` is person or organisation,
and an asset or a wallet may be anybody's, so these contradict nothing that owns.
"""

from typing import Final

from stanch.model.hits import Evidence

THING: Final = -30.0
PERSON: Final = -20.0
OWNER: Final = -10.0

_CLASS: Final = {
    "Person": "person",
    "Organization": "organization",
    "Company": "organization",
    "LegalEntity": "owner",
    "Vessel": "vessel",
    "Airplane": "airplane",
}


def evidence(subject: str, listed: str) -> list[Evidence]:
    """What the two schemata say; nothing where one is unknown or they can be one."""
    mine, theirs = _CLASS.get(subject, ""), _CLASS.get(listed, "")
    if mine == theirs or not mine or not theirs:
        return []
    points = _against({mine, theirs})
    return [Evidence("schema.contradicts", points, subject, listed)] if points else []


def _against(pair: set[str]) -> float:
    if pair in ({"person", "owner"}, {"organization", "owner"}):
        return 0.0
    if pair == {"person", "organization"}:
        return PERSON
    if pair & {"organization", "owner"}:
        return OWNER
    return THING
