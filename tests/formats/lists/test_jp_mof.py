import datetime

import pytest

from conftest import csv_of, xlsx_of
from stanch.model.listed import ListedName, RefusedEntry, UnknownField

SECTION = "北朝鮮のミサイル又は大量破壊兵器計画に関連する者（個人）"
OLD = [
    "告示日付", "告示 番号", "日 本 語 表 記", "英 語 表 記", "別 名", "生 年 月 日",
    "旅 券 番 号", "国 籍", "役 職", "そ の 他 の 情 報", "靴",
]  # fmt: skip
YUN = [
    "2009.7.16 (2016.1.1改訂)", "332", "ユン・ホジン", "Yun Ho-jin",
    "(a)Yun Ho-chin (b)尹浩鎮", "1944年10月13日生", "（a）A123 （b）B456", "北朝鮮", "代表",
    "ETH 0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "27",
]  # fmt: skip
RI = [
    "平成21年7月16日", "332", "リ・ジェソン", "Ri Je-Son\nLi Je Son", "", "1938年頃", "不明",
    "", "", "", "",
]  # fmt: skip

NEW = [
    "区分", "番号", "告示日付", "告示番号", "個人・団体", "氏名（日本語）", "氏名（英語）",
    "別名・別称（日本語）", "別名・別称（英語）", "旧称（英語）",
    "確定に十分でない別名（英語）", "生年月日", "国籍（英語）", "住所・所在地（国）（英語）",
    "住所・所在地（都市その他の情報）（英語）", "国連参照番号",
]  # fmt: skip
TEN = [
    "北朝鮮", "030-000001", "2013-01-30", "21", "団体", "東方銀行", "Bank of East Land",
    "ドンバン銀行、東邦銀行", "Dongbang Bank; Tongbang Unhaeng", "Old Bank", "DB", "", "",
    "DPRK", "P.O.32, Pyongyang", "KPe.013",
]  # fmt: skip


def old(*rows: list[str]) -> bytes:
    return xlsx_of(Sheet1=[["目次"]], 北朝鮮=[[SECTION], [None], OLD, *rows])


def test_a_sheet_of_one_programme(parse):
    yun, ri, *rest = parse("jp-mof", old(YUN, RI))
    assert yun.names == (
        ListedName("Yun Ho-jin", "primary", language="en"),
        ListedName("ユン・ホジン", language="ja"),
        ListedName("Yun Ho-chin"),
        ListedName("尹浩鎮", language="ja"),
    )
    assert (yun.schema, yun.listed_on) == ("Person", "2009-07-16")
    assert yun.programs == (f"北朝鮮 / {SECTION}",)
    assert yun.births[0].first == "1944-10-13"
    assert [(each.kind, each.value) for each in yun.identifiers] == [
        ("passport", "A123"),
        ("passport", "B456"),
        ("wallet", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"),
    ]
    assert (yun.countries[0].code, yun.roles) == ("KP", ("代表",))
    assert [name.text for name in ri.names] == ["Ri Je-Son", "Li Je Son", "リ・ジェソン"]
    assert (ri.births[0].first, ri.births[0].last, ri.births[0].circa) == (
        "1938-01-01", "1938-12-31", True,
    )  # fmt: skip
    assert (ri.listed_on, ri.identifiers) == ("2009-07-16", ())
    assert [(each.name, each.example) for each in rest] == [("sheet Sheet1", "目次"), ("靴", "27")]


def test_an_id_outlasts_order_and_new_aliases(parse):
    before = {each.names[0].text: each.id for each in parse("jp-mof", old(YUN, RI))[:2]}
    more = [*YUN[:4], "Yun", *YUN[5:]]
    after = {each.names[0].text: each.id for each in parse("jp-mof", old(RI, more))[:2]}
    assert before == after
    assert len(set(after.values())) == 2
    twice = parse("jp-mof", old(YUN, YUN))
    assert twice[1].id == f"{twice[0].id}-2"


@pytest.mark.parametrize("form", ["xlsx", "utf-8-sig", "cp932"])
def test_one_table_of_all_programmes(parse, form):
    data = xlsx_of(list=[NEW, TEN]) if form == "xlsx" else csv_of([NEW, TEN], form)
    (entry,) = parse("jp-mof", data)
    assert (entry.id, entry.schema, entry.listed_on) == (
        "030-000001", "Organization", "2013-01-30",
    )  # fmt: skip
    assert [(name.text, name.kind, name.language) for name in entry.names] == [
        ("Bank of East Land", "primary", "en"),
        ("東方銀行", "alias", "ja"),
        ("ドンバン銀行", "alias", "ja"),
        ("東邦銀行", "alias", "ja"),
        ("Dongbang Bank", "alias", "en"),
        ("Tongbang Unhaeng", "alias", "en"),
        ("Old Bank", "former", "en"),
        ("DB", "weak", "en"),
    ]
    assert (entry.addresses[0].text, entry.addresses[0].country) == (
        "P.O.32, Pyongyang, DPRK", "KP",
    )  # fmt: skip
    assert entry.programs == ("北朝鮮",)
    assert ("国連参照番号", "KPe.013") in entry.other


def test_a_real_date_in_a_cell(parse):
    row = [datetime.date(2009, 7, 16), *YUN[1:]]
    assert parse("jp-mof", old(row))[0].listed_on == "2009-07-16"


def test_bad_rows_are_told_and_notes_too(parse):
    found = parse(
        "jp-mof", ("m.xlsx", old(["2009.7.16", "332", "", "", "", "1938年"], ["注：改訂"]))
    )
    assert found == [
        RefusedEntry("m.xlsx", 4, "has no name"),
        UnknownField("m.xlsx", "sheet Sheet1", 1, "目次"),
        UnknownField("m.xlsx", "(a row that is a title or note)", 1, "注：改訂"),
        UnknownField("m.xlsx", "靴", 1, ""),
    ]


@pytest.mark.parametrize("data", ["", "a,b\n1,2\n", xlsx_of(x=[["告示日付"]])])
def test_another_file_is_refused(parse, data):
    with pytest.raises(ValueError, match=r"empty|table"):
        parse("jp-mof", data)
