"""The words that numbers stand for in OFAC's advanced XML, and the paths that its parser knows."""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.unknown import paths
from stanch.model.listed import Address


class Words:
    """The reference value sets of one file, and its locations."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.locations: dict[str, Address] = {}
        self.parents: dict[tuple[str, str], str] = {}  # number of the set above
        self._words: dict[tuple[str, str], str] = {}

    def learn(self, values: Element) -> None:
        """Take in one set (`AliasTypeValues`), whose elements have an ID and a text."""
        for value in values:
            key = value.tag, value.get("ID", "")
            text = (value.text or "").strip()
            self._words[key] = value.get("LegalBasisShortRef", "") or text
            if "PartyTypeID" in value.attrib:
                self.parents[key] = value.attrib["PartyTypeID"]
            if value.tag == "AreaCode":
                self._words[key] = value.get("Description", "") or text

    def of(self, kind: str, number: str) -> str:
        """The word, or the number in brackets where the file does not explain it."""
        if not number:
            return ""
        return self._words.get((kind, number), f"({kind} {number})")


_DATE: Final = "(Year Month Day)"
_PERIODS: Final = " ".join(
    f"{{0}}DatePeriod/{end}/{side}/{_DATE} {{0}}DatePeriod/{end}/{side}"
    for end in ("Start", "End")
    for side in ("From", "To")
)
_MARKS: Final = "{0}DatePeriod@(CalendarTypeID YearFixed MonthFixed DayFixed) " + " ".join(
    f"{{0}}DatePeriod/{end}@(Approximate YearFixed MonthFixed DayFixed)" for end in ("Start", "End")
)


def _periods(front: str) -> str:
    return f"{_PERIODS} {_MARKS}".replace("{0}", front)


KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "Location": paths("""
        @ID LocationAreaCode@AreaCodeID LocationAreaCode LocationCountry
        LocationCountry@(CountryID CountryRelevanceID) LocationPart@LocPartTypeID
        LocationPart/LocationPartValue@(Primary LocPartValueTypeID LocPartValueStatusID)
        LocationPart/LocationPartValue/(Comment Value)
        FeatureVersionReference FeatureVersionReference@FeatureVersionID
        IDRegDocumentReference IDRegDocumentReference@DocumentID
    """),
    "IDRegDocument": paths(
        """
        @(ID IDRegDocTypeID IdentityID IssuedBy-CountryID IssuedIn-LocationID ValidityID)
        Comment IDRegistrationNo IssuingAuthority DocumentDate@IDRegDocDateTypeID
        DocumentedNameReference DocumentedNameReference@DocumentedNameID
        IDRegDocumentMention IDRegDocumentMention@IDRegDocumentID
    """
        + _periods("DocumentDate/")
    ),
    "Profile": paths(
        """
        @(ID PartySubTypeID) Comment
        Identity@(ID FixedRef Primary False)
        Identity/Alias@(FixedRef AliasTypeID Primary LowQuality)
        Identity/Alias/DocumentedName@(ID FixedRef DocNameStatusID)
        Identity/Alias/DocumentedName/DocumentedNamePart/NamePartValue
        Identity/Alias/DocumentedName/DocumentedNamePart/NamePartValue@(NamePartGroupID ScriptID)
        Identity/Alias/DocumentedName/DocumentedNamePart/NamePartValue@(ScriptStatusID Acronym)
        Identity/Alias/DocumentedName/DocumentedNameCountry@CountryID
        Identity/NamePartGroups/MasterNamePartGroup/NamePartGroup
        Identity/NamePartGroups/MasterNamePartGroup/NamePartGroup@(ID NamePartTypeID)
        Feature@(ID FeatureTypeID) Feature/FeatureVersion Feature/FeatureVersion/Comment
        Feature/FeatureVersion@(ID ReliabilityID)
        Feature/FeatureVersion/VersionDetail
        Feature/FeatureVersion/VersionDetail@(DetailTypeID DetailReferenceID)
        Feature/FeatureVersion/VersionLocation Feature/FeatureVersion/VersionLocation@LocationID
        Feature/IdentityReference Feature/IdentityReference@(IdentityID IdentityFeatureLinkTypeID)
        SanctionsEntryReference SanctionsEntryReference@SanctionsEntryID
    """
        + _periods("Feature/FeatureVersion/")
    ),
    "ProfileRelationship": paths("""
        @(ID From-ProfileID To-ProfileID RelationTypeID RelationQualityID Former SanctionsEntryID)
        Comment
    """),
    "SanctionsEntry": paths(
        """
        @(ID ProfileID ListID) EntryEvent@(ID EntryEventTypeID LegalBasisID) EntryEvent/Comment
        EntryEvent/Date/(Year Month Day) EntryEvent/Date@CalendarTypeID
        SanctionsMeasure@(ID SanctionsTypeID) SanctionsMeasure/Comment SanctionsMeasure
        LimitationsToListing
    """
        + _periods("SanctionsMeasure/")
    ),
}
