"""Every way of writing an identifier leads to one text, and numbers that are none to nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model import listed
from stanch.screening.identifiers import (
    call_sign,
    email,
    imo,
    kinds,
    lei,
    mmsi,
    national_id,
    passport,
    phone,
    registration,
    swift,
    tail_number,
    tax_id,
    wallet,
    website,
)
from tests.screening.identifiers import spellings

ETH = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"


@pytest.mark.parametrize("written", spellings.passport("563410081"))
def test_passport(written):
    assert passport.normalize(written) == "563410081"
    assert passport.is_valid(written)


@pytest.mark.parametrize(
    "word", ["", "Passport", "no number at all", "№", "여권", "\u200b", "x" * 500]
)
def test_what_is_no_passport(word):
    assert passport.normalize(word) == ""
    assert not passport.is_valid(word)


def test_the_letters_of_a_series_stay():
    assert passport.normalize("Passport PD654210116") == "PD654210116"
    assert passport.normalize("NO 1234567") == "NO1234567"
    assert passport.normalize("No. 1234567") == "1234567"


@pytest.mark.parametrize("written", [
    "IMO 9179701", "imo9179701", "IMO No. 9179701", 
    "Vessel Registration Identification IMO 9179701", "９１７９７０１", "917 9701",
    "IMO:9179701.", "٩١٧٩٧٠١", "Identification Number IMO 9179701",
])  # fmt: skip
def test_imo(written):
    assert imo.normalize(written) == "9179701"
    assert imo.is_valid(written)


def test_each_wrong_check_digit_of_a_ship_is_seen():
    # of a ship with 907478 the sum is 151, of a company 227: 11 - 227 % 11 is 4
    assert [last for last in range(10) if imo.is_valid(f"907478{last}")] == [1, 4]


def test_imo_of_a_company():
    assert imo.is_valid("Company Number IMO 5991905")  # DPRK entries of the SDN list name it


@pytest.mark.parametrize(("module", "written", "normal"), [
    (mmsi, "MMSI 445-123-000", "445123000"),
    (call_sign, "Call Sign: hmzf", "HMZF"),
    (tail_number, "Aircraft Tail Number P-532", "P532"),
    (email, "K(at)Mail[.]Example", "k@mail.example"),
    (email, "<Kim@MAIL.example>", "kim@mail.example"),
    (email, "kim at mail dot example", "kim@mail.example"),
    (email, "Email Address:kim[@]mail[dot]example", "kim@mail.example"),
    (email, "email@mail.example", "email@mail.example"),
    (phone, "+850 2 381 7980", "85023817980"),
    (phone, "Phone Number 00850-2-381-7980 ext. 12", "85023817980"),
    (website, "HXXP://www[.]Evil(.)example/", "evil.example"),
    (website, "alt. Website https://evil.example:8443#x", "evil.example"),
    (website, "http[:]//evil.example/a/", "evil.example/a"),
    (swift, "SWIFT/BIC kdbkkppyxxx", "KDBKKPPY"),
    (swift, "BIC: KDBK-KP-PY-ABC", "KDBKKPPYABC"),
    (lei, "lei:5493001kjtiigc8y1r12", "5493001KJTIIGC8Y1R12"),
    (tax_id, "V.A.T. Number BG-123 456", "BG123456"),
    (tax_id, "Tax ID No. 7727083115 (Russia)", "7727083115"),
    (national_id, "D.N.I. 50.796.318", "50796318"),
    (registration, "Business Registration Document # F0100 (United States).", "F0100"),
    (registration, "Company Number 04512", "04512"),
])  # fmt: skip
def test_others(module, written, normal):
    assert module.normalize(written) == normal
    assert module.is_valid(written)


@pytest.mark.parametrize("module", [national_id, registration, passport])
@pytest.mark.parametrize("written", [
    "12/SAKHANA(N)062210", "12/SaKhaNa (Naing) 062210", "12 / Sakhana(Nine)062210 (Burma)",
    "12/SAKHANA(N)062210 (Burma) issued 1 Jan 2001", "12SAKHANAN062210",
])  # fmt: skip
def test_a_burmese_number_goes_on_behind_its_brackets(module, written):
    assert module.normalize(written) == "12SAKHANAN062210"


def test_burmese_numbers_of_one_township_differ():
    numbers = ("12/YAKANA(N)006981", "12/YAKANA(N)006982", "12/YAKANA(E)006981")
    assert len(set(map(national_id.normalize, numbers))) == 3


@pytest.mark.parametrize(("module", "written"), [
    (imo, "917970"), (imo, "91797012"), (mmsi, "44512300"), (call_sign, "12345"), (lei, "5493"),
    (email, "kim"), (email, "kim@localhost"), (email, "a@b@c"), (phone, "12345"),
    (phone, "call me"),
    (website, "evil"), (website, "kim@mail.example"), (website, "a..example"), (swift, "KDBKKPP"),
    (wallet, "0x098b"), (wallet, "not a wallet"), (tax_id, "unknown"),
])  # fmt: skip
def test_what_is_none(module, written):
    assert module.normalize(written) == ""
    assert not module.is_valid(written)


def test_check_digits_and_ranges():
    assert not lei.is_valid("5493001KJTIIGC8Y1R13")
    assert not mmsi.is_valid("945123000")


@pytest.mark.parametrize("written", [
    *spellings.wallet(ETH, "ETH"), f"eip155:1:{ETH}", f"eth:{ETH}", f"ethereum:pay-{ETH}@1?value=2",
    ETH.replace("0x", "0X"), f"xdc{ETH[2:]}", f"ERC20 {ETH}", f"USDT (ERC20): {ETH}",
    f"0x-{ETH[2:]}",
])  # fmt: skip
def test_wallet_of_an_evm_chain(written):
    assert wallet.normalize(written) == ETH.lower()


@given(st.text(max_size=60))
def test_normal_forms_stay_as_they_are(text):
    for kind in kinds.KINDS.values():
        normal = kind.normalize(text)
        assert not normal or kind.normalize(normal) == normal


@given(st.text(max_size=500), st.sampled_from([*kinds.KINDS, "", "a list's own word"]))
def test_no_text_breaks_a_reader(text, name):
    for _, normal in kinds.readings(name, text):
        assert normal


def test_unknown_kinds_are_read_as_all_that_they_may_be():
    assert (listed.IMO, "9179701") in kinds.readings("", "9179701")
    assert kinds.readings("", "kim@mail.example") == ((listed.EMAIL, "kim@mail.example"),)
    assert kinds.readings("a list's word", "No. 12-34") == (("a list's word", "1234"),)
