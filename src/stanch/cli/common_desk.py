"""`stanch common`, what follows a match: report it to a desk, and share more or not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.common.place import Place
from stanch.app.common.report import names_of
from stanch.app.common.report import report as use_case
from stanch.app.signing.documents import signed_text
from stanch.cli.at_desk import at_desk
from stanch.cli.common_options import KeyOption, OutOption, signing
from stanch.cli.home_option import HomeOption
from stanch.cli.output import cell, listed, rows_part, tell
from stanch.cli.passphrase import DescriptorOption, FileOption
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named

ThreatArgument = Annotated[str, typer.Argument(metavar="THREAT", help="Its id at the desk.")]

_LISTED: Final = ("id", "indicator", "held_by", "answer", "run")


def report(  # noqa: PLR0913 - one parameter for each option
    result: Annotated[
        Path, typer.Argument(metavar="RESULT", help="What `finish` or `confirm` wrote, or a part.")
    ],
    *,
    key: KeyOption,
    out: OutOption,
    run: Annotated[str | None, typer.Option(help="Of which run, where several fit.")] = None,
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign for a desk that you hold what a run told, without telling what that is.

    `stanch common send` hands it in. Who else took part and reports the same then sees that you
    do, and you see them; nobody else.

    Example: stanch common report common.csv --key kim.pem --out report.jws
    """
    sign = signing(key, out, (passphrase_file, passphrase_fd))
    done = use_case(Place.open(home), result, run, sign)
    lines = [f"{done.out}: {done.count:,} of {done.run}, with {', '.join(done.members)}"]
    tell({"file": str(done.out), "run": done.run, "count": done.count}, as_json, lines)


@at_desk
def send(
    desk: Line,
    file: Annotated[Path, typer.Argument(metavar="REPORT", help="What `report` wrote.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Hand a report in at a desk; twice the same is once."""
    found = desk.post("/v1/common", {"report": signed_text(file)})
    tell(found, as_json, [f"{len(found['items']):,} handed in; stanch common threats lists them"])


@at_desk
def threats(
    desk: Line,
    *,
    run: Annotated[str | None, typer.Option(help="Of this run alone.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what you reported, who else holds it, and what you answered.

    With your home each indicator is named: the desk does not know them.
    """
    found = _named(desk.rows("/v1/common", given(run=run)), home)
    if not as_json:
        found = [{**each, **_words(each)} for each in found]
    listed(found, _LISTED, as_json)


@at_desk
def threat(
    desk: Line, id: ThreatArgument, *, home: HomeOption = None, as_json: JsonOption = False
) -> None:
    """Show a common threat: who holds it, what each answered, and what was opened."""
    (found,) = _named([desk.get(f"/v1/common/{named(id)}")], home)
    tell(found, as_json, _lines(found))


@at_desk
def share(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: ThreatArgument,
    *,
    answer: Annotated[str, typer.Option("--answer", help="yes, no or later.")],
    offer: Annotated[
        list[str] | None,
        typer.Option(metavar="ROW", help="With yes: a case or an item of yours; once for each."),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(metavar="MEMBER", help="To this holder alone; without: to all of them."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer whether you share more with the others who hold a threat.

    What you offer is seen by nobody until they say yes too; then each sees what the other offered.

    Example: stanch common share thr-0123456789abcdef --answer yes --offer case-0123456789abcdef
    """
    body = {"answer": answer, "offers": offer or [], "to": to or []}
    (found,) = _named([desk.post(f"/v1/common/{named(id)}/answers", body)], home)
    tell(found, as_json, _lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{cell(found['id'])}: {cell(found.get('indicator', found['tag']))}"
    holders = [{**each, "answer": each["answer"] or "not answered"} for each in found["holders"]]
    yield from rows_part("held by", holders, ("member", "since", "answer"))
    yield from rows_part("opened", found["opened"], ("row", "of", "to", "problem"))


def _words(each: dict[str, Any]) -> dict[str, str]:
    asked = "asked" if each["state"] == "common" else "nobody else yet"
    return {
        "indicator": each.get("indicator", each["tag"]),
        "held_by": ", ".join(one["member"] for one in each["holders"]),
        "answer": each["answer"] or asked,
    }


def _named(found: Any, home: Path | None) -> list[dict[str, Any]]:
    """Rows with what each tag stands for beside it, as far as the home knows."""
    rows = list(found)
    names = {} if home is None else names_of(Place.open(home), [each["tag"] for each in rows])
    return [
        {**each, "indicator": names[each["tag"]]} if each["tag"] in names else each for each in rows
    ]
