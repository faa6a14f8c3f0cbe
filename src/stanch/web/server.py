"""The server: the app with all that stands around it, and uvicorn to run it."""

import gc
import ipaddress
from functools import cache
from typing import Any, Final

import uvicorn
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute

from stanch import __version__
from stanch.app.desk import feed
from stanch.app.desk.ahead import Ahead
from stanch.app.desk.desk import Desk
from stanch.app.desk.screening import Desk as Screening
from stanch.app.desk.watching import Watching
from stanch.app.registry.shelf import Shelf
from stanch.errors import UsageError
from stanch.web import problems
from stanch.web.caller import House
from stanch.web.config import Config
from stanch.web.frame import Frame
from stanch.web.known import finder
from stanch.web.limits import Limits
from stanch.web.lists import PREFIX, only_known
from stanch.web.oidc import OpenId
from stanch.web.pages import ROUTER as PAGES
from stanch.web.pages.errors import Faces
from stanch.web.pulse import Pulse
from stanch.web.routers import ROUTERS
from stanch.web.screen import PATH as SCREEN
from stanch.web.screen import ScreenAddresses, keep_up
from stanch.web.slow import protocol
from stanch.web.taxii.server import Taxii

_PROBLEMS: Final = {
    status: {
        "description": words,
        "content": {
            problems.MEDIA: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                    },
                }
            }
        },
    }
    for status, words in (
        (400, "Malformed"),
        (401, "Nobody known"),
        (403, "Not allowed"),
        (404, "Not found"),
        (409, "Refused by a rule"),
        (413, "Too large"),
        (422, "Asked wrongly, or a signature does not hold"),
        (429, "Asked too often"),
    )
}


def create(desk: Desk, config: Config | None = None, watching: Watching | None = None) -> FastAPI:
    """The app over an open desk; with what is `watching`, it screens addresses too."""
    config = config or Config()
    app = FastAPI(
        title="Stanch desk",
        version=__version__,
        summary="Cases, evidence, block orders, and the exchanges' side.",
        docs_url=None,  # they load scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
    )
    openid = OpenId(config.provider, config.origin) if config.provider else None
    app.state.house = House(
        desk, config, Pulse(lambda: feed.stand(desk)), openid, watching, Shelf(config.registry)
    )
    problems.install(app)
    app.router.routes.extend(_routes())
    _say_how_to_come_in(app, config)
    app.add_middleware(Limits.around, config=config)
    app.add_middleware(Faces)
    find = finder(desk, config)
    app.add_middleware(Taxii, desk=desk, config=config, find=find)
    if watching is not None:
        app.add_middleware(
            ScreenAddresses, screening=Screening(watching), find=find,
            body_seconds=config.body_seconds,
        )  # fmt: skip
    app.add_middleware(Frame, config=config, counted=frozenset({SCREEN}))
    return app


def work_out(app: FastAPI) -> None:
    """Have the framework work out what each route takes, once in a process: else it does so while
    the first who asks waits, for 0.2 s.
    """
    for route in app.router.routes:
        route.matches({"type": "http", "method": "GET", "path": "//", "root_path": ""})


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """All routes, which no desk differs in: what each takes is worked out once in a process."""
    whole = APIRouter(
        prefix=PREFIX,
        responses=_PROBLEMS,  # type: ignore[arg-type]
        dependencies=[Depends(only_known)],
    )
    for router in ROUTERS:
        whole.include_router(router)
    both = APIRouter()
    both.include_router(whole)
    both.include_router(PAGES)
    return tuple(both.routes)


def _say_how_to_come_in(app: FastAPI, config: Config) -> None:
    """In the OpenAPI document: with a key, or with a session and its own token."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        document["components"]["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer", "description": "An API key, stk_..."},
            "session": {"type": "apiKey", "in": "cookie", "name": config.cookie},
            "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
        }
        document["security"] = [{"key": []}, {"session": [], "csrf": []}]
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def serve(
    desk: Desk, host: str = "127.0.0.1", port: int = 8000, config: Config | None = None
) -> None:
    """Serve until stopped. Raises UsageError for an address that is not this machine's own unless
    the configuration says `public`.
    """
    config = config or Config(origin=f"http://127.0.0.1:{port}")
    watching = Watching(desk.database, config.lists)
    app = create(desk, config, watching)
    ahead = Ahead(app.state.house.shelf, config.lists)
    ahead.begin()  # a registry with a fault is told now, and nobody waits for it later
    work_out(app)
    server = settings(app, host, port, config)
    stops = keep_up(watching), ahead.keep_up()
    gc.collect()
    gc.freeze()  # what is loaded stays: to walk through it again would hold a request up
    try:
        server.run()
    finally:
        for stop in stops:
            stop.set()


def settings(app: FastAPI, host: str, port: int, config: Config) -> uvicorn.Server:
    """The server that would run. Raises as `serve`."""
    if not config.public and not _own(host):
        raise UsageError(f"{host}: reached from elsewhere; a desk that is to be says so: --public")
    behind = config.proxies or config.certificate
    if config.tls and not behind:
        # All who come would come from the proxy: whoever fails ten times locks everybody out.
        raise UsageError(
            "an https origin needs --tls-cert and --tls-key, or a proxy: say with --proxy from "
            "which address it asks"
        )
    if not _own(host) and not behind:
        raise UsageError(
            f"{host}: whoever listens on the way would read keys; beyond this machine a desk needs "
            "--tls-cert and --tls-key, or a proxy that speaks TLS, named by --proxy"
        )
    context = config.certificate.context() if config.certificate else None
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            access_log=False,
            log_level="warning",
            proxy_headers=False,  # whose word counts is settled in web.caller
            server_header=False,
            limit_concurrency=500,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=5,  # streams would not end by themselves
            http=protocol(config.header_seconds, config.answer_seconds),
            ssl_context_factory=(lambda *_: context) if context else None,
        )
    )


def _own(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
