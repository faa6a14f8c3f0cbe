"""The index finds what comparing every name with every other finds.

What it may miss, and nothing else:

* listed words that are more than one edit away and whose bones differ by more than one consonant
  (of words with few consonants, those that sound otherwise);
* names that share no word and no run of words with the query, not even a misspelt one (initials
  alone lead nowhere);
* in lists where hundreds of names share the same words, all but about GATHERED of the most
  promising;
* names whose other words agree for less than the bar, where the rest are words run together that no
  run leads to (three words of a longer name, two of four letters in all, a slip that costs
  RUN_LIMIT or more) and the names without blanks are no match (of fewer than WHOLE_LEAST letters,
  longer by more than WHOLE_LONGER, or with other letters).
"""

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from stanch.model.listed import Entry, ListedName
from stanch.screening.index.build import build
from stanch.screening.index.search import Asked, NameSearch
from stanch.screening.names.analysis import family
from tests.reference.names import Twin
from tests.screening.index.lists import NAMES, SCHEMAS, SPELLED, entries

FAR = -10_000.0
SCHEMA = st.sampled_from(SCHEMAS)


def found(listed: list[Entry], text: str, schema: str, least: float = FAR) -> dict[int, float]:
    (matches,) = NameSearch(build(listed)).search([Asked(text, family(schema), least)])
    return {match.entry: match.points for match in matches}


def same(one: dict[int, float], two: dict[int, float]) -> bool:
    return one.keys() == two.keys() and all(abs(one[each] - two[each]) < 0.01 for each in one)


@settings(max_examples=150)
@given(entries(), NAMES, SCHEMA)
def test_the_index_is_its_twin_with_keys(listed, text, schema):
    ours, theirs = found(listed, text, schema), Twin(listed, keyed=True).search(text, schema)
    event("found" if theirs else "nothing")
    assert same(ours, theirs), (ours, theirs)


@settings(max_examples=100)
@given(entries(SPELLED), SPELLED, SCHEMA)
def test_so_it_is_with_words_of_few_letters(listed, text, schema):
    assert same(found(listed, text, schema), Twin(listed, keyed=True).search(text, schema))


@settings(max_examples=150)
@given(entries(), NAMES, SCHEMA, st.sampled_from((0.0, 5.0, 11.0, 17.5, 30.0)))
def test_nothing_that_reaches_the_bar_is_lost(listed, text, schema, bar):
    ours, every = found(listed, text, schema, bar), Twin(listed, keyed=True).search(text, schema)
    for entry, points in every.items():
        if points >= bar + 0.01:
            assert ours[entry] == pytest.approx(points, abs=0.01)


@pytest.mark.parametrize("bar", [0.0, 11.0, 17.5, 25.0])
@pytest.mark.parametrize(
    ("listed", "asked"),
    [("39 Ponghwasanmaru", "Ponghwa Sanmaru 39"), ("Ponghwa Sanmaru 39", "39 Ponghwasanmaru"),
     ("Kim Jong Un", "キム・ジョンウン")],
)  # fmt: skip
def test_words_run_together_count_before_rows_are_left_out(listed, asked, bar):
    entry = [Entry("1", "Organization", (ListedName(listed),))]
    (points,) = Twin(entry, keyed=True).search(asked, "Organization").values()
    assert found(entry, asked, "Organization", bar) == (
        {0: pytest.approx(points, abs=0.01)} if points >= bar else {}
    )


@settings(max_examples=100)
@given(entries(), NAMES, SCHEMA)
def test_only_what_keys_do_not_lead_to_is_missed(listed, text, schema):
    ours, every = found(listed, text, schema), Twin(listed)
    for entry, points in every.search(text, schema).items():
        if abs(ours.get(entry, FAR) - points) >= 0.01:
            assert every.out_of_reach(text, schema, entry), (entry, points, ours)


@pytest.mark.parametrize("text", ["Pasha Petrov", "Pavel Petrov", "Don Carlos", "Ben Ali"])
def test_given_names_that_are_titles_too(text):
    names = ("Pavel Petrov", "Pasha Petrov", "Donald Carlos", "Don Carlos", "Benjamin Ali")
    listed = [Entry(name, "Person", (ListedName(name),)) for name in names]
    assert same(found(listed, text, "Person"), Twin(listed, keyed=True).search(text, "Person"))
