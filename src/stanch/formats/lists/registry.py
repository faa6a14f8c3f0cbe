"""Which parser reads which kind of list (`stanch lists import KIND FILE`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from stanch.formats.lists import (
    au_dfat,
    ca_sema,
    eu_fsf,
    eu_journal,
    ftm,
    jp_mof,
    kr,
    ofac_advanced,
    ofac_csv,
    ofac_wallets,
    ofac_xml,
    uk_conlist,
    uk_list,
    un,
    us_csl,
)
from stanch.formats.lists.listfile import ListFile, Parsed

Parser = Callable[[Sequence[ListFile]], Iterator[Parsed]]

PARSERS: Final[Mapping[str, Parser]] = {
    "au-dfat": au_dfat.parse,
    "ca-sema": ca_sema.parse,
    "eu-fsf": eu_fsf.parse,
    "eu-journal": eu_journal.parse,
    "ftm": ftm.parse,
    "jp-mof": jp_mof.parse,
    "kr": kr.parse,
    "ofac-advanced": ofac_advanced.parse,
    "ofac-csv": ofac_csv.parse,
    "ofac-wallets": ofac_wallets.parse,
    "ofac-xml": ofac_xml.parse,
    "uk-conlist": uk_conlist.parse,
    "uk-list": uk_list.parse,
    "un": un.parse,
    "us-csl": us_csl.parse,
}
