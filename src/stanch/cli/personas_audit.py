"""`stanch personas audit`: how evenly scores fall on groups of people."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.personas import secret as secrets
from stanch.app.personas.audit import Audit, AuditRequest, Spread, audit
from stanch.cli.output import table, tell
from stanch.cli.progress import steps
from stanch.cli.server_options import JsonOption

_RIGHT: Final = ("records", "flagged", "rate", "low", "high", "ratio", "chance")


def audited(
    intake: Annotated[Path, typer.Argument(metavar="DIR", help="Intake folder.")],
    *,
    by: Annotated[
        Path | None,
        typer.Option(
            help="CSV of record_id and group.", show_default="the time zone that is claimed"
        ),
    ] = None,
    share: Annotated[
        float, typer.Option(min=0.0001, max=0.5, help="Share of records that is flagged.")
    ] = 0.01,
    key: Annotated[
        Path | None,
        typer.Option(help="Key file. [default: personas.key in $STANCH_HOME, or in ~/.stanch]"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure how evenly scores fall on groups: rates, their ratio and 95 % intervals.

    A record's score is the highest that it has towards one other. Where a hundredth of all is
    flagged, no group should be flagged a quarter more often than another.

    Example: stanch personas audit intake --by countries.csv
    """
    with steps() as step:
        found = audit(AuditRequest(intake, by, share), secrets.opened(key), step)
    tell(found.as_data(), as_json, _lines(found))


def _lines(found: Audit) -> Iterator[str]:
    yield f"{found.records:,} records, {found.grouped:,} of them in a group by {found.by}."
    yield (
        "This tells how evenly scores fall, not who is honest: operators and people who applied "
        "twice are counted with everybody."
    )
    for level, spread in found.levels.items():
        yield ""
        yield from _level(level, spread)
    yield ""
    yield "Each indicator alone:"
    yield from table(
        (_indicator(name, each) for name, each in found.alone.items()),
        ("indicator", "rate", "ratio", "low", "high", "chance", "verdict"),
        _RIGHT,
    )


def _level(level: str, spread: Spread | None) -> Iterator[str]:
    if spread is None:
        yield f"Same {level}: no record has anything in common with another."
        return
    bits = spread.point.microbits / 1_000_000
    yield f"Same {level}: {spread.share:.2%} of records are flagged, from {bits:.1f} bits on."
    rows = (
        {
            "group": each.group,
            "records": f"{each.records:,}",
            "flagged": f"{each.flagged:,.1f}",
            "rate": f"{each.rate:.3%}",
            "low": f"{each.low:.3%}",
            "high": f"{each.high:.3%}",
        }
        for each in spread.groups
    )
    yield from table(rows, ("group", "records", "flagged", "rate", "low", "high"), _RIGHT)
    yield _said(spread)


def _said(spread: Spread) -> str:
    if spread.ratio is None or spread.low is None or spread.high is None:
        return _too_few(spread)
    verdict = {
        True: "even enough, at most 1.25",
        False: "NOT even, more than 1.25",
        None: "more than 1.25, but too few records to tell it from chance",
    }[spread.even]
    return (
        f"The largest rate is {spread.ratio:.2f} times the smallest (95 % interval "
        f"{spread.low:.2f} to {spread.high:.2f}; by chance alone up to {spread.by_chance:.2f}): "
        f"{verdict}."
    )


def _too_few(spread: Spread) -> str:
    if len(spread.groups) < 2:
        return "There are fewer than two groups: nothing to compare."
    least = min(spread.groups, key=lambda each: each.records)
    return (
        f"Too few records to say anything: of {least.group}, {least.records:,} records, about "
        f"{spread.share * least.records:.1f} would be flagged, and chance alone moves that by "
        "more than is asked for here."
    )


def _indicator(name: str, spread: Spread | None) -> dict[str, str]:
    if spread is None:
        return {"indicator": name, "verdict": "nobody has it"}
    told = {"indicator": name, "rate": f"{spread.share:.3%}"}
    if spread.ratio is None or spread.low is None or spread.high is None:
        return told | {"verdict": "too few to say"}
    figures = {"ratio": spread.ratio, "low": spread.low, "high": spread.high,
               "chance": spread.by_chance}  # fmt: skip
    said = {key: f"{value:.2f}" for key, value in figures.items()}
    verdict = {True: "even", False: "not even", None: "too few to say"}[spread.even]
    return told | said | {"verdict": verdict}
