"""Which parser reads which kind of list (`stanch lists import KIND FILE`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from stanch.formats.lists import ftm, ofac_csv, ofac_wallets, ofac_xml, un, us_csl
from stanch.formats.lists.listfile import ListFile, Parsed

Parser = Callable[[Sequence[ListFile]], Iterator[Parsed]]

PARSERS: Final[Mapping[str, Parser]] = {
    "ftm": ftm.parse,
    "ofac-csv": ofac_csv.parse,
    "ofac-wallets": ofac_wallets.parse,
    "ofac-xml": ofac_xml.parse,
    "un": un.parse,
    "us-csl": us_csl.parse,
}
