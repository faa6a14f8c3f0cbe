"""A small registry in a folder: two thefts and a claim, each test changing what it needs."""

import csv
import io

BASE = {
    "sources": [
        "id,publisher,title,date,where",
        "paper,Example Times,A theft,2020-03-01,page 1",
        "early,Example Times,Another theft,2018,page 1",
        "late,Example Times,All thefts,2020-06,",
    ],
    "bodies": [
        "id,name,country,kind",
        "police,Police,KR,police",
        "firm,Example Firm,,firm",
    ],
    "actors": ["id,name,aliases,attack,part_of", "group,Group,Band;Gang,G0032,"],
    "incidents": [
        "id,kind,victim,victim_kind,happened,noticed,disclosed,technique,campaign,strain,unlike,marking,"
        "source,note",
        "north-2019,theft,North Coin,exchange,2019-05-02,,2019-05-04,,,,,TLP:CLEAR,paper,",
        "south-2020,theft,South Bridge,bridge,2020-02,,,,,,,TLP:CLEAR,paper,",
    ],
    "places": ["incident,role,country,source", "north-2019,seat,KR,paper"],
    "amounts": [
        "incident,what,asset,units,usd,usd_low,usd_high,priced,source,note",
        "north-2019,stolen,BTC,10.5,1000,900,1100,as published,paper,",
        "south-2020,stolen,,,500,,,as published,paper,",
    ],
    "statements": [
        "incident,body,stance,actor,date,confidence,source,marking,note",
        "north-2019,police,attributes,group,2019-06-01,,paper,TLP:CLEAR,",
        "south-2020,firm,attributes,,2020-03-01,,paper,TLP:CLEAR,",
    ],
    "seeds": [
        "incident,chain,kind,value,source",
        "north-2019,eip155:1,account,0x098b716b8aaf21512996dc57eb0615e2383e2f96,paper",
    ],
    "payments": ["incident,chain,account,transaction,asset,units,time,source"],
    "links": ["incident,kind,value", "north-2019,case,case-0123456789abcdef"],
    "claims": [
        "id,publisher,title,kinds,victims,actors,bar,place,made,superseded_by,source,note",
        "firm-2020,firm,Thefts,theft,,,C,seat,2020-03-01,,paper,",
    ],
    "slices": [
        "claim,slice,country,first,last,usd,usd_low,usd_high,count,names,source",
        "firm-2020,total,,2019,2020,1600,,,2,,paper",
        "firm-2020,korea,KR,2019,2020,1000,,,,,paper",
        "firm-2020,2020,,2020,2020,600,,,,south-2020,paper",
    ],
}


def written(folder, **changes):
    """Write it; `incidents=[rows]` adds rows, `incidents={2: row}` puts one in a line's place."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, base in BASE.items():
        lines, change = list(base), changes.get(table, [])
        if isinstance(change, dict):
            for line, text in change.items():
                lines[line - 1] = text
        else:
            lines += change
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def cell(table, line, **values):
    """A line of the base with other values in some columns, for `written`."""
    head, row = (next(csv.reader([BASE[table][n - 1]])) for n in (1, line))
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(
        [values.get(name, old) for name, old in zip(head, row, strict=True)]
    )
    return {line: out.getvalue()}
