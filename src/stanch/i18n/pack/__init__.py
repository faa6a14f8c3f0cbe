"""The pack's words: gettext catalogues, and numbers and dates as CLDR has them."""

from stanch.i18n.pack.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
