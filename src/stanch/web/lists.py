"""The one way to page, sort and filter: `limit`, `sort`, `after`, and columns by their names.

A parameter that is not known is refused: a filter with a slip in its name would otherwise list all.
"""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

from fastapi import Depends, Query, Request

from stanch.app.desk.words import LISTINGS, MOST_ROWS, Asked, Page
from stanch.errors import UsageError
from stanch.web.oidc import CALLBACK

PREFIX: Final = "/v1"  # a route may tell its path with it or without: as it was included
_TEXT: Final = 200  # characters of a filter
_CURSOR: Final = 2000  # a title of 200 characters, each of four bytes, in base64


def asked_of(name: str, sort: str = "-created") -> Any:
    """What a caller asks of the list of this name (`LISTINGS`)."""
    listing = LISTINGS[name]
    return asked(listing.sorts, listing.filters, sort)


def asked(sorts: tuple[str, ...], filters: tuple[str, ...], sort: str = "-created") -> Any:
    """A dependency that reads `Asked` from the query, and tells OpenAPI what may stand there."""

    def read(request: Request, **given: Any) -> Asked:
        refuse_unknown(request, {"limit", "sort", "after", *filters})
        chosen = {name: given[name] for name in filters if given[name] is not None}
        return Asked(given["limit"], given["sort"], given["after"], chosen)

    orders = [each for name in sorts for each in (name, f"-{name}")]
    of_sort = Query(json_schema_extra={"enum": orders})
    known = {
        "limit": (Annotated[int, Query(ge=1, le=MOST_ROWS)], 50),
        "sort": (Annotated[str, of_sort], sort),
        "after": (Annotated[str | None, Query(max_length=_CURSOR)], None),
        **{name: (Annotated[str | None, Query(max_length=_TEXT)], None) for name in filters},
    }
    _signed(read, known)
    return Depends(read)


def refuse_unknown(request: Request, known: set[str]) -> None:
    """Raise UsageError for a parameter of the query that is unknown, or there twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in known:
            there = f"there are: {', '.join(sorted(known))}" if known else "there is none here"
            raise UsageError(f"no parameter {name[:80]}; {there}")
        if names.count(name) > 1:
            raise UsageError(f"{name}: is there more than once")


def only_known(request: Request) -> None:
    """For every route: refuse what the OpenAPI document does not tell of. Raises UsageError.

    Not where a provider sends a browser back to: what it adds is its own.
    """
    if not request.query_params:
        return
    path = PREFIX + request.scope["route"].path_format.removeprefix(PREFIX)
    if path == CALLBACK:
        return
    operation = request.app.openapi()["paths"][path][request.method.lower()]
    told = operation.get("parameters", [])
    refuse_unknown(request, {each["name"] for each in told if each["in"] == "query"})


def rows(page: Page) -> dict[str, Any]:
    """A page as it is answered."""
    return {"items": list(page.rows), "next": page.next}


def _signed(read: Callable[..., Asked], known: dict[str, tuple[Any, Any]]) -> None:
    kind = Parameter.KEYWORD_ONLY
    parts = [
        Parameter(name, kind, default=value, annotation=of) for name, (of, value) in known.items()
    ]
    first = Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    read.__signature__ = Signature([first, *parts])  # type: ignore[attr-defined]
