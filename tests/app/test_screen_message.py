"""All parties of a message are screened, whichever kind it is."""

import csv

import pytest

from stanch.app.screen_message import MessageRequest, screen_messages
from stanch.errors import InputError
from tests.app.screen_home import ETH, home_in
from tests.reference.plain_names import open_plain

PACS = f"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>M1</MsgId></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId>
<Dbtr><Nm>Jane Doe</Nm></Dbtr><Cdtr><Nm>Kim Chol Su</Nm></Cdtr>
<CdtrAcct><Id><Othr><Id>{ETH}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>
</FIToFICstmrCdtTrf></Document>"""
IVMS = """{"originator": {"originatorPersons": [{"naturalPerson": {"name": {"nameIdentifier": [
{"primaryIdentifier": "Ri", "secondaryIdentifier": "Yong Ho", "nameIdentifierType": "LEGL"}]}}},
{"naturalPerson": {"name": {}}}]}}"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.xml").write_text(PACS)
    (tmp_path / "b.json").write_text(IVMS)
    return home_in(tmp_path), (tmp_path / "a.xml", tmp_path / "b.json")


def test_both_kinds(files, tmp_path):
    home, messages = files
    done = screen_messages(MessageRequest(home, messages, tmp_path / "out.csv", opener=open_plain))
    assert [(party.id, [hit.entry for hit in hits]) for party, hits in done.parties] == [
        ("1/Dbtr", []), ("1/Cdtr", ["27307", "17", "KPi.001"]),
        ("originator.originatorPersons[0]", ["18"]),
    ]  # fmt: skip
    assert (done.found, [each.file for each in done.refused]) == (2, ["b.json"])
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["query_id"], row["source"]) for row in rows[2:]] == [
        ("1/Cdtr", "a.xml, transaction 1 (E1), Cdtr"),
        ("originator.originatorPersons[0]", "b.json, originator.originatorPersons[0]"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "plain words", "<a/>", "{}", "[]", "\ufeff{"])
def test_what_is_no_message(files, tmp_path, text):
    home, _ = files
    (tmp_path / "c").write_text(text)
    with pytest.raises(InputError, match=r"^c: "):
        screen_messages(MessageRequest(home, (tmp_path / "c",), opener=open_plain))
