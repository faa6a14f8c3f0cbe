"""What bodies share: no field that is not known, no word for a number, ids that can be ids."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from stanch.app.desk.words import Shared
from stanch.model.desk.marking import Marking

ID: Final = r"^[a-z]+-[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Path(pattern=ID, max_length=64)]
AnId = Annotated[str, Field(pattern=ID, max_length=64)]
Named = Annotated[str, Field(min_length=1, max_length=200)]
Said = Annotated[str, Field(min_length=1, max_length=2000)]
TLP = Annotated[Marking, Field(strict=False)]


def example(value: Mapping[str, Any]) -> ConfigDict:
    """The example of a body, which a test sends to a live desk."""
    return ConfigDict(json_schema_extra={"examples": [dict(value)]})


class Body(BaseModel):
    """A body of JSON."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Marked(Body):
    """A body that says who may see what is made of it."""

    marking: TLP = Marking.AMBER
    release: list[AnId] = Field(default=[], max_length=1000)

    model_config = example({"marking": "TLP:GREEN", "release": []})

    def shared(self) -> Shared:
        """As use cases have it."""
        return Shared(self.marking, tuple(self.release))


def gives(value: Any, status: int = 200, media: str = "application/json") -> dict[int | str, Any]:
    """The example of an answer, whose shape a test finds again in the live one."""
    return {status: {"content": {media: {"example": value}}}}


def page_of(value: Mapping[str, Any]) -> dict[int | str, Any]:
    """The example of a list."""
    return gives({"items": [dict(value)], "next": None})
