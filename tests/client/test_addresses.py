"""The client's normal form is the desk's, for every address that it may be asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.client.addresses import normal_form
from stanch.screening.identifiers.wallet import normalize

KNOWN = [
    "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
    "0x098B716B8aaf21512996dC57EB0615e2383E2f96",  # a bad checksum
    "0X098B716B8AAF21512996DC57EB0615E2383E2F96",
    "xdc098b716b8aaf21512996dc57eb0615e2383e2f96",
    "134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ",
    "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "41a614f803b6fd780986a42c78ec9c7f77e6ded13c",
    "4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge",
    " 0x098b716b8aaf21512996dc57eb0615e2383e2f96\n",
]


@pytest.mark.parametrize("text", KNOWN)
def test_it_is_the_desks(text):
    assert normal_form(text) == normalize(text) != ""


@pytest.mark.parametrize("text", ["", "hello", "0x12", "x" * 200, "<script>" * 5])
def test_what_is_no_address(text):
    assert normal_form(text) == normalize(text) == ""


@given(st.from_regex(r"[0-9a-zA-Z]{20,70}", fullmatch=True))
def test_letters_and_digits_alone(text):
    assert normal_form(text) == normalize(text)
