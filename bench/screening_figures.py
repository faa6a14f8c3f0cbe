"""What a screening method gets wrong, by culture of names, as figures and as a page's tables."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from screening_contestants import Stanch
from screening_data import FULL, INNOCENTS, LATIN_ONLY, Screening, script
from screening_measure import alerts, by_group, f1, passed, threshold, top
from screening_run import Answers, dated, names

FAST = (FULL, LATIN_ONLY)  # two of ten indexes: all groups but aliases that were left out
START, END = "<!-- figures: written by bench/screening_docs.py -->", "<!-- end of figures -->"
GROUPS = {
    "alias_P": "other names of persons, left out of the list",
    "alias_OV": "other names of organisations and vessels, left out of the list",
    "romanised": "Korean names in seven habits of romanisation",
    "Hangul_P": "Hangul",
    "Hanja": "Chinese characters, read as Korean",
    "Kana": "Katakana",
    "Cyrillic": "Cyrillic",
    "typo": "one letter wrong",
    "macro": "**mean of the groups**",
}
CULTURES = {
    "ko_hangul": "Korean, in Hangul",
    "ko_latin": "Korean, in Latin letters",
    "ja_kanji": "Japanese, in Kanji",
    "ja_latin": "Japanese, in Latin letters",
    "zh_latin": "Chinese, in Latin letters",
    "western_us": "Western, United States",
    "global": "all countries",
    "company_ko": "Korean companies",
    "company_en": "companies with English names",
}

Figures = dict[str, dict]


def measured(
    contestant: Stanch, data: Screening, variants: Collection[str] | None = None
) -> Figures:
    """All figures of a method, or those that the given variants of the index are enough for."""
    answers = Answers(contestant.name, contestant.published)
    names(contestant, data, answers, variants or data.variants())
    found = recalls(data, answers, variants or data.variants())
    found["innocents"] = cultures(data, answers)
    if variants is None:
        contestant.least = answers.published  # whoever scores below is not counted here
        dated(contestant, data, answers, 10**9)
        found["dated"] = scripts(data, answers)
    pairs, checks = data.name_pairs(), data.checks()
    scores, passes = contestant.pairs(pairs), contestant.pairs(checks)
    found["pairs"] = {
        "pairs": len(pairs),
        "f1": round(f1(pairs, scores, answers.published), 4),
        "checks": len(checks),
        "passed": passed(checks, passes, answers.published),
    }
    return found


def recalls(data: Screening, answers: Answers, variants: Collection[str]) -> Figures:
    asked = [query for query in data.queries if query.variant in variants]
    one = threshold(data.innocents, answers.hits)
    usual = by_group(asked, answers.hits, answers.published)
    strict = by_group(asked, answers.hits, one)
    whole = set(variants) == set(data.variants())
    return {
        "thresholds": {"published": answers.published, "one_percent": round(one, 4)},
        "found": {
            group: {
                "names": each.count,
                "first": round(each.first, 4),
                "fifth": round(each.fifth, 4),
                "alerted": round(each.alerted, 4),
                "one_percent": round(strict[group].alerted, 4),
            }
            for group, each in usual.items()
            if whole or group != "macro"
        },
    }


def cultures(data: Screening, answers: Answers) -> Figures:
    groups: dict[str, list[float]] = {}
    for each in data.innocents:
        if not each.homonym:
            groups.setdefault(each.set, []).append(top(answers.hits.get(each.row.id, ())))
    usual = alerts(groups, answers.published)
    strict = alerts(groups, threshold(data.innocents, answers.hits))
    return {
        group: {"names": count, "alerted": usual[group][0], "one_percent": strict[group][0]}
        for group, (_, count) in sorted(usual.items())
    }


def scripts(data: Screening, answers: Answers) -> Figures:
    groups: dict[str, list[float]] = {}
    for name in INNOCENTS:
        for row in data.many_innocents(name):
            groups.setdefault(script(row.names[0]), []).append(answers.dated[row.id])
    found = alerts(groups, answers.published)
    return {
        group: {"names": count, "alerted": many} for group, (many, count) in sorted(found.items())
    }


def tables(figures: Figures) -> str:
    """The figures of one method in Markdown."""
    usual, strict = figures["thresholds"]["published"], figures["thresholds"]["one_percent"]
    pairs = figures["pairs"]
    return "\n".join(
        [
            f"Listed names that are found (a score of {usual:g} or more is an alert; at {strict:g} "
            "one innocent person in a hundred raises one):",
            "",
            f"| names | number | first | among five | alert | alert at {strict:g} |",
            "|---|---:|---:|---:|---:|---:|",
            *(
                f"| {GROUPS[group]} | {each['names']} | {percent(each['first'])} | "
                f"{percent(each['fifth'])} | {percent(each['alerted'])} | "
                f"{percent(each['one_percent'])} |"
                for group, each in figures["found"].items()
            ),
            "",
            "Innocents without a listed namesake who raise an alert, by culture of the name:",
            "",
            f"| names | number | alerts in a thousand | at {strict:g} |",
            "|---|---:|---:|---:|",
            *(
                f"| {CULTURES.get(group, group)} | {each['names']:,} | "
                f"{per_mille(each['alerted'], each['names'])} | "
                f"{per_mille(each['one_percent'], each['names'])} |"
                for group, each in figures["innocents"].items()
            ),
            "",
            "Simulated innocents of all countries with a birth date, by script of the name:",
            "",
            "| script | number | alerts in a thousand |",
            "|---|---:|---:|",
            *(
                f"| {group} | {each['names']:,} | {per_mille(each['alerted'], each['names'])} |"
                for group, each in figures["dated"].items()
            ),
            "",
            f"Labelled pairs of names: F1 {pairs['f1']:.3f} of {pairs['pairs']} pairs. Labelled "
            f"checks: {pairs['passed']} of {pairs['checks']} passed.",
        ]
    )


def percent(part: float) -> str:
    return f"{100 * part:.1f} %"


def per_mille(many: int, count: int) -> str:
    return f"{1000 * many / count:.2f}"


def written(page: str, figures: Figures) -> str:
    """A page with its tables drawn anew between the markers."""
    before, marker, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not (marker and end):
        raise SystemExit(f"the page needs the lines {START} and {END}")
    return f"{before}{START}\n\n{tables(figures)}\n\n{END}{after}"


def kept(folder: Path) -> Mapping[str, Figures]:
    return json.loads((folder / "figures.json").read_text("utf-8"))
