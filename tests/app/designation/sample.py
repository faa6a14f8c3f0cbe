"""A small designation file, all of it invented, and the ways to change it."""

from stanch.app.designation.check import Request, lint

ETH = "0x578C0d8cc1396b14AEB4c7DD45885099F0949d3B"
XBT = "14ywJYEBYBRQ5hBnnG8ZwRgsCY9kLU7Wtu"
HASH = "eb9c37ef76571fa93d0dfac0d7d7e8194f6212ccd2118a63d25daa608f7dd419"
TEXT = f"""format = "stanch-designation@1"
[designation]
id = "sim-1"
title = "A simulated file"
author = "Unit of Examplia"
prepared = 2026-11-20
marking = "TLP:AMBER"
cover = "TLP:CLEAR"
simulation = true
[[person]]
id = "han"
marking = "TLP:GREEN"
names = ["HAN Sim Il", {{ text = "한심일", script = "Hang" }},
  {{ text = "Simon Secretname", kind = "weak", marking = "TLP:AMBER" }}]
births = ["1984-05-12"]
nationality = "KP"
identifiers = [{{ kind = "passport", value = "999410081", issuer = "KP" }},
  {{ kind = "email", value = "secret@mail.example", marking = "TLP:AMBER" }}]
[[organisation]]
id = "trading"
marking = "TLP:GREEN"
names = ["Simulated Trading Pte Ltd"]
identifiers = [{{ kind = "registration", value = "209912345Z", issuer = "SG" }}]
[[wallet]]
id = "w1"
chain = "eip155:1"
address = "{ETH}"
asset = "ETH"
holder = "han"
marking = "TLP:GREEN"
[[wallet]]
id = "w2"
chain = "bip122:000000000019d6689c085ae165831e93"
address = "{XBT}"
asset = "XBT"
[[source]]
id = "report"
publisher = "Bureau of Examples"
title = "How the coins were changed"
date = "2026-09"
where = "https://bureau.example/reports/7"
marking = "TLP:GREEN"
[[source]]
id = "letter"
publisher = "Exchange A"
title = "A confidential letter"
date = 2026-10-02
[[statement]]
text = "HAN Sim Il sold stolen coins."
about = ["han", "w1"]
marking = "TLP:GREEN"
evidence = [{{ incident = "ronin-2022" }}, {{ source = "report" }},
  {{ transaction = "0x{HASH}", chain = "eip155:1" }},
  {{ quotation = "Sold by Han.", source = "report", where = "page 3" }}]
[[statement]]
text = "The firm kept the books."
about = ["trading"]
marking = "TLP:GREEN"
actor = [{{ id = "trading", kind = "intrusion-set" }}]
evidence = [{{ source = "report" }}, {{ trace = "{HASH}" }}]
[[statement]]
text = "He was paid at a hidden address."
about = ["han", "w2"]
evidence = [{{ source = "letter" }}]
"""


def written(folder, *changes, more=""):
    """The file, with each (text, other text) changed once."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "sim.toml"
    file.write_text(text + more, encoding="utf-8")
    return file


def faults(folder, *changes, more=""):
    """(rule, key) of each fault."""
    done = lint(Request(written(folder, *changes, more=more)))
    return [(each.rule, each.key) for each in done.faults]
