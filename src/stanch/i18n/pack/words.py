"""Messages, numbers, dates and countries in the words of one language.

Messages are gettext's: the English text is the id, `LANGUAGE/LC_MESSAGES/pack.po` has the others,
read as they are (no tool has to compile them). All else is CLDR's, through Babel.

>>> words = Words("ko")
>>> words.money(1_460_000_000), words.country("US")
('14.6억 미국 달러', '미국')
"""

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_currency_name

from stanch.model.registry.moment import Moment

LANGUAGES: Final = ("en", "ko", "ja")
_DAY: Final = {"year": "y", "month": "yMMM"}
_QUARTER: Final = {"ja": "yQQQQ"}  # elsewhere the short form is the usual one


def mark(message: str) -> str:
    """A message that is said later: known to the test that looks for unused ones."""
    return message


class Words:
    """What a pack says, in one language."""

    def __init__(self, language: str) -> None:
        """Read the catalogue. Raises ValueError for a language that there is none of."""
        if language not in LANGUAGES:
            raise ValueError(f"there are no words in {language!r}, only in {', '.join(LANGUAGES)}")
        self.language = language
        self.locale = Locale(language)
        self._messages = _messages(language)

    def say(self, message: str, **places: object) -> str:
        """A message with its places filled."""
        return self._messages.gettext(message).format(**places)

    def many(self, one: str, more: str, count: int, **places: object) -> str:
        """A message in the form that goes with a count, which is in it as `{count}`."""
        found = self._messages.ngettext(one, more, count)
        return found.format(count=self.number(count), **places)

    def number(self, value: int | Decimal) -> str:
        """A number with the language's separators."""
        return _number(self.language, value)

    def money(self, usd: int) -> str:
        """US dollars in three figures, in words: 1.46 billion US dollars."""
        name = get_currency_name("USD", count=abs(usd), locale=self.locale)
        return self.say("{amount} {currency}", amount=self.compact(usd), currency=name)

    def compact(self, usd: int) -> str:
        """A large number in three figures: 1.46 billion."""
        usd = round(usd, 3 - len(str(abs(usd)))) if abs(usd) >= 1000 else usd
        return format_compact_decimal(
            usd, format_type="long", locale=self.locale, fraction_digits=2
        )

    def share(self, value: Decimal) -> str:
        """A share of one in percent."""
        return format_percent(value, format="#,##0.0%", locale=self.locale)

    def day(self, value: date | Moment) -> str:
        """A date as far as it is known."""
        first = value.first if isinstance(value, Moment) else value
        known = value.precision if isinstance(value, Moment) else "day"
        return _day(self.language, _DAY.get(known, "yMMMd"), first)

    def period(self, first: date, last: date) -> str:
        """From one day to another, both included."""
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return self._years(first, last)
        whole = first.day == 1 and date.fromordinal(last.toordinal() + 1).day == 1
        if whole and (first.year, first.month) == (last.year, last.month):
            return format_skeleton("yMMMM", first, locale=self.locale)
        return format_interval(
            first, last, "yMMMM" if whole else "yMMMd", locale=self.locale
        )  # fmt: skip

    def _years(self, first: date, last: date) -> str:
        if first.year == last.year:
            return format_skeleton("y", first, locale=self.locale)
        return format_interval(first, last, "y", locale=self.locale)

    def quarter(self, key: str) -> str:
        """A quarter such as 2026-Q1."""
        year, number = key.split("-Q")
        skeleton = _QUARTER.get(self.language, "yQQQ")
        first = date(int(year), 3 * int(number) - 2, 1)
        return format_skeleton(skeleton, first, locale=self.locale)

    def country(self, code: str) -> str:
        """A country of ISO 3166-1, by CLDR's name."""
        return str(self.locale.territories.get(code, code))


@lru_cache(maxsize=65_536)  # of ten thousand rows in each language
def _number(language: str, value: int | Decimal) -> str:
    return format_decimal(value, locale=language)


@lru_cache(maxsize=16_384)  # days of forty years
def _day(language: str, skeleton: str, day: date) -> str:
    return format_skeleton(skeleton, day, locale=language)


@cache
def _messages(language: str) -> GNUTranslations:
    source = files("stanch.i18n.pack") / language / "LC_MESSAGES" / "pack.po"
    compiled = BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
