"""A form that was refused is shown again on its own page: why beside it, what was typed in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi.responses import Response

from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.web.pages.visit import Posted, go
from stanch.web.problems import problem

_NONE: Final = Posted({})


@dataclass(frozen=True, slots=True)
class Refused:
    """Which form of a page was refused, why, and what was typed into it; by default none was."""

    form: str = ""
    why: str = ""
    posted: Posted = _NONE

    def says(self, form: str) -> str:
        """Why this form was refused, in a sentence; empty where it was not.

        >>> Refused("move", "at: 'x' is no time").says("move")
        "At: 'x' is no time"
        """
        field, colon, rest = self.why.partition(": ")
        why = f"{field.capitalize()}: {rest}" if colon and field.isalpha() else self.why
        return why if form == self.form else ""

    def one(self, form: str, name: str, default: str = "") -> str:
        """What was typed into a field, or what stands in it before anything is."""
        return next(iter(self.all(form, name, (default,))), "")

    def all(self, form: str, name: str, default: Sequence[str] = ()) -> Sequence[str]:
        """As `one`, of a field that is named more than once."""
        return self.posted.fields.get(name, ()) if form == self.form else default

    def title(self, title: str) -> str:
        """The title of the page, which says first that something was not done."""
        return f"Not done: {title}" if self.form else title


NOTHING: Final = Refused()

Again = Callable[[Refused], Response]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was sent: its name on its page, what was typed, and the page with what is said
    of the form.
    """

    form: str
    posted: Posted
    again: Again

    def take(self, do: Callable[[], str]) -> Response:
        """Do it and go to the address that it gives; where it is refused show the page again, with
        the refusal's status.

        Raises ForbiddenError, and NotFoundError where there is no such page for who sent it.
        """
        try:
            to = do()
        except (UsageError, RefusedError, NotFoundError) as error:
            return self.refuse(error)
        return go(to)

    def refuse(self, error: UsageError | RefusedError | NotFoundError) -> Response:
        """The page again, with the status that the error has everywhere."""
        response = self.again(Refused(self.form, str(error), self.posted))
        response.status_code = problem(error)[0]
        return response
