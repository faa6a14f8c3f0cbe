"""What nobody sees is refused where people write, and shown where texts from outside are told."""

import pytest

from stanch.errors import UsageError
from stanch.members.words import typed
from stanch.reports.names import clean

FILLER, BRAILLE = "\u3164", "\u2800"


@pytest.mark.parametrize(
    "letter", [FILLER, BRAILLE, "\uffa0", "\u115f", "\u202e", "\u200b", "\x00"]
)
def test_a_name_holds_nothing_that_nobody_sees(letter):
    with pytest.raises(UsageError, match="cannot be shown"):
        typed("name", f"Kim{letter}Lee")
    assert clean(f"Kim{letter}Lee") == "Kim\ufffdLee"


def test_a_name_of_joiners_alone_is_empty():
    with pytest.raises(UsageError, match="is empty"):
        typed("name", "\u200c\u200d")
    assert typed("name", "می\u200cرود") == "می\u200cرود"
