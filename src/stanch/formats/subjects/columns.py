"""Usual names of columns, and what Stanch takes each to mean.

A title is compared in lower case, with `_` for whatever separates its words: `Date of Birth`,
`dateOfBirth` and `date-of-birth` are one. A title that is not here is not read.
"""

import re
from typing import Final

from stanch.model import listed

ID: Final = "id"
NAME: Final = "name"
ALIAS: Final = "alias"  # several, between semicolons
GIVEN: Final = "given"
MIDDLE: Final = "middle"
FAMILY: Final = "family"
SCHEMA: Final = "schema"
BIRTH: Final = "birth"
BIRTH_PLACE: Final = "birth-place"
GENDER: Final = "gender"
ROLE: Final = "role"
IDENTIFIERS: Final = "identifiers"  # kind=value, several between semicolons
COUNTRY: Final = "country:"  # and behind it the role of the country, as model.listed has it
IDENTIFIER: Final = "identifier:"  # and behind it the kind
ISSUER: Final = "issuer:"  # and behind it the kind that the country gave

_TITLES: Final = {
    ID: "id qid query_id subject_id customer_id client_id party_id uid reference",
    NAME: "name query full_name customer_name client_name party_name entity_name legal_name "
    "company_name vessel_name ship_name caption",
    ALIAS: "names alias aliases aka other_names other_name alt_name alt_names weak_alias "
    "previous_name former_name native_name local_name original_name name_local trading_name",
    GIVEN: "given given_name given_names first_name first_names forename forenames",
    MIDDLE: "middle_name middle_names second_name patronymic father_name",
    FAMILY: "family family_name family_names last_name last_names surname surnames",
    SCHEMA: "schema type entity_type party_type subject_type",
    BIRTH: "birth birth_date date_of_birth dob born birthday birthdate birth_year "
    "year_of_birth yob",
    BIRTH_PLACE: "birth_place birthplace place_of_birth pob birth_city city_of_birth",
    GENDER: "gender sex",
    ROLE: "role roles position occupation job_title profession",
    IDENTIFIERS: "identifiers identifier ids",
    f"{COUNTRY}nationality": "country countries country_code nationality nationalities",
    f"{COUNTRY}citizenship": "citizenship citizenships",
    f"{COUNTRY}residence": "residence residency country_of_residence residence_country",
    f"{COUNTRY}birth": "birth_country country_of_birth",
    f"{COUNTRY}registration": "jurisdiction country_of_incorporation incorporation_country "
    "country_of_registration registration_country main_country",
    f"{COUNTRY}flag": "flag flag_state flag_country",
    f"{IDENTIFIER}{listed.PASSPORT}": "passport passport_no passport_number",
    f"{IDENTIFIER}{listed.NATIONAL_ID}": "national_id national_id_number national_id_no id_number "
    "identity_number identity_card id_card nric ssn",
    f"{IDENTIFIER}{listed.TAX_ID}": "tax_id tax_number tax_no tin inn inn_code "
    "vat vat_code vat_number",
    f"{IDENTIFIER}{listed.REGISTRATION}": "registration registration_number registration_no "
    "company_number registration_id reg_no ogrn ogrn_code",
    f"{IDENTIFIER}{listed.IMO}": "imo imo_number imo_no",
    f"{IDENTIFIER}{listed.MMSI}": "mmsi mmsi_number",
    f"{IDENTIFIER}{listed.CALL_SIGN}": "call_sign callsign",
    f"{IDENTIFIER}{listed.TAIL_NUMBER}": "tail_number",
    f"{IDENTIFIER}{listed.EMAIL}": "email e_mail email_address mail",
    f"{IDENTIFIER}{listed.PHONE}": "phone phone_number telephone tel mobile",
    f"{IDENTIFIER}{listed.WEBSITE}": "website web url domain",
    f"{IDENTIFIER}{listed.WALLET}": "wallet wallet_address crypto_address blockchain_address "
    "public_key account_address",
    f"{IDENTIFIER}{listed.SWIFT}": "swift bic swift_bic swift_code bic_code",
    f"{IDENTIFIER}{listed.LEI}": "lei lei_code",
    f"{ISSUER}{listed.PASSPORT}": "passport_country passport_issuer passport_issuing_country",
    f"{ISSUER}{listed.NATIONAL_ID}": "national_id_country id_country",
    f"{ISSUER}{listed.TAX_ID}": "tax_country tax_id_country",
}
MEANINGS: Final = {title: field for field, titles in _TITLES.items() for title in titles.split()}

_SCHEMAS: Final = {
    listed.PERSON: "person individual natural_person natural human man woman p i",
    listed.ORGANIZATION: "organization organisation entity legal_person legal juridical company "
    "business corporate corporation firm bank public_body o c",
    listed.VESSEL: "vessel ship boat",
    listed.AIRCRAFT: "airplane aircraft plane",
    listed.UNKNOWN: "legal_entity legalentity unknown party thing",
    "Wallet": "wallet crypto_wallet cryptowallet",
}
SCHEMAS: Final = {word: schema for schema, words in _SCHEMAS.items() for word in words.split()}


def folded(title: str) -> str:
    """A title in the form in which `MEANINGS` has it.

    >>> folded("Date of Birth"), folded("passportNumber"), folded("E-Mail")
    ('date_of_birth', 'passport_number', 'e_mail')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", title.strip())
    return re.sub(r"[\W_]+", "_", parted.lower()).strip("_")


def meaning(title: str) -> str:
    """The field that a column of this title holds; empty where it is not read."""
    return MEANINGS.get(folded(title[:100]), "")
