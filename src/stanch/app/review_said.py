"""What a subject or an entry says, field by field, as texts that people read and files keep."""

from dataclasses import fields

from stanch.model.hits import Subject
from stanch.model.listed import Entry
from stanch.screening.entry_changes import shown


def said(record: Subject | Entry) -> dict[str, list[str]]:
    """Each field that says something, under its name; `id` and `source` aside."""
    held = ((each.name, getattr(record, each.name)) for each in fields(record))
    return {
        name: [shown(each) for each in ((value,) if isinstance(value, str) else value)]
        for name, value in held
        if value and name not in {"id", "source"}
    }
