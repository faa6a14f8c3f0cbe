"""Machine-readable zones: the specimens of ICAO Doc 9303, and what must not count."""

import pytest

from stanch.formats.document import mrz

TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
)
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
VISA = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<"


@pytest.mark.parametrize(
    ("text", "form", "document", "checked"),
    [(TD3, "TD3", "passport|UTO|L898902C3", 5), (TD1, "TD1", "id|UTO|D23145890", 4),
     (TD2, "TD2", "id|UTO|D23145890", 4), (VISA, "MRV-A", "visa|UTO|L8988901C", 3)],
)  # fmt: skip
def test_the_specimens_hold(text: str, form: str, document: str, checked: int):
    found = mrz.parse(text)
    assert (found.form, found.document, found.checked, found.wrong) == (form, document, checked, ())
    assert mrz.parse("".join(text.split())) == found  # lines that a reader ran together


def test_a_changed_digit_is_named():
    found = mrz.parse(TD3.replace("7408122", "7408123"))
    assert found.wrong == ("birth", "all")
    changed = mrz.parse(TD3.replace("L898902C36", "L898902C46"))
    assert changed.document is None  # a number that cannot be trusted is nobody's number
    assert "number" in changed.wrong


@pytest.mark.parametrize("text", ["", "P<UTO", TD3[:-1], TD3.replace("E", "É"), TD3 + "\nX" * 3])
def test_what_cannot_be_read_has_no_value(text: str):
    with pytest.raises(ValueError, match="cannot be read"):
        mrz.parse(text)


def test_names_and_nationality_change_no_verdict():
    other = mrz.parse(TD3.replace("ERIKSSON<<ANNA<MARIA", "KIM<<MIN<HO<<<<<<<<<").replace(
        "C36UTO", "C36KOR"))  # fmt: skip
    assert (other.wrong, other.checked) == ((), 5)


def test_a_long_number_says_nothing():
    found = mrz.parse("I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
                      "STEVENSON<<PETER<JOHN<<<<<<<<<")  # fmt: skip
    assert "number" not in found.wrong
    assert "all" not in found.wrong
    assert found.document is None
