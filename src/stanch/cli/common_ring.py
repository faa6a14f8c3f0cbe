"""The verbs of `stanch common` for rings: what at least k of several members hold."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.common import counts, rings
from stanch.app.common.place import Place
from stanch.cli.common_options import (
    FileArgument,
    KeyOption,
    OutOption,
    counting,
    sent_data,
    sent_line,
    signing,
)
from stanch.cli.home_option import HomeOption
from stanch.cli.output import tell
from stanch.cli.passphrase import DescriptorOption, FileOption
from stanch.cli.server_options import JsonOption


def plan(  # noqa: PLR0913 - one parameter for each option
    members: Annotated[
        list[str], typer.Argument(metavar="MEMBER", help="Who takes part, in the file's order.")
    ],
    *,
    k: Annotated[int, typer.Option("--k", help="Tell what at least so many of them hold.")],
    key: KeyOption,
    out: OutOption,
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Plan a ring of three or more members. This home counts in the end; it may be in the ring.

    Example: stanch common plan mem-fiu mem-upbeat mem-japan --k 2 --key kim.pem --out plan.bin
    """
    there = Place.open(home)
    sent = rings.plan(there, members, k, signing(key, out, (passphrase_file, passphrase_fd)))
    tell(sent_data(sent) | {"to": members[0]}, as_json, [f"{sent_line(sent)}, to {members[0]}"])


def hand_on(  # noqa: PLR0913 - one parameter for each option
    file: FileArgument,
    *,
    key: KeyOption,
    out: OutOption,
    name: Annotated[
        str | None, typer.Option("--set", help="What to put in; in the first lap alone.")
    ] = None,
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Do your step of a ring: once with your set, and once more in the second lap.

    Example: stanch common pass plan.bin --set wallets --key kim.pem --out step-1.bin
    """
    there = Place.open(home)
    sign = signing(key, out, (passphrase_file, passphrase_fd))
    with counting() as progress:
        done = rings.hand_on(there, file, name, sign, progress)
    lines = [
        f"step {done.step} of {done.of}, for {done.to}",
        f"received {done.received:,} bytes",
        sent_line(done.sent),
    ]
    data = {"step": done.step, "of": done.of, "to": done.to, "received": done.received}
    tell(data | sent_data(done.sent), as_json, lines)


def count(  # noqa: PLR0913 - one parameter for each option
    file: FileArgument,
    *,
    key: KeyOption,
    out: Annotated[Path, typer.Option(help="New folder, for a file to each member.")],
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count, as who planned the ring, once the file has been all around.

    Example: stanch common count step-5.bin --key kim.pem --out counts
    """
    there = Place.open(home)
    done = counts.count(there, file, signing(key, out, (passphrase_file, passphrase_fd)))
    lines = [f"{done.often:,} indicators are held by so many", f"received {done.received:,} bytes"]
    lines += [f"{sent_line(each)}, to {done.to[member]}" for member, each in done.files.items()]
    files = [
        {"of": member, "to": done.to[member], **sent_data(each)}
        for member, each in done.files.items()
    ]
    data = {"out": str(out), "often": done.often, "received": done.received, "files": files}
    tell(data, as_json, lines)


def unmix(  # noqa: PLR0913 - one parameter for each option
    file: FileArgument,
    *,
    key: KeyOption,
    out: OutOption,
    home: HomeOption = None,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put what was counted of the set of who counts back in order, as the member before it.

    Example: stanch common unmix counts/mem-fiu.bin --key sato.pem --out unmixed.bin
    """
    there = Place.open(home)
    sign = signing(key, out, (passphrase_file, passphrase_fd))
    received, sent = counts.unmix(there, file, sign)
    data = {"received": received, **sent_data(sent)}
    tell(data, as_json, [f"received {received:,} bytes", sent_line(sent)])
