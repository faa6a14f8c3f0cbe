"""How right screening is: `python bench/screening_quality.py [DATA] [--half FOLDER]`.

Prints, group by group, for Stanch, nomenklatura's logic-v2 behind its blocker, and a rapidfuzz
scan, on the same entries and the same names:

    names     R@1, R@5, recall where 1 % of innocent persons raise an alert
    cultures  alerts per thousand innocents at that threshold, by group of names
    pairs     F1 on labelled pairs, at the best and at the published threshold
    checks    labelled entity checks passed
    dates     alerts on 2 x 50,000 innocents with birth dates, at equal recall on the queries

DATA is a folder with `screening/`; default STANCH_DATA or ../shared/data. FOLDER is another set of
queries and innocents of the same making. What the peers answered is kept in --work and used again
as long as data and peers are the same; Stanch always runs.
"""

import argparse
import os
from pathlib import Path

from screening_contestants import PEERS_MISSING, Contestant, LogicV2, Scan, Stanch
from screening_data import INNOCENTS, Screening, script
from screening_measure import (
    alerts,
    best_threshold,
    by_group,
    f1,
    passed,
    threshold,
    threshold_at,
    top,
)
from screening_run import Answers, run

RECALLS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    options = arguments()
    data = Screening(options.data / "screening", options.half)
    print(f"{len(data.rows):,} entries, {len(data.queries):,} queries of {data.half.name}, "
          f"{len(data.innocents):,} innocents", flush=True)  # fmt: skip
    answers = [run(each, data, options.work, options.innocents) for each in contestants(options)]
    for title, show in SECTIONS.items():
        print(f"\n== {title}")
        show(data, answers)


def arguments() -> argparse.Namespace:
    default = Path(os.environ.get("STANCH_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--half", type=Path, help="queries.jsonl and innocents.jsonl of its own")
    parser.add_argument("--work", type=Path, default=Path("bench-out"))
    parser.add_argument(
        "--innocents", type=int, default=50_000, help="rows of each file with birth dates; 0: none"
    )
    parser.add_argument(
        "--no-peers", dest="peers", action="store_false", help="for development only"
    )
    return parser.parse_args()


def contestants(options: argparse.Namespace) -> list[type[Contestant]]:
    if not options.peers:
        print("Without its peers (--no-peers): these figures compare Stanch with nothing.")
        return [Stanch]
    if not LogicV2.available():
        print(PEERS_MISSING)
        return [Stanch, Scan]
    return [Stanch, LogicV2, Scan]


def names(data: Screening, answers: list[Answers]) -> None:
    for each in answers:
        least = threshold(data.innocents, each.hits)
        print(f"{each.name}, alerts from {least:.4f}")
        for group, found in by_group(data.queries, each.hits, least).items():
            print(
                f"  {group:<10} n={found.count:<5} R@1 {found.first:.3f}  R@5 {found.fifth:.3f}  "
                f"recall at 1 % alerts {found.alerted:.3f}"
            )


def cultures(data: Screening, answers: list[Answers]) -> None:
    """By the groups of the innocents; namesakes of somebody listed stand apart."""
    columns = {}
    for each in answers:
        groups: dict[str, list[float]] = {}
        for one in data.innocents:
            group = "namesakes" if one.homonym else one.set
            groups.setdefault(group, []).append(top(each.hits.get(one.row.id, ())))
        columns[each.name] = alerts(groups, threshold(data.innocents, each.hits))
    table(columns)


def dates(data: Screening, answers: list[Answers]) -> None:
    """By file and script, at thresholds where all have the same macro recall on the queries."""
    scripts = {row.id: script(row.names[0]) for f in INNOCENTS for row in data.many_innocents(f)}
    for recall, whose in recalls(data, answers):
        columns = {}
        for each in (one for one in answers if one.dated):
            least = threshold_at(data.queries, each.hits, recall)
            if least is None:
                columns[f"{each.name}, never"] = {}
                continue
            groups: dict[str, list[float]] = {}
            for key, score in each.dated.items():
                for group in ("all", key.rpartition("-")[0], scripts[key]):
                    groups.setdefault(group, []).append(score)
            columns[f"{each.name} >= {least:.3f}"] = alerts(groups, least)
        if any(columns.values()):
            print(f"macro recall {recall:.3f}{whose}")
            table(columns)


def recalls(data: Screening, answers: list[Answers]) -> list[tuple[float, str]]:
    """Fixed levels, and what each reaches at its published threshold."""
    levels = [(recall, "") for recall in RECALLS]
    for each in answers:
        if each.published is not None:
            macro = by_group(data.queries, each.hits, each.published)["macro"]
            levels.append((macro.alerted, f", that of {each.name} at {each.published:g}"))
    return sorted(levels)


def pairs(data: Screening, answers: list[Answers]) -> None:
    cases = data.name_pairs()
    for each in answers:
        least, value = best_threshold(f1, cases, each.pairs)
        said = f"{each.name:<16} best F1 {value:.3f} at {least:.3f}"
        if each.published is not None:
            said += f"; {f1(cases, each.pairs, each.published):.3f} at {each.published:g}"
        print(said)
        for group in sorted({case.group for case in cases}):
            some = [at for at, case in enumerate(cases) if case.group == group]
            part, scores = [cases[at] for at in some], [each.pairs[at] for at in some]
            print(f"  {group:<16} n={len(some):<4} F1 {f1(part, scores, least):.3f}")


def checks(data: Screening, answers: list[Answers]) -> None:
    cases = data.checks()
    for each in answers:
        least, value = best_threshold(passed, cases, each.checks)
        said = f"{each.name:<16} {value} of {len(cases)} at {least:.3f}"
        if each.published is not None:
            said += f"; {passed(cases, each.checks, each.published)} at {each.published:g}"
        print(said)


def table(columns: dict[str, dict[str, tuple[int, int]]]) -> None:
    """Alerts per thousand, a line for each group and a column for each contestant."""
    groups = {group: count for column in columns.values() for group, (_, count) in column.items()}
    print(f"  {'alerts per thousand':<28}" + "".join(f"{name:>26}" for name in columns))
    for group in sorted(groups):
        cells = (
            f"{1000 * column[group][0] / groups[group]:26.2f}" if group in column else f"{'-':>26}"
            for column in columns.values()
        )
        print(f"  {group + f' ({groups[group]:,})':<28}" + "".join(cells))


SECTIONS = {
    "names": names,
    "cultures": cultures,
    "pairs": pairs,
    "checks": checks,
    "dates": dates,
}

if __name__ == "__main__":
    main()
