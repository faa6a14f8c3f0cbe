"""The one form of each kind of value: spellings that are one, and what has no form."""

import numpy as np
import pyarrow as pa
import pytest

from stanch.app.personas.wallets import wallet
from stanch.model.personas import kinds
from stanch.model.personas.values import NO_TIME, Values
from stanch.personas.normal.columns import Normal
from stanch.personas.normal.lines import folded_lines, parted
from stanch.personas.normal.passage import passages
from stanch.personas.normal.times import zone_offsets

NORMAL = Normal(wallet, "DE")
ALIKE = [
    (kinds.EMAIL, "maryg@gmail.com", ["MaryG@gmail.com", "m.a.ryg+jobs@googlemail.com"]),
    (kinds.EMAIL, "mary.g@example.de", ["Mary.G@EXAMPLE.de", "mary.g+1@example.de"]),
    (kinds.EMAIL, "kim@bücher.de", ["kim@bücher.de", "kim@xn--bcher-kva.de"]),
    (kinds.PHONE, "+4930901820", ["+49 (0)30 901820", "030/901820", "0049 30 90 18 20"]),
    (kinds.PHONE, "+821012345678", ["+82 10-1234-5678", "+82 010 1234 5678"]),
    (kinds.ADDRESS, "076 crystal flat unit 279", ["076 Crystal Flat, Suite 279",
                                                  "076 CRYSTAL flat apt. 279"]),
    (kinds.ADDRESS, "서울시 종로구 12", ["서울시 종로구 12", "서울시, 종로구 12"]),
    (kinds.DEVICE, "bbcfbd16feb03058", ["BBCFBD16-FEB03058", "bb:cf:bd:16:fe:b0:30:58"]),
    (kinds.BANK, "de89370400440532013000", ["DE89 3704 0044 0532 0130 00"]),
    (kinds.BANK, "pay@example.com", ["Pay@Example.com "]),
    (kinds.WALLET, "0xa835b507369b8144ad27931db504a69055718ae3",
     ["0xa835b507369b8144ad27931db504a69055718ae3",
      "eip155:1:0xA835B507369B8144AD27931DB504A69055718AE3"]),
    (kinds.WALLET, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", ["1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"]),
    (kinds.DOCUMENT, "passport|KOR|M12345678", ["passport|kor|M 1234-5678",
                                                '{"kind":"Passport","state":"KOR","number":"m12345678"}']),
    (kinds.HANDLE, "github:maryg", ["github:MaryG", "https://github.com/maryg/",
                                    "github.com/maryg/repo?tab=1"]),
    (kinds.HANDLE, "telegram:maryg", ["https://t.me/maryg", "telegram:@maryg"]),
    (kinds.HANDLE, "web:glass.co.uk", ["https://www.glass.co.uk/cv", "http://cv.glass.co.uk/"]),
    (kinds.IP, "198.51.100.7", ["198.51.100.7", "::ffff:198.51.100.7"]),
    (kinds.IP, "2001:db8::1", ["2001:DB8:0:0::1"]),
    (kinds.GIT_KEY, "a" * 39 + "b", ["A" * 39 + "B", " ".join(["aaaa"] * 9 + ["aaab"])]),
    (kinds.PHOTO, "0f" * 32, ["0F" * 32, "0x" + "0f" * 32]),
    (kinds.CLAIMED_OFFSET, "-360", ["-6", "-06:00", "UTC-6", "-6.0"]),
    (kinds.CLAIMED_OFFSET, "330", ["5.5", "+5:30", "GMT+5:30"]),
    (kinds.LOGIN, "1314", ["21.9", "21:54", "2026-01-02T21:54:07Z", "2026-01-03T06:54:07+09:00"]),
    (kinds.COMMIT, "540", ["2026-01-02T12:04:05+09:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "form", "spellings"), ALIKE)
def test_spellings_are_one(kind: str, form: str, spellings: list[str]):
    found, missing = NORMAL(kind, Values.of(range(len(spellings)), spellings))
    assert not missing
    assert set(found.text.to_pylist()) == {form}


FORMLESS = [
    (kinds.EMAIL, ["mary", "mary@", "@gmail.com", "a b@c.de", "a@b", "a..b@c.de", "x" * 400]),
    (kinds.PHONE, ["12", "call me", "+999999999999999999", "+82 1"]),
    (kinds.ADDRESS, ["Berlin", "", "somewhere in town"]),
    (kinds.DEVICE, ["unknown", "00000000", "abc", "To be filled by O.E.M."]),
    (kinds.BANK, ["n/a", "DE89 3704 0044 0532 0130 01"]),
    (kinds.WALLET, ["0x12", "no such one", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggv",
                    "0xA835b507369b8144ad27931db504a69055718aE3"]),
    (kinds.DOCUMENT, ["", "0000000", "a|b", "x" * 50]),
    (kinds.HANDLE, ["maryg", "https://github.com/", "github:none", "http://localhost/x"]),
    (kinds.IP, ["10.0.0.1", "127.0.0.1", "fe80::1", "1.2.3", "300.1.1.1"]),
    (kinds.GIT_KEY, ["abc", "0x12"]),
    (kinds.PHOTO, ["0" * 64, "f" * 64, "zz", "ab" * 16]),
    (kinds.CLAIMED_OFFSET, ["15", "-15", "east", "nan"]),
    (kinds.LOGIN, ["-1", "25", "yesterday", "nan", "inf"]),
    (kinds.COMMIT, ["2026-01-02T12:04:05", "1700000000"]),
    (kinds.EMPLOYED, ["{}", "[]", "x", '{"employer":"A","from":"May"}']),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "texts"), FORMLESS)
def test_what_has_no_form_is_missing_with_a_reason_that_repeats_nothing(
    kind: str, texts: list[str]
):
    found, missing = NORMAL(kind, Values.of(range(len(texts)), texts))
    assert not len(found)
    assert [owner for owner, _ in missing] == list(range(len(texts)))
    assert not any(text in reason for _, reason in missing for text in texts if len(text) > 3)


def test_a_column_keeps_whose_a_value_is():
    given = Values.of([0, 0, 2, 5], ["a@b.de", "bad", "A@b.de", "c@d.de"], [1, 2, NO_TIME, 4])
    found, missing = NORMAL(kinds.EMAIL, given)
    assert found.owner.tolist() == [0, 2, 5]
    assert found.text.to_pylist() == ["a@b.de", "a@b.de", "c@d.de"]
    assert found.time.tolist() == [1, NO_TIME, 4]
    assert [owner for owner, _ in missing] == [0]


def test_lines_are_parted_and_folded():
    found = parted(Values.of([3, 4], ["• Led  the\u00a0API.\r\n\n- x\u2028Built it", "One"]))
    assert found.owner.tolist() == [3, 3]
    assert found.text.to_pylist() == ["• Led  the\u00a0API.", "Built it"]
    assert folded_lines(found.text).to_pylist() == ["led the api", "built it"]
    assert folded_lines(pa.array(["  ● LED the\tApi"])).to_pylist() == ["led the api"]


def test_joined_values_stand_beside_each_other():
    one = Values.of([0, 1, 1], ["a", "b", "c"])
    both = one.joined(Values.of([1, 0], ["d", "e"]))
    assert list(zip(both.owner.tolist(), both.text.to_pylist(), strict=True)) == [
        (0, "a"), (0, "e"), (1, "b"), (1, "c"), (1, "d")]  # fmt: skip
    assert both.places().tolist() == [0, 1, 0, 1, 2]
    assert np.array_equal(Values.of([], []).places(), np.array([], dtype=np.int32))


def test_a_zone_gives_its_offsets_in_winter_and_summer():
    assert zone_offsets("Asia/Seoul") == ["540"]
    assert zone_offsets("America/Chicago") == ["-360", "-300"]
    with pytest.raises(ValueError, match="no zone"):
        zone_offsets("../etc/passwd")


def test_passages_do_not_ask_in_which_order_things_are_said():
    one = passages("Scaled the indexer in Hardhat and Go, raising throughput by 34% over 4 months")
    other = passages("in 4 mo: indexer scaled (Go, Hardhat) with throughput up 34 percent")
    assert set(one) & set(other)
