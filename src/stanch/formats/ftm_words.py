"""FollowTheMoney's properties of a subject, and what kind of our own each is: one table for reading
and for writing.

Source: https://followthemoney.tech/explorer/ (version 4). Of several properties of a kind the first
is the one that is written.
"""

from collections.abc import Mapping
from typing import Final

from stanch.model.listed import (
    ALIAS,
    CALL_SIGN,
    EMAIL,
    FORMER,
    IMO,
    LEI,
    MMSI,
    NATIONAL_ID,
    PASSPORT,
    PHONE,
    PRIMARY,
    REGISTRATION,
    SWIFT,
    TAX_ID,
    WEAK,
    WEBSITE,
)

NAMES: Final[Mapping[str, str]] = {
    "name": PRIMARY,
    "alias": ALIAS,
    "abbreviation": ALIAS,
    "weakAlias": WEAK,
    "previousName": FORMER,
    "pastNames": FORMER,
}
NAME_PARTS: Final[Mapping[str, str]] = {
    "firstName": "given",
    "lastName": "family",
    "middleName": "middle",
    "secondName": "second",
    "fatherName": "patronymic",
    "motherName": "matronymic",
    "nameSuffix": "suffix",
}
COUNTRIES: Final[Mapping[str, str]] = {
    "nationality": "nationality",
    "citizenship": "citizenship",
    "country": "residence",
    "jurisdiction": "registration",
    "mainCountry": "registration",
    "flag": "flag",
    "pastFlags": "former-flag",
    "birthCountry": "birth",
}
IDENTIFIERS: Final[Mapping[str, str]] = {
    "idNumber": NATIONAL_ID,
    "passportNumber": PASSPORT,
    "taxNumber": TAX_ID,
    "vatCode": TAX_ID,
    "innCode": TAX_ID,
    "socialSecurityNumber": NATIONAL_ID,
    "registrationNumber": REGISTRATION,
    "ogrnCode": REGISTRATION,
    "uscCode": REGISTRATION,
    "imoNumber": IMO,
    "mmsi": MMSI,
    "callSign": CALL_SIGN,
    "email": EMAIL,
    "phone": PHONE,
    "website": WEBSITE,
    "swiftBic": SWIFT,
    "leiCode": LEI,
}


def written(table: Mapping[str, str]) -> Mapping[str, str]:
    """The property that each kind is written as.

    >>> written(IDENTIFIERS)[TAX_ID]
    'taxNumber'
    """
    return {kind: name for name, kind in reversed([*table.items()])}
