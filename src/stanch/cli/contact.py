"""`stanch contact`: who answers at each member, how, at what hours, and how fast so far."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from stanch.app.read_file import table_in
from stanch.cli.at_desk import at_desk
from stanch.cli.group import group
from stanch.cli.output import fields, listed, made, tell
from stanch.cli.server_options import JsonOption, given
from stanch.client.line import Line, named
from stanch.errors import UsageError

app = group("contact")

ContactArgument = Annotated[str, typer.Argument(metavar="CONTACT", help="The contact's id.")]
NameOption = Annotated[str | None, typer.Option(help="Who answers: a person or a desk.")]
RoleOption = Annotated[str | None, typer.Option(help="As what: compliance.")]
ChannelOption = Annotated[str | None, typer.Option(help="How: a telephone number, an address.")]
HoursOption = Annotated[str | None, typer.Option(help="When, with a time zone: 09-18 Asia/Seoul.")]
LanguagesOption = Annotated[str | None, typer.Option(help="In which languages: ko en.")]
RequirementsOption = Annotated[str | None, typer.Option(help="What the law asks for first.")]
JurisdictionOption = Annotated[
    list[str] | None, typer.Option(help="Where they act: KR, in ISO 3166; once for each.")
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="TOML or JSON file with these fields; an option replaces its own."),
]
_FIELDS: Final = (
    "member", "name", "role", "channel", "hours", "languages", "requirements", "jurisdictions",
)  # fmt: skip
_NEEDED: Final = ("name", "role", "channel", "hours", "languages")


@app.command(name="list")
@at_desk
def list_(
    desk: Line,
    *,
    member: Annotated[str | None, typer.Option(help="Only those of this member.")] = None,
    role: Annotated[str | None, typer.Option(help="Only who answers as exactly this.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the contacts of all members."""
    query = given(member=member, role=role)
    found = desk.rows("/v1/contacts", query)
    listed(found, ("id", "member", "role", "hours", "languages", "channel", "name"), as_json)


@app.command(name="show")
@at_desk
def show_(
    desk: Line,
    id: ContactArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Show a contact, a field a line. `times` is how fast its member was with what you may see."""
    found = desk.get(f"/v1/contacts/{named(id)}")
    tell(found, as_json, fields(found))


@app.command()
@at_desk
def add(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    *,
    member: Annotated[str | None, typer.Option(help="Of which member, without: yours.")] = None,
    name: NameOption = None,
    role: RoleOption = None,
    channel: ChannelOption = None,
    hours: HoursOption = None,
    languages: LanguagesOption = None,
    requirements: RequirementsOption = None,
    jurisdiction: JurisdictionOption = None,
    file: FromOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a contact, and print its id. Your member's administrators do; of an exchange or another
    that is no government, a founding government's analysts too.

    Example: stanch contact add --name "Night desk" --role compliance --channel "+82 2 0000 0000"
    --hours 24/7 --languages "ko en" --jurisdiction KR
    """
    said = _said(
        file, member=member, name=name, role=role, channel=channel, hours=hours,
        languages=languages, requirements=requirements, jurisdictions=jurisdiction,
    )  # fmt: skip
    if missing := [each for each in _NEEDED if each not in said]:
        raise UsageError(f"a contact needs --{' --'.join(missing)}, or --from with them")
    if "member" not in said:
        said["member"] = desk.get("/v1/me")["member"]["id"]
    made(desk.post("/v1/contacts", said), as_json)


@app.command()
@at_desk
def change(  # noqa: PLR0913 - one parameter for each option
    desk: Line,
    id: ContactArgument,
    *,
    name: NameOption = None,
    role: RoleOption = None,
    channel: ChannelOption = None,
    hours: HoursOption = None,
    languages: LanguagesOption = None,
    requirements: RequirementsOption = None,
    jurisdiction: JurisdictionOption = None,
    file: FromOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say some of a contact's fields anew; the others stay, and so does its member.

    Example: stanch contact change con-0123456789abcdef --hours "09-18 Asia/Seoul"
    """
    said = _said(
        file, name=name, role=role, channel=channel, hours=hours, languages=languages,
        requirements=requirements, jurisdictions=jurisdiction,
    )  # fmt: skip
    if not said:
        raise UsageError("say what changes: --hours, another field, or --from")
    path = f"/v1/contacts/{named(id)}"
    now = desk.get(path)
    kept = {each: now[each] for each in _FIELDS}
    kept["jurisdictions"] = now["jurisdictions"].split()
    desk.put(path, {**kept, **said, "member": now["member"]})
    changed = [f"{id}: {', '.join(said)} changed"]
    tell(desk.get(path) if as_json else None, as_json, changed)


@app.command()
@at_desk
def remove(
    desk: Line,
    id: ContactArgument,
    *,
    as_json: JsonOption = False,
) -> None:
    """Take a contact away; the log forgets who it was.

    Example: stanch contact remove con-0123456789abcdef
    """
    desk.read("DELETE", f"/v1/contacts/{named(id)}")
    tell({"id": id, "removed": True}, as_json, [f"{id} is removed"])


def _said(file: Path | None, **options: Any) -> dict[str, Any]:
    """What a file says, and before it what options say."""
    return {**({} if file is None else table_in(file, _FIELDS)), **given(**options)}
