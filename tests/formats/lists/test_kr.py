import pytest

from conftest import csv_of, xlsx_of
from stanch.model.listed import Identifier, ListedName, RefusedEntry

WALLET = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
TITLES = [
    "연번",
    "성명",
    "생년월일",
    "국적",
    "소속 및 직위",
    "여권번호",
    "가상자산 지갑주소",
    "지정일자",
]
PARK = [
    "1",
    "박진혁 (Park Jin Hyok)",
    "1984. 8. 15.",
    "북한",
    "조선엑스포 합영회사",
    "836109834",
    "-",
    "2023. 2. 10.",
]
JO = [
    "2",
    "조명래\nJO Myong Rae",
    "1975년경",
    "북한",
    "110연구소장",
    "-",
    WALLET,
    "2023년 2월 10일",
]
GROUP_TITLES = ["연번", "명칭", "영문명", "별칭", "신발"]
LAZARUS = ["1", "라자루스 그룹", "Lazarus Group", "Hidden Cobra, 히든 코브라", "43"]


def test_a_notice_with_tables_for_persons_and_for_groups(parse):
    rows = [
        ["대북 독자제재 대상"],
        ["개인 (2명)"],
        TITLES,
        PARK,
        JO,
        ["단체 (1개)"],
        GROUP_TITLES,
        LAZARUS,
    ]
    park, jo, lazarus, *rest = parse("kr", xlsx_of(고시=rows))
    assert park.names == (
        ListedName("박진혁", "primary", language="ko"),
        ListedName("Park Jin Hyok"),
    )
    assert (park.schema, park.listed_on) == ("Person", "2023-02-10")
    assert park.births[0].first == "1984-08-15"
    assert park.programs == ("고시 / 대북 독자제재 대상 / 개인 (2명)",)
    assert park.identifiers == (Identifier("passport", "836109834"),)
    assert (park.countries[0].code, park.roles) == ("KP", ("조선엑스포 합영회사",))
    assert [name.text for name in jo.names] == ["조명래", "JO Myong Rae"]
    assert (jo.births[0].first, jo.births[0].circa) == ("1975-01-01", True)
    assert jo.identifiers == (Identifier("wallet", WALLET, asset="ETH"),)
    assert jo.listed_on == "2023-02-10"
    assert lazarus.schema == "Organization"
    assert [name.text for name in lazarus.names] == [
        "라자루스 그룹", "Lazarus Group", "Hidden Cobra", "히든 코브라",
    ]  # fmt: skip
    assert [(each.name, each.example) for each in rest] == [
        ("(a row that is a title or note)", "단체 (1개)"),
        ("신발", "43"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_as_excel_in_korea_saves_it(parse, encoding):
    (entry,) = parse("kr", csv_of([TITLES, PARK], encoding))
    assert [name.text for name in entry.names] == ["박진혁", "Park Jin Hyok"]


def test_an_id_outlasts_order_and_aliases_but_tells_years_of_birth_apart(parse):
    namesake = [*PARK[:2], "1990", *PARK[3:]]
    before = {
        each.births[0].text: each.id for each in parse("kr", csv_of([TITLES, PARK, namesake]))
    }
    changed = ["7", "박진혁 (Pak Chin-hyok)", *PARK[2:]]
    after = {
        each.births[0].text: each.id for each in parse("kr", csv_of([TITLES, namesake, changed]))
    }
    assert before == after
    assert len(set(after.values())) == 2


def test_a_notice_number_and_a_number_are_the_id(parse):
    titles = ["고시번호", "번호", "국문 성명", "영문 성명", "구분", "비고"]
    row = ["외교부고시 제2023-1호", "3", "김철수", "KIM Chol Su", "개인", f"지갑 {WALLET}"]
    (entry,) = parse("kr", csv_of([titles, row]))
    assert (entry.id, entry.schema) == ("외교부고시 제2023-1호-3", "Person")
    assert entry.legal_bases == ("외교부고시 제2023-1호",)
    assert entry.identifiers == (Identifier("wallet", WALLET, asset="ETH"),)


def test_one_of_whom_only_the_name_is_known_is_no_title(parse):
    found = parse("kr", csv_of([TITLES, ["", "김철수"] + [""] * 6, ["", "※ 끝"] + [""] * 6]))
    assert [name.text for each in found[:1] for name in each.names] == ["김철수"]
    assert [each.example for each in found[1:]] == ["※ 끝", "", ""][:1]


def test_a_merged_cell_goes_with_each_of_its_rows(parse):
    import io

    import openpyxl

    book = openpyxl.Workbook()
    for row in (["구분", "성명", "국적"], ["단체", "가나 회사", "북한"], ["", "다라 회사", "북한"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    assert [each.schema for each in parse("kr", stream.getvalue())] == ["Organization"] * 2


def test_a_wallet_of_unknown_form_is_kept_as_it_is(parse):
    row = [*PARK[:6], "XMR 4" + "A" * 94, ""]
    (entry,) = parse("kr", csv_of([TITLES, row]))
    assert entry.identifiers[-1].value == "4" + "A" * 94


def test_a_row_without_a_name_is_told(parse):
    found = parse("kr", ("k.csv", csv_of([TITLES, ["1", "", "1984"], PARK])))
    assert RefusedEntry("k.csv", 2, "has no name") in found


@pytest.mark.parametrize("data", ["", "a,b\n1,2\n", xlsx_of(x=[["성명"]])])
def test_another_file_is_refused(parse, data):
    with pytest.raises(ValueError, match=r"empty|table"):
        parse("kr", data)
