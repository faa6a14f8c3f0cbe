"""How OFAC writes names and types, in CSV, XML and the screening list alike."""

from typing import Final

from stanch.model.listed import (
    AIRCRAFT,
    ORGANIZATION,
    PERSON,
    UNKNOWN,
    VESSEL,
    ListedName,
)

_SCHEMAS: Final = {
    "individual": PERSON,
    "entity": ORGANIZATION,
    "": ORGANIZATION,  # the CSV files leave it out
    "vessel": VESSEL,
    "aircraft": AIRCRAFT,
}


def schema_of(kind: str) -> str:
    """The schema for OFAC's type of an entry, in any case; a type that is not known is no guess."""
    return _SCHEMAS.get(kind.casefold(), UNKNOWN)


def person_name(text: str, kind: str) -> ListedName:
    """ "KIM, Chol Su" with its parts. Without a comma it is one part, no one knows which."""
    family, comma, given = text.partition(",")
    if comma and family.strip() and given.strip():
        return ListedName(text, kind, (("family", family.strip()), ("given", given.strip())))
    return ListedName(text, kind, (("whole", text),))
