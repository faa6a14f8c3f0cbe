"""OFAC's lists as advanced XML: sdn_advanced.xml and cons_advanced.xml.

Format: "Advanced Sanctions Data Model" and the notes on sdn_advanced.xml of the US Treasury (root
`Sanctions`; a standard that the UN 1267 committee proposed). Everything refers to everything by
number: parties to kinds of names, features to locations and words, documents to identities,
entries of lists to profiles. So the file is read once from front to back, and entries are given
when all that refers to them is known. The id of an entry is the party's FixedRef, which is the
`uid` of the plain XML and `ent_num` of the CSV files.

Written against the published format, with fixtures: no official file was at hand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.ofac_advanced_features import add_feature, day_of, location_of
from stanch.formats.lists.ofac_advanced_names import add_identity
from stanch.formats.lists.ofac_advanced_words import KNOWN, Words
from stanch.formats.lists.ofac_labels import add_fact, add_unknown
from stanch.formats.lists.ofac_names import schema_of
from stanch.formats.lists.ofac_remarks import read_remarks
from stanch.formats.lists.safe_xml import Record, records
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import UNKNOWN, RefusedEntry

_SETS: Final = "Sanctions/ReferenceValueSets/"
LOCATION: Final = "Sanctions/Locations/Location"
DOCUMENT: Final = "Sanctions/IDRegDocuments/IDRegDocument"
PARTY: Final = "Sanctions/DistinctParties/DistinctParty"
RELATION: Final = "Sanctions/ProfileRelationships/ProfileRelationship"
ENTRY: Final = "Sanctions/SanctionsEntries/SanctionsEntry"
_WANTED: Final = (f"{_SETS}*", LOCATION, DOCUMENT, PARTY, RELATION, ENTRY)
_FURNITURE: Final = ("Sanctions/DateOfIssue", "Sanctions@", "Sanctions/SanctionsEntryLinks")


@dataclass(slots=True)
class _Reading:
    """What is known so far of one file."""

    file: str
    unknown: Unknown
    words: Words = field(default_factory=Words)
    documents: dict[str, list[Element]] = field(default_factory=dict)  # by identity
    drafts: dict[str, Draft] = field(default_factory=dict)  # by profile
    rows: dict[str, int] = field(default_factory=dict)
    refused: list[RefusedEntry] = field(default_factory=list)


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries and refused ones of each file in its order, then what is not known of it.

    Raises ValueError where a file is not such XML.
    """
    for file in files:
        reading = _Reading(file.name, Unknown(file.name))
        for record in records(file.stream, _WANTED):
            _take(record, reading)
        yield from reading.refused
        for profile, draft in reading.drafts.items():
            try:
                yield draft.entry()
            except ValueError as error:
                yield RefusedEntry(file.name, reading.rows[profile], str(error))
        yield from reading.unknown.fields()


def _take(record: Record, reading: _Reading) -> None:
    element = record.element
    if record.path.startswith(_SETS):
        reading.words.learn(element)
    elif record.path == LOCATION:
        reading.words.locations[element.get("ID", "")] = location_of(element, reading.words)
        reading.unknown.strays(element, KNOWN["Location"])
    elif record.path == DOCUMENT:
        reading.documents.setdefault(element.get("IdentityID", ""), []).append(element)
    elif record.path == PARTY:
        _take_party(record, reading)
    elif record.path == RELATION:
        _take_relation(element, reading)
    elif record.path == ENTRY:
        _take_entry(record, reading)
    elif record.path not in _FURNITURE:
        reading.unknown.note(record.path, element.text or "")


def _take_party(record: Record, reading: _Reading) -> None:
    for profile in record.element.iterfind("Profile"):
        number = record.element.get("FixedRef") or profile.get("ID", "")
        key = profile.get("ID", "")
        if not number or not key or key in reading.drafts:
            reason = "DistinctParty has no number, or one that came before"
            reading.refused.append(RefusedEntry(reading.file, record.row, reason))
            continue
        draft = Draft(number, _schema(profile, reading))
        for identity in profile.iterfind("Identity"):
            add_identity(draft, identity, reading.words, reading.unknown)
            for document in reading.documents.pop(identity.get("ID", ""), ()):
                _add_document(draft, document, reading)
        for feature in profile.iterfind("Feature"):
            add_feature(draft, feature, reading.words, reading.unknown)
        for comment in (*record.element.iterfind("Comment"), *profile.iterfind("Comment")):
            read_remarks(draft, comment.text or "", reading.unknown)
        reading.rows[key] = record.row
        reading.drafts[key] = draft
        draft.other += reading.unknown.strays(profile, KNOWN["Profile"])


def _schema(profile: Element, reading: _Reading) -> str:
    """Vessel and aircraft are subtypes of a type "Transport"; persons and entities are types."""
    number = profile.get("PartySubTypeID", "")
    subtype = schema_of(reading.words.of("PartySubType", number) or "?")
    if subtype != UNKNOWN:
        return subtype
    parent = reading.words.parents.get(("PartySubType", number), "")
    return schema_of(reading.words.of("PartyType", parent) or "?")


def _add_document(draft: Draft, element: Element, reading: _Reading) -> None:
    words = reading.words
    label = words.of("IDRegDocType", element.get("IDRegDocTypeID", ""))
    issuer = words.of("Country", element.get("IssuedBy-CountryID", ""))
    notes = [text for each in element.iterfind("IssuingAuthority") if (text := each.text or "")]
    for dated in element.iterfind("DocumentDate"):
        word = words.of("IDRegDocDateType", dated.get("IDRegDocDateTypeID", ""))
        notes.append(f"{word} {day_of(dated.find('.//From'))}".strip())
    notes += [each.text for each in element.iterfind("Comment") if each.text]
    validity = words.of("Validity", element.get("ValidityID", ""))
    if validity and validity != "Valid":
        notes.append(validity)
    note = "; ".join(notes)
    for number in element.iterfind("IDRegistrationNo"):
        value = (number.text or "").strip()
        if not add_fact(draft, label, value, issuer, note):
            reading.unknown.note(f"IDRegDocType {label}", value)
            add_unknown(draft, label or "document number", value, issuer, note)
    draft.other += reading.unknown.strays(element, KNOWN["IDRegDocument"])


def _take_relation(element: Element, reading: _Reading) -> None:
    """ "A, provided support to, B": a relation of A to B, and one of B from A."""
    word = reading.words.of("RelationType", element.get("RelationTypeID", ""))
    if element.get("Former", "").casefold() == "true":
        word = f"formerly {word}"
    ends = element.get("From-ProfileID", ""), element.get("To-ProfileID", "")
    first, last = (reading.drafts.get(end) for end in ends)
    if first:
        first.related.append((word, last.id if last else ends[1]))
    if last:
        last.related.append((f"is the other side of: {word}", first.id if first else ends[0]))
    if not (first or last):
        reading.unknown.note("ProfileRelationship of no party in this file", " ".join(ends))
    reading.unknown.strays(element, KNOWN["ProfileRelationship"])


def _take_entry(record: Record, reading: _Reading) -> None:
    """When and why a party stands on a list, and the programmes."""
    element, words = record.element, reading.words
    draft = reading.drafts.get(element.get("ProfileID", ""))
    if draft is None:
        reason = f"SanctionsEntry of a profile that is not there: {element.get('ProfileID')}"
        reading.refused.append(RefusedEntry(reading.file, record.row, reason[:200]))
        return
    draft.also("List", [words.of("List", element.get("ListID", ""))])
    for event in element.iterfind("EntryEvent"):
        draft.legal_bases.append(words.of("LegalBasis", event.get("LegalBasisID", "")))
        day = day_of(event.find("Date"))
        if len(day) == 10 and (not draft.listed_on or day < draft.listed_on):
            draft.listed_on = day
        draft.also("EntryEvent", [each.text or "" for each in event.iterfind("Comment")])
    for measure in element.iterfind("SanctionsMeasure"):
        kind = words.of("SanctionsType", measure.get("SanctionsTypeID", ""))
        said = [text for each in measure.iterfind("Comment") if (text := (each.text or "").strip())]
        if kind == "Program":
            draft.programs += said
        else:
            draft.also("SanctionsMeasure", [": ".join(filter(None, (kind, *said)))])
    draft.other += reading.unknown.strays(element, KNOWN["SanctionsEntry"])
