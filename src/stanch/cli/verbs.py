"""The verbs of `stanch`, each loaded when it is called and not before.

A verb's module brings in the use case, and with it whatever that stands on (Numba, Arrow, DuckDB),
which takes a second. So the root command knows of each verb its module and one line for `--help`;
the tests hold the line against the verb's own help.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Final, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from stanch.errors import UsageError

PACKAGE: Final = "stanch.cli"
# In the order of --help. A module has an `app` of several verbs, or a function of its own name.
VERBS: Final = {
    "trace": "Follow stolen money through a ledger and account for every unit.",
    "explain": "Show how stolen money came to ACCOUNT: heaviest path first, with the rule at each "
    "step.",
    "report": "Draw report.html anew from the tables in DIR; nothing is traced again.",
    "scenario": "Write SIMULATED transfers, labels, seeds and ground truth: thefts in lawful "
    "traffic.",
    "demo": "Simulate a theft, build its ledger, trace it, and write the report.",
    "story": "Play a SIMULATED theft at a real desk: reported, ordered by two, held by exchanges.",
    "ledger": "Build ledgers: folders of transfers in order.",
    "lists": "Import sanctions lists and keep every version.",
    "review": "Review hits of a screening: four eyes.",
    "screen": "Find who is on a sanctions list.",
    "incidents": "Look into the registry of incidents, and check its files.",
    "reconcile": "Take a published total apart: what agrees, what is missing, extra, disputed, and "
    "the gap.",
    "designation": "Check a proposed sanction, ask the lists elsewhere about it, and export it.",
    "stix": "Export as STIX 2.1, check bundles, and move wallets between dialects.",
    "pack": "Write the pack of a meeting, or of a period: every figure with its rows and sources.",
    "init": "Make a new desk, and print the one-time link's token of its first administrator.",
    "serve": "Serve a desk until it is stopped.",
    "work": "Let time pass over a desk's orders, send its webhooks and e-mail, and poll its "
    "partners, until it is stopped.",
    "migrate": "Bring a desk's database to this program's schema.",
    "backup": "Write a desk to one signed file, while it works. Keep desk.key apart from it.",
    "restore": "Restore a desk into a new folder, all of it or nothing.",
    "erase": "Erase a person who left, a reporter's words, or a review; the log stays whole and "
    "says so.",
    "audit": "Check a desk's log, and hand it to others.",
    "session": "Sign in at a desk as a person, by a one-time link, and out again.",
    "me": "See who you are at a desk, and choose to be told by e-mail that something waits.",
    "member": "See who is at a desk, and add members.",
    "person": "Let people of your own member in, and let them go.",
    "contact": "See who answers at each member, and say who answers at yours.",
    "api-key": "Make keys by which your programs come in at a desk, and revoke them.",
    "webhook": "Say where your member is told of orders: one proposes, another agrees.",
    "case": "Open cases at a desk, fill them, judge, and look into them.",
    "intake": "Take in reports by victims, bounty hunters and exchanges, and say what each is "
    "worth.",
    "body": "Found a body of several members at a desk, and see who sits in it.",
    "meeting": "Call meetings of a body, and keep what belongs to them.",
    "common": "Find out with other members what both know, and show nothing else.",
    "collection": "Make collections of STIX objects at a desk, and say who reads and writes them.",
    "share": "Share rows of a desk into collections, see what is shared, and take it back.",
    "partner": "Poll partners' servers and push to them, over TAXII 2.1.",
    "quarantine": "Take in or drop what came from partners and was laid aside.",
    "order": "Draft, sign, check and answer block orders.",
    "feed": "Print what a desk tells your member, a line of JSON each, from where it stopped last "
    "time.",
    "changes": "List orders that came into force or let go of accounts, each with how many it "
    "holds now.",
    "redress": "Have an order reviewed for who says they were blocked wrongly, and answer.",
    "key": "Make keys to sign with, and certify approvers' keys.",
    "directory": "Make, sign and check the directory of members and keys.",
    "sign": "Show in plain words what you would sign about ORDER, ask, and sign it. Needs no "
    "network.",
    "verify": "Check an order, or evidence, with all that was signed about it. Needs no network "
    "and no desk.",
}
# Verbs of another face, which the command line may not know: it finds them by name alone.
ELSEWHERE: Final = {"serve": "stanch.web.serve", "work": "stanch.workers.work"}


Verb = TyperCommand | TyperGroup


class Loaded(Mapping[str, Verb]):
    """The commands by name; looking one up loads it."""

    def __getitem__(self, name: str) -> Verb:
        """The verb, loaded now. Raises UsageError where a library that it needs is missing."""
        if name not in VERBS:
            raise KeyError(name)
        module = _module(ELSEWHERE.get(name, f"{PACKAGE}.{name.replace('-', '_')}"))
        if hasattr(module, "app"):
            return get_group(module.app)
        alone = typer.Typer(add_completion=False)
        alone.command(name)(getattr(module, name))
        return cast(Verb, get_command(alone))

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of --help."""
        return iter(VERBS)

    def __len__(self) -> int:
        """How many there are."""
        return len(VERBS)


def _module(name: str) -> ModuleType:
    """A desk stands on libraries that who traces and screens does not need to have."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "stanch":
            raise
        extra = "desk,pack" if name == f"{PACKAGE}.pack" else "desk"
        raise UsageError(f"needs {error.name}: pip install 'stanch[{extra}]'") from None


class Verbs(TyperGroup):
    """The root command: lists verbs by the lines above, and loads the one that is called."""

    def __init__(self, **given: Any) -> None:
        """Take what Typer gives every group."""
        super().__init__(**given)
        self.commands = cast(dict[str, Any], Loaded())

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs, in the order of --help."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """What --help shows of a verb; `resolve_command` gives the verb itself."""
        line = VERBS.get(cmd_name)
        return None if line is None else TyperCommand(cmd_name, help=line)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The verb that is called, loaded now."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, self.commands.get(name or ""), rest
