"""The registry's tables for other programs: a Data Package descriptor, Frictionless Standards 2.

https://datapackage.org/standard/data-package/
"""

import inspect
from typing import Any

from stanch.formats.registry import cells
from stanch.formats.registry.schema import TABLES, Column, Table

_TYPES: dict[Any, str] = {cells.whole: "integer", cells.units: "number"}


def datapackage() -> dict[str, Any]:
    """The descriptor: one resource a table."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "stanch-registry",
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    keys = [column for column in table.columns if column.refers and not _listed(column)]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.keyed:
        schema["primaryKey"] = ["id"]
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": [each.name],
                "reference": {
                    "resource": "" if each.refers == table.name else each.refers,
                    "fields": ["id"],
                },
            }
            for each in keys
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.read, "string"),
        "description": column.about,
    }
    limits: dict[str, Any] = {"required": True} if column.needed else {}
    if (words := _words(column)) is not None:
        limits["enum"] = words
    if limits:
        field["constraints"] = limits
    return field


def _words(column: Column) -> list[str] | None:
    """What a choice is between."""
    found = (
        inspect.getclosurevars(column.read).nonlocals.get("words") if not _listed(column) else None
    )
    return None if found is None else [str(word) for word in found]


def _listed(column: Column) -> bool:
    return column.rule == "listed"
