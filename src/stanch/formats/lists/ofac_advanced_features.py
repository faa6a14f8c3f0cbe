"""Features in OFAC's advanced XML: a birthdate, a nationality, an address, a wallet, a flag."""

from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.dates import date_span
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.ofac_advanced_words import Words
from stanch.formats.lists.ofac_labels import add_fact, add_unknown, split_value
from stanch.formats.lists.unknown import Unknown
from stanch.model.countries import code_of
from stanch.model.listed import Address

_PLACES: Final = ("Location", "Address")
_PARTS: Final = {  # parts of a location that have a field of their own
    "CITY": "city",
    "STATE/PROVINCE": "region",
    "REGION": "region",
    "POSTAL CODE": "postcode",
}


def add_feature(draft: Draft, feature: Element, words: Words, unknown: Unknown) -> None:
    """Put each version of one feature where it belongs."""
    label = words.of("FeatureType", feature.get("FeatureTypeID", ""))
    for version in feature.iterfind("FeatureVersion"):
        notes = [
            text for each in version.iterfind("Comment") if (text := (each.text or "").strip())
        ]
        for period in version.iterfind("DatePeriod"):
            _add_period(draft, label, period, unknown)
        for place in version.iterfind("VersionLocation"):
            number = place.get("LocationID", "")
            address = words.locations.get(number, Address(f"(Location {number})"))
            _add_place(draft, label, address, unknown)
        for detail in version.iterfind("VersionDetail"):
            text = (detail.text or "").strip()
            said = words.of("DetailReference", detail.get("DetailReferenceID", ""))
            _add_detail(draft, label, text or said, unknown)
        draft.also(f"{label} comment", notes)


def _add_period(draft: Draft, label: str, period: Element, unknown: Unknown) -> None:
    first = day_of(period.find("Start/From"))
    last = day_of(period.find("End/To")) or day_of(period.find("Start/To"))
    marks = (
        each.get("Approximate", "") for each in (*period.iterfind("Start"), *period.iterfind("End"))
    )
    circa = any(mark.casefold() == "true" for mark in marks)
    span = date_span(first, "" if first == last else last, circa)
    if label == "Birthdate":
        draft.births.append(span)
    elif not add_fact(draft, label, span.text):
        unknown.note(f"FeatureType {label}", span.text)
        draft.also(label, [span.text])


def _add_place(draft: Draft, label: str, address: Address, unknown: Unknown) -> None:
    if label in _PLACES:
        draft.addresses.append(address)
    elif not add_fact(draft, label, address.text):
        unknown.note(f"FeatureType {label}", address.text)
        draft.also(label, [address.text])


def _add_detail(draft: Draft, label: str, text: str, unknown: Unknown) -> None:
    if not text:
        return
    value, issuer, note = split_value(text)
    if not add_fact(draft, label, value, issuer, note):
        unknown.note(f"FeatureType {label}", text)
        add_unknown(draft, label, text, "", "")


def day_of(date: Element | None) -> str:
    """Year, month and day as far as they are there, in ISO 8601: "1962-01-31", "1962"."""
    if date is None:
        return ""
    parts = [(date.findtext(name) or "").strip() for name in ("Year", "Month", "Day")]
    known = parts[: parts.index("")] if "" in parts else parts
    return "-".join(part.zfill(4 if at == 0 else 2) for at, part in enumerate(known))


def location_of(element: Element, words: Words) -> Address:
    """A location: its parts in the file's order, then its country or area."""
    found = {"city": "", "region": "", "postcode": ""}
    texts: list[str] = []
    for part in element.iterfind("LocationPart"):
        name = _PARTS.get(words.of("LocPartType", part.get("LocPartTypeID", "")), "")
        values = [(each.text or "").strip() for each in part.iterfind("LocationPartValue/Value")]
        text = ", ".join(filter(None, values))
        texts.append(text)
        if name and not found[name]:
            found[name] = text
    countries = [
        words.of("Country", each.get("CountryID", ""))
        for each in element.iterfind("LocationCountry")
    ]
    country = next(iter(countries), "")
    if not country and texts and code_of(texts[-1]):
        country = texts.pop()
    text = ", ".join(dict.fromkeys(filter(None, (*texts, country))))
    return Address(text, found["city"], found["region"], found["postcode"], country)
