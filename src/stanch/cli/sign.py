"""`stanch sign`: an approver signs, on their own machine, what they have read."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.signing.documents import write
from stanch.app.signing.key_files import KeyFile
from stanch.app.signing.statements import Saying, draft, in_words
from stanch.cli.output import tell
from stanch.cli.passphrase import DescriptorOption, FileOption, passphrase
from stanch.cli.server_options import JsonOption
from stanch.errors import UsageError


def sign(  # noqa: PLR0913 - one parameter for each option
    order: Annotated[Path, typer.Argument(metavar="ORDER", help="The order (JSON).")],
    *,
    say: Annotated[str, typer.Option(help="propose, concur, release or refuse.")],
    key: Annotated[Path, typer.Option(help="Your private key (PEM).")],
    person: Annotated[str, typer.Option(help="Your id.")],
    member: Annotated[str, typer.Option(help="The id of your member.")],
    out: Annotated[Path, typer.Option(help="File to write the signed statement to.")],
    reason: Annotated[str, typer.Option(help="Why; with release and refuse.")] = "",
    account: Annotated[
        list[str] | None, typer.Option(help="Release this account alone; once for each.")
    ] = None,
    directory: Annotated[
        str, typer.Option(help="Hash of the newest directory, where later than the order's.")
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask; what is signed is shown.")
    ] = False,
    passphrase_file: FileOption = None,
    passphrase_fd: DescriptorOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show in plain words what you would sign about an order, ask, and sign it.

    It needs no network.

    Example: stanch sign order.json --say concur --key me.pem --person person_1
    --member member_2 --out statement.jws
    """
    if out.exists():
        raise UsageError(f"{out}: stands there already; name another --out")
    saying = Saying(say, person, member, reason, tuple(account or ()), directory)
    made = draft(order, saying)
    for line in in_words(made):
        typer.echo(line, err=as_json)
    if not yes:
        typer.confirm("Sign this?", abort=True, err=True)
    text = made.sign(KeyFile(key, passphrase(passphrase_file, passphrase_fd)))
    write(out, text.encode())
    tell({"say": say, "statement": text, "out": str(out)}, as_json, [f"written to {out}"])
