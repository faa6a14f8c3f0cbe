"""`stanch common`: find out with other members what both know, and show nothing else."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.common import ahead, counts, match, prepared, preparing, records
from stanch.app.common import place as places
from stanch.app.common.place import Place
from stanch.cli import common_desk, common_ring
from stanch.cli.common_options import (
    FileArgument,
    KeyOption,
    OutOption,
    ResultOption,
    SetOption,
    counting,
    learned_data,
    learned_lines,
    sent_data,
    sent_line,
    signing,
)
from stanch.cli.group import group
from stanch.cli.home_option import HomeOption
from stanch.cli.output import tell
from stanch.cli.passphrase import DescriptorOption, FileOption
from stanch.cli.server_options import JsonOption
from stanch.cli.trust_options import MemberOption, PinOption
from stanch.errors import UsageError

app = group("common")

_USUAL: Final = places.Policy()
_SHOWN: Final = 20  # refused rows


@app.command()
def join(  # noqa: PLR0913 - one parameter for each option
    directory: Annotated[
        list[Path], typer.Argument(metavar="DIRECTORY", help="Its versions, the pinned one first.")
    ],
    *,
    member: MemberOption,
    pin: PinOption,
    home: HomeOption = None,
    least: Annotated[
        int, typer.Option(min=2, help="Match no set of fewer indicators.")
    ] = _USUAL.least,
    ratio: Annotated[
        int, typer.Option(min=1, help="Nor one so many times as large as the other.")
    ] = _USUAL.ratio,
    change: Annotated[
        int, typer.Option(min=2, help="Nor one that fewer indicators tell from the last run's.")
    ] = _USUAL.change,
    pause: Annotated[
        int, typer.Option(min=0, help="Days until a member may come with another key.")
    ] = _USUAL.pause,
    as_json: JsonOption = False,
) -> None:
    """Say once which member this home is, who the others are, and what is refused.

    Again for a newer directory, or to refuse other things.

    Example: stanch common join directory-1.json --member mem-fiu --pin sha256:... --home home
    """
    policy = places.Policy(least, ratio, change, pause)
    party = places.join(home, member, pin, policy, directory).party
    others = sorted(each.id for each in party.directory.members if each.id != member)
    data = {"member": member, "others": others, "policy": asdict(policy)}
    tell(data, as_json, [f"{member}, with {', '.join(others) or 'nobody else'}"])


@app.command()
def prepare(
    file: Annotated[
        Path,
        typer.Argument(metavar="INDICATORS", help="One a line, or CSV: indicator and maybe kind."),
    ],
    *,
    name: SetOption,
    ring: Annotated[
        bool, typer.Option("--ring", help="Do the next ring's part ahead, too.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring indicators to their one form and do ahead all that can be done ahead.

    Example: stanch common prepare wallets.csv --set wallets --home home
    """
    there = Place.open(home)
    with counting() as progress:
        made = preparing.prepare(there, file, name, progress)
        if ring:
            ahead.make_ahead(there, prepared.chosen(there, name), progress)
    for row in made.refused[:_SHOWN]:
        print(f"{file}, row {row.row}: {row.value[:60]!r} {row.reason}", file=sys.stderr)
    if len(made.refused) > _SHOWN:
        print(f"... and {len(made.refused) - _SHOWN:,} more", file=sys.stderr)
    lines = [
        f"{name}, version {made.held.version}: {made.held.size:,} indicators of {made.rows:,} rows",
        f"{made.twice:,} were there twice, {len(made.refused):,} are none; "
        f"{made.reused:,} were prepared before",
    ]
    data = asdict(made.held) | {
        **{"set": name, "rows": made.rows, "twice": made.twice, "reused": made.reused},
        "refused": [asdict(each) for each in made.refused],
    }
    tell(data, as_json, lines)


@app.command()
def invite(  # noqa: PLR0913 - one parameter for each option
    to: Annotated[str, typer.Argument(metavar="MEMBER", help="Whom to ask.")],
    *,
    name: SetOption,
    key: KeyOption,
    out: OutOption,
    learns: Annotated[str, typer.Option(help="Who is to learn: asker, or both.")] = "both",
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a member which of your indicators it has, too. It sees none of them.

    Example: stanch common invite mem-upbeat --set wallets --key kim.pem --out request.bin
    """
    there = Place.open(home)
    sign = signing(key, out, (passphrase_file, passphrase_fd))
    sent = match.invite(there, name, to, learns, sign)
    tell(sent_data(sent), as_json, [sent_line(sent)])


@app.command()
def answer(  # noqa: PLR0913 - one parameter for each option
    file: FileArgument,
    *,
    name: SetOption,
    key: KeyOption,
    out: OutOption,
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a request with a set of yours. Who asked learns what both have, and nothing else.

    Example: stanch common answer request.bin --set wallets --key lee.pem --out answer.bin
    """
    there = Place.open(home)
    sign = signing(key, out, (passphrase_file, passphrase_fd))
    with counting() as progress:
        got, sent = match.answer(there, file, name, sign, progress)
    who = "both learn" if got.said.learns == "both" else f"{got.said.head.sender} alone learns"
    lines = [
        f"{got.said.head.sender} asks about {got.said.held.size:,} indicators; {who}",
        f"received {got.size:,} bytes",
        sent_line(sent),
    ]
    data = {"from": got.said.head.sender, "learns": got.said.learns, "received": got.size}
    tell(data | sent_data(sent), as_json, lines)


@app.command()
def finish(  # noqa: PLR0913 - one parameter for each option
    file: FileArgument,
    *,
    out: ResultOption,
    reply: Annotated[
        Path | None, typer.Option(help="New file for the other, where both are to learn.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Your private key (PEM), with --reply.")] = None,
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn from an answer what both have, or from a count what enough members of a ring have.

    Example: stanch common finish answer.bin --out common.csv --key kim.pem --reply claim.bin
    """
    there = Place.open(home)
    if counts.is_of_ring(file):
        _told(counts.told(there, file, out), as_json)
        return
    if (reply is None) != (key is None):
        raise UsageError("--reply and --key go together")
    words = (passphrase_file, passphrase_fd)
    sign = signing(key, reply, words) if reply is not None and key is not None else None
    with counting() as progress:
        done = match.finish(there, file, out, sign, progress)
    tell(learned_data(done), as_json, learned_lines(done))


@app.command()
def confirm(
    file: FileArgument,
    *,
    out: ResultOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Learn, as who answered, what both have.

    Example: stanch common confirm claim.bin --out common.csv
    """
    done = match.confirm(Place.open(home), file, out)
    tell(learned_data(done), as_json, learned_lines(done))


@app.command()
def sets(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the sets that are prepared, and their versions."""
    found = prepared.listed(Place.open(home))
    lines = [
        f"{each['set']}  version {each['version']}  {each['size']:,} indicators  {each['made']}"
        for each in found
    ]
    tell({"sets": found}, as_json, lines or ["none yet: stanch common prepare makes one"])


@app.command()
def show(file: FileArgument, *, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Say what a file is, whose signature holds under it, and how long it is."""
    said = records.shown(Place.open(home), file)
    tell(said, as_json, [f"{key}: {value}" for key, value in said.items()])


@app.command()
def log(*, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List what was asked, answered, learned and refused, and say whether the log is whole.

    Ends with exit code 1 where it was changed.
    """
    found, faults = records.history(Place.open(home))
    lines = [records.line(each) for each in found] + faults
    tell({"records": found, "faults": faults}, as_json, lines)
    if faults:
        raise typer.Exit(1)


for _name, _verb in (
    ("plan", common_ring.plan),
    ("pass", common_ring.hand_on),
    ("count", common_ring.count),
    ("unmix", common_ring.unmix),
    ("report", common_desk.report),
    ("send", common_desk.send),
    ("threats", common_desk.threats),
    ("threat", common_desk.threat),
    ("share", common_desk.share),
):
    app.command(_name)(_verb)


def _told(done: counts.Told, as_json: bool) -> None:
    lines = [
        f"{done.count:,} of your indicators are held by {done.k} or more members: {done.out}",
        f"received {done.received:,} bytes",
    ]
    data = {"out": str(done.out), "run": done.run, "k": done.k, "count": done.count,
            "received": done.received}  # fmt: skip
    tell(data, as_json, lines)
