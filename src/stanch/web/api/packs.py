"""The pack of a meeting, made for who asks for it and nobody else."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from stanch.app.desk import pack as packs
from stanch.app.registry import pack_write
from stanch.web.bodies import Id, gives
from stanch.web.caller import At, Who, house_of

ROUTER = APIRouter(tags=["bodies"])
_PDF, _HTML = "application/pdf", "text/html"
FONTS = "STANCH_FONTS"  # folders with fonts, for a machine that keeps them elsewhere


class Language(StrEnum):
    """Languages of a pack."""

    EN = "en"
    KO = "ko"
    JA = "ja"


AskedLanguage = Annotated[Language, Query(description="The language of the pack.")]


@ROUTER.get("/meetings/{meeting}/pack", response_class=Response, responses=gives("", media=_PDF))
def pdf(
    request: Request, desk: At, caller: Who, meeting: Id, lang: AskedLanguage = Language.EN
) -> Response:
    """The pack of a meeting as PDF: what the caller may see of it, and how much they may not."""
    pack = packs.of_meeting_in(house_of(request).shelf.kept(), desk, caller, meeting)
    fonts = tuple(Path(each) for each in os.environ.get(FONTS, "").split(os.pathsep) if each)
    return _file(pack_write.as_pdf(pack, lang, fonts), _PDF, f"{meeting}-{lang}.pdf")


@ROUTER.get(
    "/meetings/{meeting}/pack/page", response_class=Response, responses=gives("", media=_HTML)
)
def page(
    request: Request, desk: At, caller: Who, meeting: Id, lang: AskedLanguage = Language.EN
) -> Response:
    """The same as one HTML page, to be saved."""
    pack = packs.of_meeting_in(house_of(request).shelf.kept(), desk, caller, meeting)
    return _file(pack_write.as_html(pack, lang), _HTML, f"{meeting}-{lang}.html")


def _file(data: bytes, media: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(data, media_type=media, headers=headers)
