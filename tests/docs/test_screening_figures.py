"""The pages of screening's methods print what their figures say, and the figures are measured."""

import pytest

from screening_data import Screening
from screening_docs import METHODS, PAGES
from screening_figures import CULTURES, END, FAST, GROUPS, START, kept, measured, written
from tests.docs.fences import ROOT


def test_every_page_has_figures_and_every_method_a_page():
    pages = PAGES.glob("*@*.md")
    with_figures = {page.stem for page in pages if START in page.read_text("utf-8")}
    assert set(kept(PAGES)) == set(METHODS) == with_figures


@pytest.mark.parametrize("method", METHODS)
def test_the_page_prints_its_figures(method):
    page = (PAGES / f"{method}.md").read_text("utf-8")
    assert written(page, kept(PAGES)[method]) == page


def test_a_changed_figure_changes_the_page():
    figures = kept(PAGES)["name@1"]
    page = written(f"before\n{START}\n{END}\nafter\n", figures)
    assert page.startswith("before\n")
    assert page.endswith("\nafter\n")
    figures["innocents"]["ko_hangul"]["alerted"] += 1
    assert written(page, figures) != page


def test_groups_have_names_that_people_understand():
    figures = kept(PAGES)["name@1"]
    assert set(figures["found"]) == set(GROUPS)
    assert set(figures["innocents"]) == set(CULTURES)


def test_a_page_without_markers_is_refused():
    with pytest.raises(SystemExit, match="needs the lines"):
        written("no markers\n", kept(PAGES)["name@1"])


@pytest.mark.parametrize("method", METHODS)
def test_figures_are_still_measured(data_dir, method):
    """Two of ten indexes: all but the aliases that were left out, and the innocents with dates."""
    data = Screening(data_dir / "screening")
    again, printed = measured(METHODS[method](), data, FAST), kept(PAGES)[method]
    groups = again["found"].keys() - {"alias_P", "alias_OV"}
    assert len(groups) == 6
    for group in groups:
        assert again["found"][group] == printed["found"][group], group
    for part in ("thresholds", "innocents", "pairs"):
        assert again[part] == printed[part]


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_all_figures_are_still_measured(data_dir, method):
    assert measured(METHODS[method](), Screening(data_dir / "screening")) == kept(PAGES)[method]


def test_the_readme_says_nearly_what_is_measured():
    """It names a month; the page beside the method is the one that is exact."""
    readme = (ROOT / "README.md").read_text("utf-8")
    found = kept(PAGES)["name@1"]["found"]
    for begins, group, figure in (
        ("listed name in first place", "macro", "first"),
        ("found, where 1 %", "macro", "one_percent"),
        ("first place: Korean names romanised", "romanised", "first"),
    ):
        (row,) = (line for line in readme.splitlines() if line.startswith(f"| {begins}"))
        assert float(row.split("|")[2]) == pytest.approx(found[group][figure], abs=0.015)
