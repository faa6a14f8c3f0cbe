"""Two members match by files: exactly, once, and so that neither can probe."""

from tests.app.common.parties import Parties, learned, people


def test_both_learn_what_both_have_and_nothing_else(tmp_path):
    both = Parties(tmp_path)
    both.prepare("kr", people(*range(10)))
    both.prepare("jp", people(*range(7, 40)))
    answer = both.answer("jp", both.invite("kr", "jp"))
    out, claim = both.finish("kr", answer)
    assert learned(out) == set(people(7, 8, 9))
    assert learned(both.confirm("jp", claim)) == set(people(7, 8, 9))
