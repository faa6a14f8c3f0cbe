"""Who looks at a page, and what they sent with a form.

A form is taken from the desk's own pages alone: the browser must say that it comes from here, and
the form must carry the session's own token. What lacks either is refused, not guessed at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from stanch.app.desk import door
from stanch.app.desk.desk import Desk
from stanch.app.desk.words import Session
from stanch.errors import ForbiddenError, StrangerError, UsageError
from stanch.model.desk.people import Caller, Role
from stanch.web.caller import house_of, same_site, token_of
from stanch.web.pages.look import page
from stanch.web.texts import fault_in_url

CSRF: Final = "csrf"
_MEDIA: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 1200  # a release list has up to 1000 names


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form; each is a list, since some are named more than once."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """A field that is there once, without spaces around it; empty where it is left out."""
        found = self.fields.get(name, ())
        if len(found) > 1:
            raise UsageError(f"{name}: is there more than once")
        return found[0].replace("\r\n", "\n").strip() if found else ""

    def lines(self, name: str) -> list[str]:
        """The lines of a field that hold something."""
        return [line.strip() for line in self.one(name).splitlines() if line.strip()]

    def all(self, name: str) -> tuple[str, ...]:
        """Each value of a field that is not empty."""
        return tuple(value for value in self.fields.get(name, ()) if value)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that somebody who is signed in looks at."""

    desk: Desk
    session: Session
    path: str

    @property
    def caller(self) -> Caller:
        """Who it is."""
        return self.session.caller

    def may(self, *roles: Role) -> bool:
        """Whether to offer something; whether it is allowed, the use case says."""
        return not self.caller.roles.isdisjoint(roles)

    def page(self, template: str, title: str, /, **said: Any) -> HTMLResponse:
        """A page with the frame around it."""
        frame = {
            "title": title, "desk": self.desk.name, "path": self.path, "caller": self.caller,
            "csrf": self.session.csrf,
        }  # fmt: skip
        return page(template, {**frame, **said})


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that somebody who is signed in sent from one of the desk's own pages."""

    visit: Visit
    form: Posted


def visit(request: Request) -> Visit:
    """Who looks. Raises StrangerError."""
    token = token_of(request)
    if not token:
        raise StrangerError("you are not signed in")
    desk = house_of(request).desk
    return Visit(desk, door.with_session(desk, token), request.url.path)


async def posted(request: Request) -> Posted:
    """What a form of this site sent. Raises ForbiddenError for another's, UsageError for none."""
    from_here(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA:
        raise UsageError("this is no form of the desk's pages")
    body = await request.body()
    if fault := fault_in_url(body):
        raise UsageError(f"the form {fault}")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise UsageError("the form cannot be read") from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return Posted(fields)


def from_here(request: Request) -> None:
    """Raise ForbiddenError unless the browser says that the desk's own page sent it."""
    same_site(request)
    own = request.headers.get("origin") == house_of(request).config.origin
    if not own and request.headers.get("sec-fetch-site") != "same-origin":
        raise ForbiddenError("this form did not come from a page of the desk")


def sent(request: Request, form: Annotated[Posted, Depends(posted)]) -> Sent:
    """A form with its session's token. Raises StrangerError, ForbiddenError."""
    by = visit(request)
    by.session.check(form.one(CSRF))
    return Sent(by, form)


def go(path: str) -> RedirectResponse:
    """To a page of the desk, after a form was taken: loading it again sends nothing again."""
    return RedirectResponse(path, 303)


Seen = Annotated[Visit, Depends(visit)]
Form = Annotated[Sent, Depends(sent)]
