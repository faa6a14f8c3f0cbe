"""What the EU's FSF files are known to hold, as paths below a sanctionEntity.

`regulationSummary` repeats the regulation for each fact, `logicalId` numbers each fact, and
`regulationLanguage` is the language of the act: they are known and left where they are.
"""

from typing import Final

_COUNTRY: Final = ("region", "countryIso2Code", "countryDescription")
_SUMMARY: Final = ("regulationType", "publicationDate", "numberTitle", "publicationUrl")
_PLACE: Final = ("city", "zipCode", "place", *_COUNTRY)

_ATTRIBUTES: Final = {
    "nameAlias": (
        "firstName", "middleName", "lastName", "wholeName", "function", "gender", "title",
        "nameLanguage", "strong",
    ),
    "citizenship": _COUNTRY,
    "birthdate": (
        "circa", "calendarType", "birthdate", "dayOfMonth", "monthOfYear", "year",
        "yearRangeFrom", "yearRangeTo", *_PLACE,
    ),
    "address": ("street", "poBox", "asAtListingTime", *_PLACE),
    "identification": (
        "diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer", "issuedBy",
        "latinNumber", "nameOnDocument", "number", "identificationTypeCode",
        "identificationTypeDescription", "issueDate", "validFrom", "validTo", *_COUNTRY,
    ),
    "subjectType": ("code", "classificationCode"),
    "regulation": (
        "regulationType", "organisationType", "publicationDate", "entryIntoForceDate",
        "numberTitle", "programme",
    ),
}  # fmt: skip

KNOWN: Final = frozenset(
    {
        *(f"@{name}" for name in (
            "designationDate", "designationDetails", "unitedNationId", "euReferenceNumber",
            "logicalId",
        )),
        *(f"{fact}@{name}" for fact, names in _ATTRIBUTES.items() for name in names),
        *(f"{fact}@{name}" for fact in _ATTRIBUTES for name in ("logicalId", "regulationLanguage")),
        *(f"{fact}/regulationSummary@{name}" for fact in _ATTRIBUTES for name in _SUMMARY),
        *(f"{fact}/regulationSummary" for fact in _ATTRIBUTES),
        *(f"{fact}/remark" for fact in _ATTRIBUTES),
        *_ATTRIBUTES,
        "remark", "regulation/publicationUrl", "address/contactInfo", "address/contactInfo@key",
        "address/contactInfo@value",
    }
)  # fmt: skip
ROOT_KNOWN: Final = frozenset({"@generationDate", "@globalFileId", "@schemaLocation"})
