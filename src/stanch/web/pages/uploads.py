"""Files that somebody who is signed in sent with a form, from one of the desk's own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from stanch.errors import UsageError
from stanch.web.pages.visit import CSRF, Posted, Visit, from_here, visit

_MEDIA: Final = "multipart/form-data"
_MOST: Final = 20  # files, and fields
_FIELD: Final = 64 * 1024  # bytes of a field that is no file


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A form with files, each by the name that it had where it came from."""

    visit: Visit
    form: Posted
    files: Mapping[str, bytes]


async def uploaded(request: Request, by: Annotated[Visit, Depends(visit)]) -> Uploaded:
    """What was sent. Who sends it is known before the files are read.

    Raises ForbiddenError for another page's form, UsageError for none.
    """
    from_here(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA:
        raise UsageError("this is no form of the desk's pages")
    try:
        parts = request.form(max_files=_MOST, max_fields=_MOST, max_part_size=_FIELD)
        async with parts as form:
            fields: dict[str, list[str]] = {}
            files: dict[str, bytes] = {}
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    fields.setdefault(name, []).append(value)
                elif value.filename in files:
                    raise UsageError("a file is there more than once")
                elif value.filename:
                    files[value.filename] = await value.read()
    except HTTPException as error:
        raise UsageError(f"the form cannot be read: {error.detail}") from None
    posted = Posted(fields)
    by.session.check(posted.one(CSRF))
    return Uploaded(by, posted, files)


Upload = Annotated[Uploaded, Depends(uploaded)]
