"""What `stanch screen` wrote is read back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.hits_csv import COLUMNS, HitRow, RefusedHit, parse

HEAD = ",".join(COLUMNS)


def read(text):
    return list(parse(io.StringIO(text, newline="")))


def test_a_row():
    (row,) = read(f'{HEAD}\nC1,2,kp,E1,"KIM, Chol Su",0.91,"one\ntwo"\n')
    assert row == HitRow(2, "C1", 2, "kp", "E1", "KIM, Chol Su", 0.91, "one\ntwo")


def test_columns_in_any_order_and_more_of_them():
    text = "\ufeffextra,evidence,score,name,entity_id,list,rank,query_id\nx,why,1,N,E,L,1,Q\n"
    assert read(text) == [HitRow(2, "Q", 1, "L", "E", "N", 1.0, "why")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C1,1,kp", "has 3 cells, too few"),
        (",1,kp,E1,N,1,x", "does not say who met which entry of which list"),
        ("C1,1,,E1,N,1,x", "does not say who met which entry of which list"),
        ("C1,first,kp,E1,N,1,x", "rank or score is no number"),
        ("C1,1,kp,E1,N,high,x", "rank or score is no number"),
        ("C1,1,kp,E1,N,nan,x", "score is not between 0 and 1"),
        ("C1,1,kp,E1,N,-1,x", "score is not between 0 and 1"),
    ],
)
def test_a_row_that_is_no_hit(row, reason):
    good = "C2,1,kp,E1,N,1,x"
    refused, kept = read(f"{HEAD}\n{row}\n{good}\n")
    assert refused == RefusedHit(2, reason)
    assert kept.row == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "has no column query_id"),
        ("query_id,rank\n", "has no column list"),
        (f"{HEAD}\nC1,1,kp,E1,{'x' * 200_000},1,x\n", "is no CSV"),
    ],
)
def test_a_file_that_holds_no_hits(text, why):
    with pytest.raises(ValueError, match=why):
        read(text)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(texts.filter(bool), texts, texts), max_size=5))
def test_whatever_csv_writes_is_read(rows):
    out = io.StringIO(newline="")
    written = csv.writer(out)
    written.writerow(COLUMNS)
    for query, name, evidence in rows:
        written.writerow((query, 1, "kp", "E1", name, 0.5, evidence))
    found = [(row.query_id, row.name, row.evidence) for row in read(out.getvalue())]
    assert found == rows
