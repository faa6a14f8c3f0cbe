"""Two members who have the same indicator write the same, and what is none is refused."""

import pytest

from stanch.sharing.common.indicators import KINDS, guess, normal

EVM = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
CHECKED = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
KEY = "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"
CASH = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
SEGWIT = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
SOLANA = "DRpbCBMxVnDK7maPM5tGv6MvB3v1sRMC86PZ8okm21hy"

SAME = {
    f"wallet:{EVM}": [
        EVM, CHECKED, EVM.upper().replace("0X", "0x"), f"ethereum:{CHECKED}", f"eip155:1:{EVM}",
        f"eip155:56:{CHECKED}", f"https://etherscan.io/address/{CHECKED}", f" {EVM}\u200b",
    ],
    f"wallet:{KEY}": [
        KEY, f"bitcoin:{KEY}?amount=1", f"bitcoincash:{CASH}", CASH, CASH.upper(),
        f"bip122:000000000019d6689c085ae165831e93:{KEY}", f"XBT {KEY}",
    ],
    f"wallet:{TRON}": [
        TRON, "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", f"tron:0x2b6653dc:{TRON}",
    ],
    f"wallet:{SEGWIT}": [SEGWIT, SEGWIT.upper(), f"bitcoin:{SEGWIT}"],
    f"wallet:{SOLANA}": [SOLANA, f"solana:{SOLANA}"],
    "email:kimsu@gmail.com": [
        "kimsu@gmail.com", "Kim.Su@Gmail.com", "kim.su+upwork@googlemail.com",
        "k.i.m.s.u@gmail.com",
        "mailto:kimsu@gmail.com", "kimsu(at)gmail[.]com", "kimsu [@] gmail dot com",
    ],
    "email:kim.su@mail.example": ["kim.su@mail.example", "KIM.SU+x+y@MAIL.EXAMPLE."],
    "email:kim@xn--bcher-kva.example": ["kim@bücher.example", "kim@xn--bcher-kva.example"],
    "phone:+821012345678": [
        "+82 10-1234-5678", "0082 10 1234 5678", "tel:+82 (0)10 1234 5678", "+８２ 10.1234.5678",
    ],
    "domain:evil.example": [
        "evil.example", "EVIL.example.", "www.evil.example", "evil[.]example", "evil(dot)example",
        "hxxp://evil.example", "https://evil.example:443/", "http://user@evil.example/#top",
    ],
    "domain:xn--bcher-kva.example": ["bücher.example", "BÜCHER.example", "bücher。example"],
    "domain:xn--strae-oqa.example": ["straße.example"],  # IDNA 2003 had made it strasse
    "domain:xn--3e0b707e.example": ["한국.example"],
    "url:evil.example/A/b?c=D": [
        "https://evil.example/A/b?c=D", "hxxps://www[.]evil[.]example:443/A/b?c=D#e",
        "evil.example/A/b?c=D", "//evil.example/A/b?c=D",
    ],
    "url:192.0.2.7:8080/x": ["http://192.0.2.7:8080/x/", "hxxp://192[.]0[.]2[.]7:8080/x"],
    "url:[2001:db8::1]:8080/x": ["http://[2001:DB8:0::1]:8080/x"],
    "ip:192.0.2.7": ["192.0.2.7", "192[.]0[.]2[.]7", "192.0.2.7:443", "http://192.0.2.7/"],
    "ip:2001:db8::1": ["2001:db8::1", "2001:0DB8:0:0::0001", "[2001:db8::1]:443"],
    "hash:d41d8cd98f00b204e9800998ecf8427e": ["d41d8cd98f00b204e9800998ecf8427e",
        "D41D8CD98F00B204E9800998ECF8427E"],
    "hash:" + "ab" * 32: ["ab" * 32, "0x" + "AB" * 32],
}  # fmt: skip
GIVEN = {  # with a kind beside it, where the form alone says another or none
    ("hash", EVM.removeprefix("0x")): "hash:" + EVM.removeprefix("0x"),
    ("ip", "::ffff:192.0.2.7"): "ip:192.0.2.7",
    ("Wallet", EVM): f"wallet:{EVM}",
    ("url", "evil.example"): "domain:evil.example",
    ("url", "http://192.0.2.7"): "ip:192.0.2.7",
}
APART = [
    ("a.b@mail.example", "ab@mail.example"),  # dots mean nothing at Gmail alone
    ("https://evil.example/a", "https://evil.example/A"),
    ("https://evil.example/a?b=1", "https://evil.example/a"),
    ("sub.evil.example", "evil.example"),
    ("strasse.example", "straße.example"),
    (SOLANA, SOLANA.swapcase()),
    ("+82 10 1234 5678", "+82 10 1234 5679"),
]
ON_BITCOIN = "bip122:000000000019d6689c085ae165831e93"
NONE = {
    "": ["", "foo", "010-1234-5678", CHECKED.replace("2f96", "2F96"), KEY[:-1] + "v"],
    "wallet": ["tiny", f"{ON_BITCOIN}:{EVM}"],
    "email": ["kim", "@mail.example", "+x@gmail.com", "kim@localhost"],
    "phone": ["+12", "+1234567890123456", "+0123456789"],
    "domain": ["evil", "-evil.example", "a..b", "x" * 64 + ".example", "\u0378.example",
               "evil.example" * 60],
    "url": ["http://", "http://[::1/x", "a b.example/c", "https://evil.example:99999/"],
    "ip": ["192.0.2.300", "192.0.2.0/24", "fe80::1%eth0"],
    "hash": ["d41d8cd9", "z" * 32],
    "passport": ["PD1234567"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "written"), [(one, each) for one, spelled in SAME.items() for each in spelled]
)
def test_spellings_of_one_indicator_become_one(expected, written):
    assert normal(written) == expected
    kind = expected.partition(":")[0]
    if not (kind in ("domain", "ip") and "://" in written):
        assert normal(written, kind) == expected


@pytest.mark.parametrize(("kind", "written"), GIVEN)
def test_a_kind_that_is_given_decides(kind, written):
    assert normal(written, kind) == GIVEN[kind, written]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_not_the_same_stays_apart(one, other):
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("kind", "written"), [(kind, each) for kind, wrong in NONE.items() for each in wrong]
)
def test_what_is_no_indicator_is_refused_in_one_line(kind, written):
    with pytest.raises(ValueError, match=r"\S") as raised:
        normal(written, kind)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("expected", SAME)
def test_the_one_form_stays_as_it_is(expected):
    kind, _, value = expected.partition(":")
    assert normal(value, kind) == expected
    assert guess(value) in (kind, *(["domain"] if kind == "url" else []))
    assert kind in KINDS
