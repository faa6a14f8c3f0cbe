import pytest

from stanch.model.kinds import CATEGORIES, FATES, METHODS
from stanch.reports import words
from stanch.tracing.sink import RULES


@pytest.mark.parametrize(
    ("say", "codes"),
    [
        (words.rule, RULES),
        (words.fate, FATES),
        (words.method, METHODS),
        (words.category, CATEGORIES),
    ],
    ids=["rules", "fates", "methods", "categories"],
)
def test_every_code_has_words(say, codes):
    tables = {words.rule: words.RULES, words.fate: words.FATES,
              words.method: words.METHODS, words.category: words.CATEGORIES}  # fmt: skip
    keys = {code.split("@", maxsplit=1)[0] for code in codes}
    assert keys - set(tables[say]) == set()
    assert all(say(code) for code in codes)


def test_unknown_codes_stand_for_themselves():
    assert words.rule("new_rule") == "new_rule"
    assert words.fate("x\u202e") == "x\ufffd"
    assert words.method("other@7") == "other@7"
