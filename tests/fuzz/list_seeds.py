"""One small whole file or more of each kind of list, from which fuzzers start.

A new parser adds its kind here; `NAMES` is for kinds that look at the name of a file.
"""

import json
from typing import Final

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

SEEDS: Final[dict[str, list[bytes]]] = {
    "ofac-csv": [_SDN.encode()],
    "ofac-xml": [_OFAC_XML.encode()],
    "ofac-advanced": [_ADVANCED.encode()],
    "ofac-wallets": [b"1Kuf\n1Abc\n"],
    "un": [_UN.encode()],
    "us-csl": [_CSL.encode()],
    "ftm": [json.dumps(_FTM).encode(), "\n".join(map(json.dumps, _FTM)).encode()],
}
NAMES: Final = {"ofac-wallets": "sanctioned_addresses_XBT.txt"}
