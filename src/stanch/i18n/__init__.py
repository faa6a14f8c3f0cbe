"""Message catalogues: what codes of evidence mean, in the words of a language.

Stages answer with codes; only faces and reports turn them into words, here.
"""

from stanch.i18n.catalogue import languages, settle_words, words

__all__ = ["languages", "settle_words", "words"]
