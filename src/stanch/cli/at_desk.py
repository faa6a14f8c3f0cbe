"""Verbs that speak to a desk that runs: each is given the line, and says in `--help` how to get it.

All take the same options in the same order: where the desk is, and who asks, by a key or a session.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import wraps
from inspect import Parameter
from typing import Any, Final

from stanch.cli.server_options import KeyFileOption, ServerOption
from stanch.cli.session_options import SessionOption, credentials, either, signed_in
from stanch.cli.trust_options import (
    DeskKeyOption,
    MemberOption,
    PinOption,
    StateOption,
    proved_desk,
)
from stanch.client import Desk, Pin
from stanch.client.line import Line

Verb = Callable[..., None]

_LAST: Final = "as_json"  # --json stands at the end of each help


def at_desk(verb: Verb) -> Verb:
    """Give a verb, as its first parameter, the line of a program with a key or a person signed in.

    The verb ends in UsageError where there is neither.
    """
    return _given(verb, _line)


def in_person(verb: Verb) -> Verb:
    """The same for what no key may do: the line of a person who has signed in."""
    return _given(verb, _own_line)


def believing_no_desk(verb: Verb) -> Verb:
    """Give a verb, as its first parameter, a desk whose directory was walked from the pin."""
    return _given(verb, _proved)


@contextmanager
def _line(
    server: ServerOption, api_key_file: KeyFileOption = None, session: SessionOption = None
) -> Iterator[Line]:
    with closing(either(server, api_key_file, session)) as line:
        yield line


@contextmanager
def _own_line(server: ServerOption, session: SessionOption = None) -> Iterator[Line]:
    with closing(signed_in(server, session)) as line:
        yield line


@contextmanager
def _proved(  # noqa: PLR0913 - one parameter for each option
    server: ServerOption,
    pin: PinOption,
    desk_key: DeskKeyOption,
    member: MemberOption,
    state: StateOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
) -> Iterator[Desk]:
    by = credentials(api_key_file, session)
    with proved_desk(server, by, Pin(pin, desk_key, member), state) as desk:
        yield desk


def _given(verb: Verb, opened: Callable[..., AbstractContextManager[Any]]) -> Verb:
    """A verb whose first parameter is replaced by those of `opened`, which gives it.

    Typer reads a verb's options from its signature and annotations, so these say it all.
    """
    mine = inspect.signature(opened).parameters.values()
    _, *own = inspect.signature(verb).parameters.values()
    more = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in mine]
    last = [each for each in own if each.name == _LAST]
    parameters = [*(each for each in own if each.name != _LAST), *more, *last]

    @wraps(verb)
    def called(**said: Any) -> None:
        with opened(**{each.name: said.pop(each.name) for each in mine}) as first:
            verb(first, **said)

    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in parameters}
    return called
