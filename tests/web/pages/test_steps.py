"""The clock of an order, in words."""

import pytest

from stanch.app.desk.followed import Addressee, Followed
from stanch.app.desk.hops import Hop
from stanch.web.pages.hop_picture import drawn
from stanch.web.pages.steps import steps

AT = "2026-11-26T12:00:00.000000Z"


def row(**times: str | None) -> dict[str, str | None]:
    return {"created": AT, "proposed": None, "in_force": None, "ended": None, **times}


def about(*told: Addressee) -> Followed:
    return Followed(None, "", (), (), told, frozenset(), "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ("2026-11-26T12:00:00.900000Z", "0 s"),
        ("2026-11-26T12:00:59.000000Z", "59 s"),
        ("2026-11-26T12:14:05.000000Z", "14 min 5 s"),
        ("2026-11-26T15:00:07.000000Z", "3 h 0 min"),
        ("2026-11-29T12:00:00.000000Z", "3 d 0 h"),
    ],
)
def test_a_span_has_two_units_at_most(later: str, words: str) -> None:
    drafted, proposed = steps(None, row(proposed=later), about())[:2]
    assert (drafted.after, proposed.after, proposed.since) == ("", words, words)


def test_the_first_of_several_addressees_counts_and_what_is_to_come_is_named() -> None:
    seen = ("2026-11-26T12:05:00.000000Z", "2026-11-26T12:03:00.000000Z", None)
    told = [Addressee({"delivered": None, "acknowledged": at}, ()) for at in seen]
    told.append(
        Addressee(
            {"delivered": None, "acknowledged": None},
            ({"answer": "nothing_found", "created": "2026-11-26T12:01:00.000000Z"},
             {"answer": "held", "created": "2026-11-26T12:04:00.000000Z"}),
        )
    )  # fmt: skip
    found = {step.name: step for step in steps("2026-11-26T11:00:00.000000Z", row(), about(*told))}
    assert found["First acknowledged"].after == "1 h 3 min"
    assert found["First held"].since == "1 min 0 s"
    assert found["In force"].at is None
    assert "Over" not in found


def test_a_picture_has_a_column_for_each_hop_and_says_how_many_it_leaves_out() -> None:
    assert drawn([]) is None
    few = drawn([Hop(0, 1, ()), Hop(1, 100_000, ())])
    assert few is not None
    low, high = few.columns
    assert low.y + low.height == high.y + high.height == few.ground
    assert 0 < low.height < high.height < few.height
    assert high.x >= low.x + low.width
    many = drawn([Hop(hop, 1, ()) for hop in range(40)])
    assert many is not None
    assert len(many.columns) + many.left_out == 40
