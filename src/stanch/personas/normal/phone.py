"""Phone numbers in E.164, by libphonenumber's tables."""

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    parse,
)

_LEAST = 100_000  # some countries allow shorter numbers, which many people share


def phone(text: str, country: str | None = None) -> str:
    """The number, `country` (ISO 3166) being where one without a country's code is dialled.

    Raises ValueError where it is none.

    >>> phone("(0)30 901820", "DE")
    '+4930901820'
    """
    if len(text) > 250:
        raise ValueError("is longer than a phone number may be")
    try:
        number = parse(text, country)
    except NumberParseException as error:
        lacks = error.error_type == NumberParseException.INVALID_COUNTRY_CODE and not country
        why = "has no country's code" if lacks else "is no phone number"
        raise ValueError(why) from None
    if not is_possible_number(number) or (number.national_number or 0) < _LEAST:
        raise ValueError("is too short or too long for a phone number of its country")
    return str(format_number(number, PhoneNumberFormat.E164))
