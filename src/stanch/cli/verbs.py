"""The verbs of `stanch`, each loaded when it is called and not before.

A verb's module brings in the use case, and with it whatever that stands on (Numba, Arrow, DuckDB),
which takes a second. So the root command knows of each verb its module and one line for `--help`;
the tests hold the line against the verb's own help.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from stanch.cli.panels import PANELS, VERBS
from stanch.errors import UsageError

PACKAGE: Final = "stanch.cli"
# Verbs of another face, which the command line may not know: it finds them by name alone.
ELSEWHERE: Final = {"serve": "stanch.web.serve", "work": "stanch.workers.work"}
# What the libraries of a verb are called, where the desk's are not enough.
_EXTRAS: Final = {"pack": "desk,pack", "personas": "personas"}


Verb = TyperCommand | TyperGroup


class Loaded(Mapping[str, Verb]):
    """The commands by name; looking one up loads it."""

    def __getitem__(self, name: str) -> Verb:
        """The verb, loaded now. Raises UsageError where a library that it needs is missing."""
        if name not in VERBS:
            raise KeyError(name)
        return _verb(name)

    def __contains__(self, name: object) -> bool:
        """Whether there is such a verb, with nothing loaded."""
        return name in VERBS

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of --help."""
        return iter(VERBS)

    def __len__(self) -> int:
        """How many there are."""
        return len(VERBS)


@cache
def _verb(name: str) -> Verb:
    module = _module(ELSEWHERE.get(name, f"{PACKAGE}.{name.replace('-', '_')}"))
    if hasattr(module, "app"):
        return get_group(module.app)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(getattr(module, name))
    return cast(Verb, get_command(alone))


def _module(name: str) -> ModuleType:
    """A desk stands on libraries that who traces and screens does not need to have."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "stanch":
            raise
        extra = _EXTRAS.get(name.removeprefix(f"{PACKAGE}."), "desk")
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
        for panel, verbs in PANELS.items():
            if cmd_name in verbs:
                return TyperCommand(cmd_name, help=verbs[cmd_name], rich_help_panel=panel)
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The verb that is called, loaded now."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, self.commands.get(name or ""), rest
