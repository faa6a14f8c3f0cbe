"""Tiny FollowTheMoney lists, and the verbs that read them."""

import json

from typer.testing import CliRunner

from stanch.cli import app


def entity(id, *names, schema="Person", **properties):
    said = {"name": list(names or [f"Name {id}"]), **properties}
    return {"id": id, "schema": schema, "properties": said}


def put(file, *entities):
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in entities))
    return file


def lists(*arguments):
    return CliRunner().invoke(app, ["lists", *map(str, arguments)])
