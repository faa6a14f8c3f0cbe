"""The words in which the face of TAXII speaks with its use cases."""

from stanch.app.taxii.collections import AskedRows
from stanch.app.taxii.offers import LARGEST
from stanch.app.taxii.reading import Answer, Asked
from stanch.formats.taxii.media import TAXII, acceptable, packs, readable
from stanch.formats.taxii.resources import api_root, discovery, error
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.words import Purpose

__all__ = [
    "LARGEST",
    "TAXII",
    "Answer",
    "Asked",
    "AskedRows",
    "NewCollection",
    "Purpose",
    "acceptable",
    "api_root",
    "discovery",
    "error",
    "packs",
    "readable",
]
