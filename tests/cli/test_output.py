"""How verbs answer: tables under headings, times to the second, and nothing that moves a cursor."""

import json

import pytest

from stanch.cli.output import fields, moment, rows_part, table, tell

AT = "2026-11-26T12:00:00.123456Z"


def test_times_are_told_to_the_second_and_other_values_as_they_are():
    assert moment(AT) == "2026-11-26T12:00:00Z"
    assert moment(f"due {AT}") == "due 2026-11-26T12:00:00Z"
    assert [moment(each) for each in (None, "", 5, True)] == ["-", "-", "5", "true"]


def test_a_table_of_nothing_says_so():
    assert list(table([], ("id",), none="no order")) == ["no order"]


def test_what_others_wrote_moves_no_cursor():
    row = {"id": "ord-1\x1b[2J", "state": "draft\r\n"}
    assert list(table([row], ("id", "state"))) == ["id         state", "ord-1 [2J  draft"]
    assert list(fields(row)) == ["id: ord-1 [2J", "state: draft  "]


def test_a_part_has_a_heading_where_it_has_a_row():
    assert list(rows_part("seats", [], ("id",))) == []
    assert list(rows_part("seats", [{"id": 5}], ("id", "until"))) == [
        "seats", "  id  until", "  5   -",
    ]  # fmt: skip


@pytest.mark.parametrize("found", [{"name": "김"}, [], None])
def test_json_is_one_document_and_nothing_else(capsys, found):
    tell(found, as_json=True, lines=["for people"])
    assert json.loads(capsys.readouterr().out) == found
