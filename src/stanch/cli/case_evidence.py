"""Evidence across borders, by `stanch case`: pack a case, hand it on, take it in."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.evidence.handing import Handing, hand_on
from stanch.app.evidence.packing import Wanted, pack
from stanch.app.evidence.taking_in import take_in
from stanch.app.evidence.verifying import Trust
from stanch.app.signing.key_files import KeyFile
from stanch.cli.at_desk import at_desk
from stanch.cli.case_items import CaseArgument
from stanch.cli.output import tell
from stanch.cli.passphrase import DescriptorOption, FileOption, passphrase
from stanch.cli.server_options import JsonOption
from stanch.client.line import Line

KeyOption = Annotated[Path, typer.Option(help="Your private key, or your member's (PEM).")]
OutOption = Annotated[Path, typer.Option(help="New file to write, for you alone.")]
NoteOption = Annotated[str, typer.Option(help="What to say with it; it is signed.")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The bundle of evidence.")]
PinsOption = Annotated[
    list[str],
    typer.Option("--pin", envvar="STANCH_PIN", help="Hash of its desk's first directory."),
]
_HELD: Final = "{0} of {1}: {2} hands, now with {3}"


@at_desk
def bundle(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: CaseArgument,
    *,
    to: Annotated[str, typer.Option(metavar="MEMBER", help="Whom it is for.")],
    key: KeyOption,
    out: OutOption,
    trace: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Folder of a trace that lies in the case."),
    ] = None,
    input: Annotated[
        list[Path] | None,
        typer.Option(help="File of labels or seeds that it was made of, to go along."),
    ] = None,
    note: NoteOption = "",
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Pack a case as evidence for a member: every file listed, signed, and stamped by the log.

    In it is what is your member's own, and of what others put in only what that member may see.

    Example: stanch case bundle case-0123456789abcdef --to mem-japan --trace out --key kim.pem
    --out evidence.zip
    """
    signing = KeyFile(key, passphrase(passphrase_file, passphrase_fd))
    wanted = Wanted(id, to, signing, out, tuple(trace or ()), tuple(input or ()), note)
    done = pack(desk, wanted)
    lines = [f"{out}: {done.files:,} files, {done.digest}"]
    if done.left_out:
        lines.append(f"{done.left_out:,} left out: in red, or of others and not for {to} to see")
    data = {"out": str(out), "digest": done.digest, "files": done.files, "left_out": done.left_out}
    tell(data, as_json, lines)


@at_desk
def hand(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    file: FileArgument,
    *,
    to: Annotated[str, typer.Option(metavar="MEMBER", help="Who gets it.")],
    key: KeyOption,
    out: OutOption,
    pin: PinsOption,
    note: NoteOption = "",
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Hand a bundle that your member has to another one: an entry of custody is added and stamped.

    Example: stanch case hand evidence.zip --to mem-us --key sato.pem --pin sha256:...
    --out next.zip
    """
    signing = KeyFile(key, passphrase(passphrase_file, passphrase_fd))
    proved = hand_on(desk, Handing(file, Trust(tuple(pin)), signing, out, note), to)
    said, held = proved.evidence, proved.held
    line = _HELD.format(said.case, said.desk, held.n, held.member)
    tell({"out": str(out), "custody": held.n, "with": held.member}, as_json, [f"{out}: {line}"])


@at_desk
def take(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    file: FileArgument,
    *,
    key: KeyOption,
    out: OutOption,
    pin: PinsOption,
    case: Annotated[
        str | None, typer.Option(help="Into this case; without: into a new one.")
    ] = None,
    note: NoteOption = "",
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a bundle that was handed to your member into a case here, once all of it holds.

    Your word that it came is an entry of custody; the bundle with it is written to --out, and kept
    in the case.

    Example: stanch case import evidence.zip --key sato.pem --pin sha256:... --out received.zip
    """
    signing = KeyFile(key, passphrase(passphrase_file, passphrase_fd))
    done = take_in(desk, Handing(file, Trust(tuple(pin)), signing, out, note), case)
    held = done.proved.held
    data: dict[str, Any] = {"id": done.case, "items": done.items, "custody": held.n,
                            "out": str(out)}  # fmt: skip
    tell(data, as_json, [done.case])
