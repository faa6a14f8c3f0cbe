"""Tiny lists in a home."""

import os

from stanch.model.listed import PERSON, PRIMARY, Entry, ListedName
from stanch.store.digest import digest
from stanch.store.list_draft import ListDraft
from stanch.store.list_writing import About, write_version


def entry(id, name="KIM Chol Su", **more):
    return Entry(id, PERSON, (ListedName(name, PRIMARY),), **more)


def put(home, name, *parsed, text="original", changed=None):
    """Write a version of `name` that holds what a parser might have yielded."""
    file = home.folder.parent / f"{name}.{os.getpid()}.txt"  # processes may write at once
    file.write_text(text)
    about = About(name, "ftm", "nobody", "none", (file,), (digest(file),))
    with ListDraft(file.name) as draft, home.locked():
        for each in parsed:
            draft.add(each)
        return write_version(home, about, draft, changed or {})
