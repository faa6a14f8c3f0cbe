"""The stylesheet and the script, from the package: two names, and no path that somebody gives."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from stanch.errors import NotFoundError

ROUTER = APIRouter()
_FOLDER: Final = Path(__file__).parent / "static"
_MEDIA: Final = {"desk.css": "text/css", "desk.js": "text/javascript"}
_FILES: Final = {name: (_FOLDER / name).read_bytes() for name in _MEDIA}


@ROUTER.get("/static/{name}")
def file(name: str) -> Response:
    """One of the files. Asked for anew each time: it is small, and a new version counts at once."""
    if name not in _FILES:
        raise NotFoundError(f"no file {name[:80]}")
    return Response(_FILES[name], media_type=_MEDIA[name], headers={"Cache-Control": "no-cache"})


@ROUTER.get("/favicon.ico")
def icon() -> Response:
    """Browsers ask for it unbidden; there is none."""
    return Response(status_code=204)
