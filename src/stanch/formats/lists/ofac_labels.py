"""OFAC's words for what it knows of an entry, and what each is in `model.listed`.

The same words stand in the remarks of the CSV files, as `idType` in the XML, as feature types and
document types in the advanced XML, and in the `ids` of the US Consolidated Screening List. They
were collected from all samples of these, 2019 to 2025. A number that none of model.listed's kinds
covers has OFAC's own word, in lower case, as its kind.
"""

import re
from typing import Final

from stanch.formats.lists.dates import listed_date
from stanch.formats.lists.draft import Draft
from stanch.model.countries import code_of
from stanch.model.listed import (
    CALL_SIGN,
    EMAIL,
    IMO,
    LEI,
    MMSI,
    NATIONAL_ID,
    PASSPORT,
    PHONE,
    REGISTRATION,
    SWIFT,
    TAIL_NUMBER,
    TAX_ID,
    WALLET,
    WEBSITE,
    Identifier,
    ListedDate,
)

_OWN: Final = ""  # a number whose kind is OFAC's own word

_IDENTIFIERS: Final = {
    PASSPORT: "Passport|Diplomatic Passport|Stateless Person Passport"
    "|British National Overseas Passport",
    NATIONAL_ID: (
        "National ID No.|Cedula No.|C.U.R.P.|D.N.I.|Personal ID Card|National Foreign ID Number"
        "|Tazkira National ID Card|Citizen's Card Number|Turkish Identification Number"
        "|Turkish Identificiation Number|Kenyan ID No.|Bosnian Personal ID No.|C.U.I.|LE Number"
        "|Numero de Identidad|I.F.E.|Identification Number|CNP (Personal Numerical Code)"
        "|C.U.I.P.|SSN|Moroccan Personal ID No.|Stateless Person ID Card|Refugee ID Card"
        "|UAE Identification|Cedula de Ciudadania"
        "|Cedula de Residencia|Kuwait Civil ID No.|Seafarer's Identification Document"
        "|Credencial electoral|Electoral Registry No."
    ),
    TAX_ID: (
        "Tax ID No.|NIT #|R.F.C.|RFC|R.F.C. #|C.U.R.P. #|RIF #|RUC #|RTN|C.I.F.|C.U.I.T."
        "|V.A.T. Number|Italian Fiscal Code|Fiscal Code|US FEIN"
        "|Paraguayan tax identification number"
        "|Numero Unico de Identificacao Tributaria (NUIT)|N.I.E.|C.I.F.#|NIT"
    ),
    REGISTRATION: (
        "Registration Number|Registration ID|Company Number|UK Company Number|Commercial Registry"
        " Number|Business Registration Number|Business Registration Document #|Business Number"
        "|Public Registration Number|Enterprise Number|Chamber of Commerce Number|C.R. No."
        "|Certificate of Incorporation Number|Folio Mercantil No.|Matricula Mercantil No"
        "|Unified Social Credit Code (USCC)|United Social Credit Code Certificate (USCCC)"
        "|Government Gazette Number|Trade License No.|File Number|Branch Unit Number|Romanian C.R."
        "|Registered Charity No.|Central Registration System Number|Organization Code"
        "|Economic Register Number (CBLS)|Dubai Chamber of Commerce Membership No."
        "|Vessel Registration Identification|Legal Entity Registration Number|License"
        "|Registration Certificate Number (Dubai)|Istanbul Chamber of Comm. No."
        "|RSIN|MSB Registration Number|Tourism License No.|Romanian Tax Registration|Company ID:"
    ),
    IMO: "International Maritime Organization No.",
    MMSI: "MMSI",
    CALL_SIGN: "Vessel Call Sign|Other Vessel Call Sign|Call Sign",
    TAIL_NUMBER: "Aircraft Tail Number|Previous Aircraft Tail Number",
    EMAIL: "Email|Email Address|Alternate Email Address|E-mail Address",
    PHONE: (
        "Phone Number|Phone No.|PHONE|Telephone No.|Telephone|Telephone:|TELEX|Phone|Fax|Fax No."
        "|FAX|Fax Number|Fax:"
    ),
    WEBSITE: "Website",
    SWIFT: "SWIFT/BIC",
    LEI: "Legal Entity Number",
    _OWN: (
        "Driver's License No.|D-U-N-S Number|BIK (RU)|Chinese Commercial Code"
        "|Birth Certificate Number|Residency Number|VisaNumberID|UN/LOCODE|ISIN|Equity Ticker"
        "|Cartilla de Servicio Militar Nacional|Travel Document Number|Immigration No."
        "|Pilot License Number|SRE Permit No.|Serial No.|Romanian Permanent Resident"
        "|Afghan Money Service Provider License Number|Aircraft Serial Identification"
        "|Aircraft Mode S Transponder Code|Aircraft Manufacturer's Serial Number (MSN)"
        "|Aircraft Construction Number (also called L/N or S/N or F/N)|Military Registration Number"
        "|Micex Code|MICEX Code|Public Security and Immigration No.|Bank Sort Code"
        "|CUIP|Permit Number|Credential Number|Interpol Red Notice"
    ),
}

# No identifiers but facts: kept in Entry.other under these words.
_FACTS: Final = (
    "Secondary sanctions risk:|Additional Sanctions Information -|Organization Established Date"
    "|Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:"
    "|CAATSA Section 235 Information:|PEESA Information:|IFCA Determination -|Target Type"
    "|Organization Type:|Aircraft Operator|Aircraft Model|Aircraft Manufacture Date|Issuer Name"
    "|Former Vessel Flag|Former Vessel Type|Other Vessel Type|Vessel Type|Vessel Year of Build"
    "|Vessel Owner|Vessel Tonnage|Vessel Gross Tonnage|Vessel Gross Registered Tonnage|Hull ID"
    "|For more information on directives, please visit the following link:|Other Information:"
    "|For more information, please reference the following link:|Bank Account|Bank Account No."
)
# And those that name an order or a directive, of which each year brings new ones.
FACT_PATTERN: Final = (
    r"(?:Listing Date|Effective Date|Purchase/Sales For Divestment Date) \([^()]*\):?"
    r"|Executive Order \d+ (?:Directive )?(?:Determination|[Ii]nformation)(?: -|:)?"
)

_KINDS: Final = {
    label: kind for kind, labels in _IDENTIFIERS.items() for label in labels.split("|")
}
_FACT_LABELS: Final = frozenset(_FACTS.split("|"))
_PLAIN: Final = frozenset({"Passport", "MMSI", "Email Address", "Website", "SWIFT/BIC"})
_COUNTRIES: Final = {
    "Vessel Flag": "flag",
    "Other Vessel Flag": "flag",
    "Nationality of Registration": "registration",
    "Registration Country": "registration",
    "Nationality Country": "nationality",
    "Citizenship Country": "citizenship",
    "nationality": "nationality",
    "citizen": "citizenship",
}
_WALLET: Final = "Digital Currency Address - "

# The longest first, so that "Registration Number" does not hide "Registration Number (Dubai)".
LABELS: Final = tuple(
    sorted(
        {*_KINDS, *_FACT_LABELS, *_COUNTRIES, "Gender", "Linked To:", "DOB", "POB", "Position:"}
        | {"Alt. Position:", "Birthdate", "Place of Birth", "Title"},
        key=len,
        reverse=True,
    )
)

_FACT = re.compile(FACT_PATTERN)
_NUMBER_WORD = re.compile(r"(?:\b(?:No|Number|ID|Card|Code|Passport|License)\b\.?|#)$")
_NOTED = re.compile(r"\s+(?:issued|expires)\s.*$")
_LETTERS_IN_BRACKETS = re.compile(r"\s+\(([^()]*[A-Za-z][^()]*)\)$")


def add_fact(draft: Draft, label: str, value: str, issuer: str = "", note: str = "") -> bool:
    """Put what OFAC says under `label` where it belongs; False where the label is not known.

    `note` is what the list says of the number beside it, as dates of issue and expiry.
    """
    if label.startswith(_WALLET):
        asset = label.removeprefix(_WALLET).strip()
        draft.identifiers.append(Identifier(WALLET, value, asset=asset, note=note))
    elif label in _KINDS:
        draft.identifiers.append(_identifier(label, value, issuer, note))
    elif label in _COUNTRIES:
        draft.country(value, _COUNTRIES[label])
    elif label in _FACT_LABELS or _FACT.fullmatch(label):
        said = " ".join(filter(None, (value, f"({issuer})" if issuer else "", note)))
        draft.other.append((label.rstrip(" :-"), said))
    else:
        return _add_trait(draft, label, value)
    return True


def _add_trait(draft: Draft, label: str, value: str) -> bool:
    if label == "Gender":
        draft.genders.append(value.casefold())
    elif label in ("DOB", "Birthdate"):
        draft.births.append(_birth(value))
    elif label in ("POB", "Place of Birth"):
        draft.birth_places.append(value)
    elif label == "Linked To:":
        draft.related.append(("Linked To", value))
    elif label in ("Position:", "Alt. Position:", "Title"):
        draft.roles.append(value)
    else:
        return False
    return True


def add_unknown(draft: Draft, label: str, value: str, issuer: str, note: str) -> None:
    """Keep what stands under a label that is not known: a number if the label says so."""
    if _NUMBER_WORD.search(label):
        draft.identifiers.append(
            Identifier(label.casefold().rstrip(".#: "), value, code_of(issuer) or issuer, note=note)
        )
    else:
        draft.also(label.strip(" :-"), [" ".join(filter(None, (value, issuer, note)))])


def split_value(text: str) -> tuple[str, str, str]:
    """ "X1 (Jalisco) (Mexico) issued 14 Dec 2005" as value, issuer and note."""
    notes: list[str] = []
    if dated := _NOTED.search(text):
        notes.append(dated[0].strip())
        text = text[: dated.start()]
    brackets: list[str] = []
    while found := _LETTERS_IN_BRACKETS.search(text):
        brackets.insert(0, found[1].strip())
        text = text[: found.start()]
    issuer = brackets.pop() if brackets and (code_of(brackets[-1]) or len(brackets) == 1) else ""
    return text.strip(), issuer, "; ".join((*brackets, *notes))


def _identifier(label: str, value: str, issuer: str, note: str) -> Identifier:
    kind = _KINDS[label] or label.casefold().rstrip(".#: ")
    if value.startswith("IMO "):
        kind = IMO
    if kind == IMO:
        value = value.removeprefix("IMO ").strip("() ")
    said = "" if label in _PLAIN else label
    notes = "; ".join(filter(None, (said, note)))
    return Identifier(kind, value, code_of(issuer) or issuer, note=notes)


def _birth(text: str) -> ListedDate:
    """A date of birth; what stands in brackets behind it stays in its text."""
    read = listed_date(re.sub(r"\s*\(.*\)$", "", text))
    return ListedDate(text, read.first, read.last, read.circa)
