"""`stanch key`: private keys of people and members, which never leave their machines."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.signing.certify import MOST_DAYS, Approval, certify, change_key
from stanch.app.signing.key_files import KeyFile, PublicHalf, new_key, show_key
from stanch.cli.group import group
from stanch.cli.output import tell
from stanch.cli.passphrase import DescriptorOption, FileOption, passphrase
from stanch.cli.server_options import JsonOption
from stanch.model.desk.directory import KeyChange

app = group("key")

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The private key (PEM).")]
MemberKeyOption = Annotated[Path, typer.Option("--key", help="The member's offline key (PEM).")]


@app.command()
def new(
    file: FileArgument,
    *,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key, write it to FILE under a passphrase, and show its public half.

    Example: stanch key new approver.pem
    """
    words = passphrase(passphrase_file, passphrase_fd, twice=True)
    _print(new_key(KeyFile(file, words)), as_json)


@app.command()
def show(
    file: FileArgument,
    *,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the public half of a key."""
    _print(show_key(KeyFile(file, passphrase(passphrase_file, passphrase_fd))), as_json)


@app.command(name="certify")
def certify_(  # noqa: PLR0913 - one parameter for each option
    public: Annotated[str, typer.Argument(metavar="PUBLIC", help="The person's public key.")],
    *,
    member_key: MemberKeyOption,
    desk: Annotated[str, typer.Option(help="The desk's id.")],
    member: Annotated[str, typer.Option(help="The member's id.")],
    person: Annotated[str, typer.Option(help="The person's id.")],
    role: Annotated[list[str] | None, typer.Option(help="Once for each; approver without.")] = None,
    since: Annotated[str, typer.Option("--from", help="2026-11-26T19:03:00Z; without: now.")] = "",
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="For so many days.")] = 365,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say with a member's offline key that PUBLIC is a person's, and print the certificate.

    Example: stanch key certify 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo --key member.pem
    --desk desk_1 --member member_1 --person person_1
    """
    wanted = Approval(desk, member, person, public, tuple(role or ["approver"]), since, days)
    text = certify(KeyFile(member_key, passphrase(passphrase_file, passphrase_fd)), wanted)
    tell({"certificate": text}, as_json, [text])


@app.command()
def change(  # noqa: PLR0913 - one parameter for each option
    *,
    old: Annotated[str, typer.Option(help="The member's public key so far.")],
    new: Annotated[str, typer.Option(help="The one from now on.")],
    signer: Annotated[
        Path, typer.Option("--key", help="The old key, or another member's offline key (PEM).")
    ],
    desk: Annotated[str, typer.Option(help="The desk's id.")],
    directory: Annotated[str, typer.Option(help="Hash of the version that it changes.")],
    member: Annotated[str, typer.Option(help="The member's id.")],
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a member's key is another now, and print it for the next directory."""
    words = passphrase(passphrase_file, passphrase_fd)
    text = change_key(KeyFile(signer, words), KeyChange(desk, directory, member, old, new))
    tell({"key_change": text}, as_json, [text])


def _print(half: PublicHalf, as_json: bool) -> None:
    lines = [f"kid     {half.kid}", f"public  {half.public}"]
    tell({"kid": half.kid, "public": half.public}, as_json, lines)
