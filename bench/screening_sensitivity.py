"""What name@1's figures hang on: `python bench/screening_sensitivity.py [DATA] [--half FOLDER]`.

Two things that the printed figures do not say of themselves:

    weights    each weight a fifth less and a fifth more, one at a time: what becomes of macro R@1,
               macro recall where 1 % of innocent persons raise an alert, F1 of labelled pairs and
               entity checks passed, both at the published threshold
    chance     queries and innocents drawn anew a thousand times, each as often as chance has it:
               between what two values macro R@1 and macro recall at 1 % lie in nine draws of ten,
               for Stanch, and for logic-v2 where bench/screening_quality.py has asked it

All groups and all innocents without birth dates are measured. The indexes are built once; weights
that are part of building one (of weak aliases, acronyms, cuts of Korean names and spellings that no
table knows) stay as they are. DATA is a folder with `screening/`; default STANCH_DATA or
../shared/data. It takes some ten minutes of one core.
"""

import argparse
import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import screening_dials as dials
from screening_contestants import Stanch
from screening_data import Row, Screening, with_births
from screening_measure import GROUPS, SHARE, best, by_group, f1, passed, threshold, top
from screening_run import Answers, names

FACTORS = (0.8, 1.2)
DRAWS, SEED = 1_000, 1
RANGE = (5, 95)  # per cent
MEASURES = ("macro R@1", "recall at 1 %", "F1 of pairs", "checks")

Figures = tuple[float, float, float, int]


class Movable(Stanch):
    """Stanch on indexes that are built once. What a weight changes in them is worked out anew."""

    def __init__(self) -> None:
        super().__init__()
        self._built: dict[int, dict] = {}
        self.anew = False  # whether the worth of words has moved

    def index_of(self, rows: Sequence[Row]):
        from screening_entries import VERSION, entry
        from stanch.screening.index import Index

        key = hash(tuple((row.id, row.names, row.weak) for row in rows))
        arrays = self._built.get(key)
        if arrays is None:
            arrays = Index.arrays_of((row.list, VERSION, entry(row)) for row in rows)
            self._built[key] = arrays
        return Index(arrays | {"word_worth": _worths(arrays["counted"])} if self.anew else arrays)


def remember_words() -> None:
    """Let an index keep from what its words' worth was worked out."""
    from stanch.screening.index import build

    made = build.vocabulary

    def remembered(words, counts, joined, names):
        arrays = made(words, counts, joined, names)
        kinds = arrays["word_kind"][: len(words)].tolist()
        listed = list(zip(words, kinds, counts, strict=True))
        return arrays | {"counted": (listed, len(joined), names, arrays["word_means"])}

    build.vocabulary = remembered


def _worths(counted) -> np.ndarray:
    from stanch.screening.index import vocabulary

    listed, joined, names, means = counted
    values = [vocabulary.worth(*word, names) for word in listed]
    return np.array(values + [vocabulary.MOST_WORTH] * joined, np.float32)[means]


def main() -> None:
    options = arguments()
    data = Screening(options.data / "screening", options.half)
    data.rows = with_births(data.rows, births=False)
    dials.install()
    remember_words()
    stanch = Movable()
    answers, plain = measured(stanch, data)
    print(f"{'as it is':<44}" + "".join(f"{name:>15}" for name in MEASURES))
    print(f"{'':<44}{shown(plain)}", flush=True)
    lines = weights(stanch, data, options.workers)
    spread(plain, lines)
    print(f"\n{DRAWS:,} draws (seed {SEED}), {RANGE[0]} % and {RANGE[1]} %")
    for each in (answers, *peers(options.work, data)):
        chance(each, data)


def arguments() -> argparse.Namespace:
    default = Path(os.environ.get("STANCH_DATA", "../shared/data"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?", default=default)
    parser.add_argument("--half", type=Path, help="queries.jsonl and innocents.jsonl of its own")
    parser.add_argument("--work", type=Path, default=Path("bench-out"))
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def measured(stanch: Movable, data: Screening) -> tuple[Answers, Figures]:
    answers = Answers(stanch.name, stanch.published)
    names(stanch, data, answers, data.variants())
    macro = by_group(data.queries, answers.hits, threshold(data.innocents, answers.hits))["macro"]
    pairs, checks = data.name_pairs(), data.checks()
    return answers, (
        macro.first,
        macro.alerted,
        f1(pairs, stanch.pairs(pairs), stanch.published),
        passed(checks, stanch.pairs(checks), stanch.published),
    )


Line = tuple[int, float, Figures]
_HELD: list = []  # what a forked process finds where its parent left it


def weights(stanch: Movable, data: Screening, workers: int) -> list[Line]:
    """Each move in a process of its own, forked when all is compiled and built."""
    _HELD[:] = stanch, data
    moves = [(place, factor) for place in range(len(dials.WEIGHTS)) for factor in FACTORS]
    lines = []
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        for place, factor, figures in pool.imap(moved, moves, chunksize=1):
            module, name = dials.WEIGHTS[place]
            print(f"{f'{module}.{name} x {factor:g}':<44}{shown(figures)}", flush=True)
            lines.append((place, factor, figures))
    return lines


def moved(move: tuple[int, float]) -> Line:
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # what is asked has been said once
    stanch, data = _HELD
    dials.move(*move)
    stanch.anew = dials.WEIGHTS[move[0]][0] == "index.vocabulary"
    return (*move, measured(stanch, data)[1])


def shown(figures: Figures) -> str:
    first, alerted, pairs, checks = figures
    return f"{first:15.4f}{alerted:15.4f}{pairs:15.4f}{checks:15}"


def spread(plain: Figures, lines: Sequence[Line]) -> None:
    """The least and the most of each measure, and how many moves change it, for better or worse."""
    print()
    for place, name in enumerate(MEASURES):
        values = [figures[place] for _, _, figures in lines]
        better = sum(value > plain[place] + 1e-9 for value in values)
        worse = sum(value < plain[place] - 1e-9 for value in values)
        low, high = min(values), max(values)
        print(f"{name:<14} {plain[place]:.4g}: from {low:.4g} to {high:.4g} over {len(values)} "
              f"moves; {better} better, {worse} worse")  # fmt: skip


def peers(work: Path, data: Screening) -> Iterator[Answers]:
    """What logic-v2 answered before, if it was asked for all of these names."""
    asked = {query.row.id for query in data.queries} | {one.row.id for one in data.innocents}
    for file in sorted(work.glob("screening-logic-v2-*.json")):
        answers = Answers(**json.loads(file.read_text("utf-8")))
        if asked == answers.hits.keys():
            yield answers


def chance(answers: Answers, data: Screening) -> None:
    """Queries are drawn within their group, since the groups' sizes were chosen, not met."""
    draw = np.random.default_rng(SEED)
    persons = [i for i in data.innocents if not i.homonym and i.row.schema == "Person"]
    tops = np.array([top(answers.hits.get(each.row.id, ())) for each in persons])
    groups = []
    for found in _grouped(data):
        bests = [best(query, answers.hits.get(query.row.id, ())) for query in found]
        groups.append(np.array(bests))
    firsts, recalls = np.empty(DRAWS), np.empty(DRAWS)
    for at in range(DRAWS):
        others = -np.sort(-draw.choice(tops, len(tops)))
        least = others[int(len(others) * SHARE)] + 1e-9
        drawn = [group[draw.integers(len(group), size=len(group))] for group in groups]
        firsts[at] = np.mean([(group[:, 0] == 1).mean() for group in drawn])
        recalls[at] = np.mean([(group[:, 1] >= least).mean() for group in drawn])
    for name, values in (("macro R@1", firsts), ("macro recall at 1 %", recalls)):
        low, high = np.percentile(values, RANGE)
        print(f"{answers.name:<10} {name:<20} {low:.3f} to {high:.3f}")


def _grouped(data: Screening) -> list[list]:
    parts = ([q for q in data.queries if belongs(q.set)] for belongs in GROUPS.values())
    return [part for part in parts if part]


if __name__ == "__main__":
    main()
