"""Every party of a credit transfer is a subject, in old versions and new ones."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats import pacs008
from stanch.formats.subjects import RefusedSubject
from stanch.model.listed import Country, Identifier

NEW = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.10"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>M1</MsgId><NbOfTxs>1</NbOfTxs>
 <InstgAgt><FinInstnId><BICFI>KDBKKPPY</BICFI></FinInstnId></InstgAgt></GrpHdr>
<CdtTrfTxInf>
 <PmtId><EndToEndId>E2E-7</EndToEndId></PmtId>
 <ChrgsInf><Agt><FinInstnId><Nm>Charging Bank</Nm></FinInstnId></Agt></ChrgsInf>
 <UltmtDbtr><Nm>Ultimate Debtor</Nm></UltmtDbtr>
 <InitgPty><Nm>Agent for Wages</Nm></InitgPty>
 <Dbtr><Nm>KIM Chol Su</Nm><PstlAdr><Ctry>CN</Ctry></PstlAdr>
  <Id><PrvtId><DtAndPlcOfBirth><BirthDt>1984-05-12</BirthDt><CityOfBirth>Pyongyang</CityOfBirth>
   <CtryOfBirth>KP</CtryOfBirth></DtAndPlcOfBirth>
   <Othr><Id>563410081</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm></Othr></PrvtId></Id>
  <CtryOfRes>RU</CtryOfRes><CtctDtls><EmailAdr>kim@mail.example</EmailAdr></CtctDtls></Dbtr>
 <DbtrAcct><Id><Othr><Id>0x098B716B8Aaf21512996dC57EB0615e2383E2f96</Id></Othr></Id></DbtrAcct>
 <DbtrAgt><FinInstnId><BICFI>KDBKKPPYXXX</BICFI><LEI>5493001KJTIIGC8Y1R12</LEI><Nm>A Bank</Nm>
  <PstlAdr><Ctry>KP</Ctry></PstlAdr></FinInstnId><BrnchId><Nm>Sinuiju</Nm></BrnchId></DbtrAgt>
 <IntrmyAgt1><FinInstnId><Nm>Between</Nm></FinInstnId></IntrmyAgt1>
 <CdtrAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></CdtrAgt>
 <Cdtr><Nm>Trading Co</Nm><Id><OrgId><AnyBIC>TRADDEFF</AnyBIC>
  <Othr><Id>HRB 1234</Id><SchmeNm><Cd>COID</Cd></SchmeNm></Othr></OrgId></Id></Cdtr>
 <CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct>
 <RmtInf><Strd><Invcr><Nm>Invoicer</Nm></Invcr></Strd></RmtInf>
</CdtTrfTxInf>
<CdtTrfTxInf><PmtId><TxId>T2</TxId></PmtId><Dbtr><PstlAdr><Ctry>KR</Ctry></PstlAdr></Dbtr>
 <Cdtr><Nm>김철수</Nm></Cdtr></CdtTrfTxInf>
</FIToFICstmrCdtTrf></Document>"""

OLD = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.01"><pacs.008.001.01>
<GrpHdr><MsgId>M</MsgId></GrpHdr><CdtTrfTxInf>
<Dbtr><Nm>RI Il</Nm><Id><PrvtId><PsptNb>654210025</PsptNb></PrvtId></Id></Dbtr>
<DbtrAgt><FinInstnId><CmbndId><BIC>KDBKKPPY</BIC><Nm>Old Bank</Nm></CmbndId></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><BIC>DEUTDEFF</BIC></FinInstnId></CdtrAgt>
</CdtTrfTxInf></pacs.008.001.01></Document>"""


def read(text: str | bytes):
    raw = text.encode() if isinstance(text, str) else text
    found = list(pacs008.parse("m.xml", io.BytesIO(raw)))
    refused = [each for each in found if isinstance(each, RefusedSubject)]
    return {each.id: each for each in found if each not in refused}, refused


def test_all_parties_in_their_order():
    subjects, refused = read(NEW)
    assert list(subjects) == [
        "header/InstgAgt", "1/ChrgsInf/Agt", "1/UltmtDbtr", "1/InitgPty", "1/Dbtr", "1/DbtrAgt",
        "1/IntrmyAgt1", "1/CdtrAgt", "1/Cdtr", "1/RmtInf/Strd/Invcr", "2/Cdtr",
    ]  # fmt: skip
    assert refused == [RefusedSubject("m.xml", 2, "Dbtr: has neither a name nor an identifier")]
    assert subjects["1/Dbtr"].source == "m.xml, transaction 1 (E2E-7), Dbtr"
    assert subjects["2/Cdtr"].names == ("김철수",)


def test_what_is_said_of_a_debtor():
    debtor = read(NEW)[0]["1/Dbtr"]
    assert (debtor.names, debtor.schema) == (("KIM Chol Su",), "Person")
    assert debtor.births[0].first == "1984-05-12"
    assert debtor.birth_places == ("Pyongyang",)
    assert debtor.countries == (
        Country("RU", "RU", "residence"), Country("CN", "CN", "address"),
        Country("KP", "KP", "birth"),
    )  # fmt: skip
    assert debtor.identifiers == (
        Identifier("passport", "563410081"), Identifier("email", "kim@mail.example"),
        Identifier("wallet", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"),
    )  # fmt: skip


def test_what_is_said_of_organisations():
    subjects, _ = read(NEW)
    bank, company = subjects["1/DbtrAgt"], subjects["1/Cdtr"]
    assert (bank.names, bank.schema) == (("A Bank", "Sinuiju"), "Organization")
    assert bank.identifiers == (
        Identifier("swift", "KDBKKPPYXXX"), Identifier("lei", "5493001KJTIIGC8Y1R12"),
    )  # fmt: skip
    assert company.schema == "Organization"
    assert company.identifiers == (
        Identifier("swift", "TRADDEFF"), Identifier("registration", "HRB 1234"),
        Identifier("iban", "DE89370400440532013000", "DE"),
    )  # fmt: skip


def test_the_first_version():
    subjects, refused = read(OLD)
    assert not refused
    assert subjects["1/Dbtr"].identifiers == (Identifier("passport", "654210025"),)
    assert subjects["1/DbtrAgt"].names == ("Old Bank",)
    assert subjects["1/CdtrAgt"].identifiers == (Identifier("swift", "DEUTDEFF"),)


def test_an_envelope():
    inner = NEW.partition("?>")[2]
    subjects, _ = read(f"<e:BizMsgEnvlp xmlns:e='x'><AppHdr><Fr/></AppHdr>{inner}</e:BizMsgEnvlp>")
    assert "1/Dbtr" in subjects


def test_a_message_is_told_by_its_beginning():
    assert pacs008.looks_so(NEW[:300].encode())
    assert not pacs008.looks_so(b'{"originator": {}}')


@pytest.mark.parametrize("text", [
    "", "{}", "<Document/>", "<Document><CstmrCdtTrfInitn/></Document>", NEW[:900],
    '<!DOCTYPE x [<!ENTITY a "b">]><Document>&a;</Document>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>',
    "<Document><FIToFICstmrCdtTrf><CdtTrfTxInf>" + "<a>" * 100_000,
])  # fmt: skip
def test_what_is_no_message(text):
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        read(text)


def test_a_giant_name_is_refused():
    _, refused = read(NEW.replace("KIM Chol Su", "K" * 10_000))
    assert "Dbtr: has a name longer than 1,000 characters" in [each.reason for each in refused]


@given(st.binary(max_size=40), st.integers(0, len(NEW)))
def test_damage_breaks_nothing(noise, at):
    raw = NEW.encode()
    try:
        list(pacs008.parse("m.xml", io.BytesIO(raw[:at] + noise + raw[at + len(noise) :])))
    except ValueError as error:
        assert "\n" not in str(error)  # noqa: PT017 - whatever it says, it says in one line
