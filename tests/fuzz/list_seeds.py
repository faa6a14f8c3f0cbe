"""One small whole file or more of each kind of list, from which fuzzers start.

A new parser adds its kind here; `NAMES` is for kinds that look at the name of a file.
"""

import csv
import io
import json
from typing import Final

import openpyxl

_SDN = (
    '1,"KIM, Chol Su","individual","DPRK3] [CYBER2","Captain",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 10 Jan 1987; alt. DOB circa 1986; POB Haeju; nationality Korea, North; Passport 5632 '
    "(Korea, North) issued 01 Jan 2010 expires 03 Jun 2018; Digital Currency Address - XBT 1Kuf; "
    "a.k.a. 'KHALEESI'; Tax ID No. 77 (Jalisco) (Mexico); (Linked To: LAZARUS GROUP).\"\n\x1a"
)
_OFAC_XML = (
    "<sdnList><sdnEntry><uid>1</uid><firstName>Chol</firstName><lastName>KIM</lastName>"
    "<sdnType>Individual</sdnType><akaList><aka><type>a.k.a.</type><category>weak</category>"
    "<lastName>CHOLLI</lastName></aka></akaList><idList><id><idType>Passport</idType>"
    "<idNumber>5632 (Cuba)</idNumber></id></idList><dateOfBirthList><dateOfBirthItem>"
    "<dateOfBirth>1984</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>"
)
_ADVANCED = (
    '<Sanctions><ReferenceValueSets><AliasTypeValues><AliasType ID="1">Name</AliasType>'
    '</AliasTypeValues></ReferenceValueSets><IDRegDocuments><IDRegDocument ID="2" IdentityID="3">'
    "<IDRegistrationNo>5632</IDRegistrationNo></IDRegDocument></IDRegDocuments><DistinctParties>"
    '<DistinctParty FixedRef="4"><Profile ID="5"><Identity ID="3"><Alias AliasTypeID="1">'
    "<DocumentedName><DocumentedNamePart><NamePartValue>KIM</NamePartValue></DocumentedNamePart>"
    '</DocumentedName></Alias></Identity><Feature FeatureTypeID="8"><FeatureVersion><DatePeriod>'
    "<Start><From><Year>1984</Year></From></Start></DatePeriod></FeatureVersion></Feature>"
    '</Profile></DistinctParty></DistinctParties><SanctionsEntries><SanctionsEntry ProfileID="5">'
    "<EntryEvent><Date><Year>2018</Year></Date></EntryEvent></SanctionsEntry></SanctionsEntries>"
    "</Sanctions>"
)
_UN = (
    "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>KIM</FIRST_NAME><REFERENCE_NUMBER>"
    "KPi.1</REFERENCE_NUMBER><COMMENTS1>IMO number: 5342883, a@b.kp</COMMENTS1><NATIONALITY>"
    "<VALUE>a) Algeria b) Cuba</VALUE></NATIONALITY><INDIVIDUAL_DATE_OF_BIRTH><FROM_YEAR>1983"
    "</FROM_YEAR><TO_YEAR>1985</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT>"
    "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>38</NUMBER></INDIVIDUAL_DOCUMENT>"
    "</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
)
_CSL = (
    "_id,source,type,programs,name,alt_names,ids,dates_of_birth\n"
    '7,SDN,Individual,DPRK3,"KIM, Chol","CHOLLI; RI","KP, 2010-01-02, 5632, Passport; Male, '
    'Gender",1984\n'
)
_FTM = (
    {"id": "a", "schema": "Person", "properties": {"name": ["Kim"], "birthDate": ["1984"]}},
    {"id": "b", "schema": "Sanction", "properties": {"entity": ["a"], "program": ["DPRK"]}},
    {"id": "c", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["d"]}},
    {"id": "w", "schema": "CryptoWallet", "properties": {"publicKey": ["1K"], "holder": ["a"]}},
)

_FSF = (
    '<export><sanctionEntity euReferenceNumber="EU.1.2" designationDate="2009-07-16">'
    '<regulation programme="PRK" numberTitle="2017/1509"/><subjectType code="person"/>'
    '<nameAlias wholeName="Yun Ho-jin" firstName="Ho-jin" strong="true"/><birthdate year="1944" '
    'monthOfYear="10" circa="true"/><birthdate yearRangeFrom="1940" yearRangeTo="1950"/>'
    '<address city="Pyongyang" countryIso2Code="KP"><contactInfo key="EMAIL" value="a@b.kp"/>'
    '</address><identification number="P 1" identificationTypeCode="passport"/></sanctionEntity>'
    "</export>"
)
_JOURNAL = (
    "celex,recordId,programKey,annex,measure,startDate,schema,name,alias,birthDate,idNumber,email\n"
    '32017R1509,1,EU-PRK,XIII.A,Asset freeze,16.7.2009,Person,"Yun (a.k.a. Yoon) Ho-jin",'
    '"윤호진; ""A; B""","(a) 13.10.1944, (b) circa 1945",No 12 (DPRK),a@b.kp\n'
)
_CONLIST = (
    "Last Updated,03/06/2025\nName 6,Name 1,Name Non-Latin Script,DOB,Nationality,Passport Number,"
    "Other Information,Group Type,Alias Type,Alias Quality,Listed On,Group ID\n"
    "PAK,Jin,박진,00/00/1984,(1) North Korea (2) China,P1,(Phone number):(1) +1 (2) +2,Individual,"
    "AKA,Low,31/07/2020,13910\n"
)
_UK = (
    "<Designations><Designation><UniqueID>DPR1</UniqueID><Names><Name><Name6>RI</Name6><NameType>"
    "Primary Name</NameType></Name></Names><IndividualDetails><Individual><DOBs><DOB>dd/mm/1938"
    "</DOB></DOBs></Individual></IndividualDetails></Designation></Designations>"
)
_UK_TABLE = (
    "Report Date: 13-Feb-2026\nUnique ID,Name 6,Name 1,Name type,D.O.B,Sanctions Imposed\n"
    "DPR1,RI,Je,Primary Name,dd/mm/1938,Asset freeze|Travel Ban\n"
)
_DFAT = (
    "Reference,Name of Individual or Entity,Type,Name Type,Date of Birth,Citizenship,Control Date\n"
    "1,A Khund,Individual,Primary Name,a) 1945 b) circa 1958,Afghan,36916\n1a,Hassan,Individual,"
    "aka,,,\n"
)
_MOF = (
    "告示日付,告示番号,日本語表記,英語表記,別名,生年月日,旅券番号\n2009.7.16,332,ユン,Yun Ho-jin,"
    "(a)Yun Ho-chin (b)尹浩鎮,1963年から1968年の間,不明\n"
)
_KR = (
    "개인 (1명),,,\n연번,성명,생년월일,지갑주소\n1,박진혁 (Park Jin Hyok),1984년 8월 15일경,"
    "0x098B716B8Aaf21512996dC57EB0615e2383E2f96\n"
)
_SEMA = (
    "<data-set><record><Country>Belarus / Bélarus</Country><LastName>B</LastName><GivenName>S"
    "</GivenName><Aliases>S BO, Russian: С БО; X / Y</Aliases><DateOfBirthOrShipBuildDate>1965-07"
    "</DateOfBirthOrShipBuildDate><Item>12</Item></record></data-set>"
)


def _workbook(text: str) -> bytes:
    """The same table as a sheet."""
    book = openpyxl.Workbook()
    for row in csv.reader(text.splitlines()):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SEEDS: Final[dict[str, list[bytes]]] = {
    "au-dfat": [_DFAT.encode(), _workbook(_DFAT)],
    "ca-sema": [_SEMA.encode()],
    "eu-fsf": [_FSF.encode()],
    "eu-journal": [_JOURNAL.encode()],
    "jp-mof": [_MOF.encode(), _MOF.encode("cp932"), _workbook(_MOF)],
    "kr": [_KR.encode(), _KR.encode("cp949"), _workbook(_KR)],
    "uk-conlist": [_CONLIST.encode()],
    "uk-list": [_UK.encode(), _UK_TABLE.encode(), _workbook(_UK_TABLE)],
    "ofac-csv": [_SDN.encode()],
    "ofac-xml": [_OFAC_XML.encode()],
    "ofac-advanced": [_ADVANCED.encode()],
    "ofac-wallets": [b"1Kuf\n1Abc\n"],
    "un": [_UN.encode()],
    "us-csl": [_CSL.encode()],
    "ftm": [json.dumps(_FTM).encode(), "\n".join(map(json.dumps, _FTM)).encode()],
}
NAMES: Final = {"ofac-wallets": "sanctioned_addresses_XBT.txt"}
