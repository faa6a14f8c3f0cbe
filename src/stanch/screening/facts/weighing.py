"""All facts of a subject against all facts of a listed entry, as evidence."""

from stanch.model.hits import Evidence, Subject
from stanch.model.listed import Entry
from stanch.screening.facts import births, countries, genders, identifiers, places, roles, schemas


def weigh(subject: Subject, entry: Entry) -> tuple[Evidence, ...]:
    """What speaks for and against the two being one, apart from their names.

    A fact that either side lacks gives no evidence. The order is that of how firm the facts are.
    """
    found: list[Evidence] = []
    if subject.schema:
        found += schemas.evidence(subject.schema, entry.schema)
    if subject.identifiers and entry.identifiers:
        found += identifiers.evidence(subject.identifiers, entry.identifiers)
    if subject.births and entry.births:
        found += births.evidence(subject.births, entry.births)
    if subject.birth_places and entry.birth_places:
        found += places.evidence(subject.birth_places, entry.birth_places)
    if subject.genders and entry.genders:
        found += genders.evidence(subject.genders, entry.genders)
    if subject.countries and entry.countries:
        found += countries.evidence(subject.countries, entry.countries, entry.schema)
    if subject.roles and entry.roles:
        found += roles.evidence(subject.roles, entry.roles)
    return tuple(found)
