"""The examples of RFC 5545, section 3.8.5.3, all of them, with the dates that stand there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from stanch.body.schedule import Schedule, checked, following, local
from stanch.errors import RefusedError

ZONE = "America/New_York"
EACH = "all of its times"
ON = "and so on"
SUMMER, WINTER = "-04:00", "-05:00"

# First time, rules, dates as the RFC has them (a month, its days, with times where these differ),
# and whether that is all.
EXAMPLES = [
    ("1997-09-02 9:00", ["FREQ=DAILY;COUNT=10"], "1997-09: 2-11", EACH),
    ("1997-09-02 9:00", ["FREQ=DAILY;UNTIL=19971224T000000Z"],
     "1997-09: 2-30; 1997-10: 1-31; 1997-11: 1-30; 1997-12: 1-23", EACH),
    ("1997-09-02 9:00", ["FREQ=DAILY;INTERVAL=2"],
     "1997-09: 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30;"
     "1997-10: 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30;"
     "1997-11: 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29; 1997-12: 1,3", ON),
    ("1997-09-02 9:00", ["FREQ=DAILY;INTERVAL=10;COUNT=5"],
     "1997-09: 2,12,22; 1997-10: 2,12", EACH),
    ("1998-01-01 9:00", ["FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
                         "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"],
     "1998-01: 1-31; 1999-01: 1-31; 2000-01: 1-31", EACH),
    ("1997-09-02 9:00", ["FREQ=WEEKLY;COUNT=10"],
     "1997-09: 2,9,16,23,30; 1997-10: 7,14,21,28; 1997-11: 4", EACH),
    ("1997-09-02 9:00", ["FREQ=WEEKLY;UNTIL=19971224T000000Z"],
     "1997-09: 2,9,16,23,30; 1997-10: 7,14,21,28; 1997-11: 4,11,18,25; 1997-12: 2,9,16,23", EACH),
    ("1997-09-02 9:00", ["FREQ=WEEKLY;INTERVAL=2;WKST=SU"],
     "1997-09: 2,16,30; 1997-10: 14,28; 1997-11: 11,25; 1997-12: 9,23; 1998-01: 6,20;"
     "1998-02: 3,17", ON),
    ("1997-09-02 9:00", ["FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
                         "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"],
     "1997-09: 2,4,9,11,16,18,23,25,30; 1997-10: 2", EACH),
    ("1997-09-01 9:00",
     ["FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"],
     "1997-09: 1,3,5,15,17,19,29; 1997-10: 1,3,13,15,17,27,29,31; 1997-11: 10,12,14,24,26,28;"
     "1997-12: 8,10,12,22", EACH),
    ("1997-09-02 9:00", ["FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"],
     "1997-09: 2,4,16,18,30; 1997-10: 2,14,16", EACH),
    ("1997-09-05 9:00", ["FREQ=MONTHLY;COUNT=10;BYDAY=1FR"],
     "1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5; 1998-01: 2; 1998-02: 6; 1998-03: 6;"
     "1998-04: 3; 1998-05: 1; 1998-06: 5", EACH),
    ("1997-09-05 9:00", ["FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"],
     "1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5", EACH),
    ("1997-09-07 9:00", ["FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"],
     "1997-09: 7,28; 1997-11: 2,30; 1998-01: 4,25; 1998-03: 1,29; 1998-05: 3,31", EACH),
    ("1997-09-22 9:00", ["FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"],
     "1997-09: 22; 1997-10: 20; 1997-11: 17; 1997-12: 22; 1998-01: 19; 1998-02: 16", EACH),
    ("1997-09-28 9:00", ["FREQ=MONTHLY;BYMONTHDAY=-3"],
     "1997-09: 28; 1997-10: 29; 1997-11: 28; 1997-12: 29; 1998-01: 29; 1998-02: 26", ON),
    ("1997-09-02 9:00", ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"],
     "1997-09: 2,15; 1997-10: 2,15; 1997-11: 2,15; 1997-12: 2,15; 1998-01: 2,15", EACH),
    ("1997-09-30 9:00", ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"],
     "1997-09: 30; 1997-10: 1,31; 1997-11: 1,30; 1997-12: 1,31; 1998-01: 1,31; 1998-02: 1", EACH),
    ("1997-09-10 9:00", ["FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"],
     "1997-09: 10-15; 1999-03: 10-13", EACH),
    ("1997-09-02 9:00", ["FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"],
     "1997-09: 2,9,16,23,30; 1997-11: 4,11,18,25; 1998-01: 6,13,20,27; 1998-03: 3,10,17,24,31", ON),
    ("1997-06-10 9:00", ["FREQ=YEARLY;COUNT=10;BYMONTH=6,7"],
     "1997-06: 10; 1997-07: 10; 1998-06: 10; 1998-07: 10; 1999-06: 10; 1999-07: 10; 2000-06: 10;"
     "2000-07: 10; 2001-06: 10; 2001-07: 10", EACH),
    ("1997-03-10 9:00", ["FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"],
     "1997-03: 10; 1999-01: 10; 1999-02: 10; 1999-03: 10; 2001-01: 10; 2001-02: 10; 2001-03: 10;"
     "2003-01: 10; 2003-02: 10; 2003-03: 10", EACH),
    ("1997-01-01 9:00", ["FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"],
     "1997-01: 1; 1997-04: 10; 1997-07: 19; 2000-01: 1; 2000-04: 9; 2000-07: 18; 2003-01: 1;"
     "2003-04: 10; 2003-07: 19; 2006-01: 1", EACH),
    ("1997-05-19 9:00", ["FREQ=YEARLY;BYDAY=20MO"], "1997-05: 19; 1998-05: 18; 1999-05: 17", ON),
    ("1997-05-12 9:00", ["FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"],
     "1997-05: 12; 1998-05: 11; 1999-05: 17", ON),
    ("1997-03-13 9:00", ["FREQ=YEARLY;BYMONTH=3;BYDAY=TH"],
     "1997-03: 13,20,27; 1998-03: 5,12,19,26; 1999-03: 4,11,18,25", ON),
    ("1997-06-05 9:00", ["FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"],
     "1997-06: 5,12,19,26; 1997-07: 3,10,17,24,31; 1997-08: 7,14,21,28;"
     "1998-06: 4,11,18,25; 1998-07: 2,9,16,23,30; 1998-08: 6,13,20,27;"
     "1999-06: 3,10,17,24; 1999-07: 1,8,15,22,29; 1999-08: 5,12,19,26", ON),
    # The RFC takes the first time out by an EXDATE; here it is none, as the rule has it not.
    ("1997-09-02 9:00", ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"],
     "1998-02: 13; 1998-03: 13; 1998-11: 13; 1999-08: 13; 2000-10: 13", ON),
    ("1997-09-13 9:00", ["FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"],
     "1997-09: 13; 1997-10: 11; 1997-11: 8; 1997-12: 13; 1998-01: 10; 1998-02: 7; 1998-03: 7;"
     "1998-04: 11; 1998-05: 9; 1998-06: 13", ON),
    ("1996-11-05 9:00", ["FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"],
     "1996-11: 5; 2000-11: 7; 2004-11: 2", ON),
    ("1997-09-04 9:00", ["FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"],
     "1997-09: 4; 1997-10: 7; 1997-11: 6", EACH),
    ("1997-09-29 9:00", ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"],
     "1997-09: 29; 1997-10: 30; 1997-11: 27; 1997-12: 30; 1998-01: 29; 1998-02: 26; 1998-03: 30",
     ON),
    # 17:00 in New York is 21:00 in UTC: erratum 3883 of the RFC, which has 17:00Z.
    ("1997-09-02 9:00", ["FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z"],
     "1997-09: 2@9:00,12:00,15:00", EACH),
    ("1997-09-02 9:00", ["FREQ=MINUTELY;INTERVAL=15;COUNT=6"],
     "1997-09: 2@9:00,9:15,9:30,9:45,10:00,10:15", EACH),
    ("1997-09-02 9:00", ["FREQ=MINUTELY;INTERVAL=90;COUNT=4"],
     "1997-09: 2@9:00,10:30,12:00,13:30", EACH),
    ("1997-09-02 9:00", ["FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
                         "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"],
     ";".join(f"1997-09: {day}@" + ",".join(
         f"{hour}:{minute:02}" for hour in range(9, 17) for minute in (0, 20, 40))
         for day in (2, 3)), ON),
    ("1997-08-05 9:00", ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"],
     "1997-08: 5,10,19,24", EACH),
    ("1997-08-05 9:00", ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"],
     "1997-08: 5,17,19,31", EACH),
    ("2007-01-15 9:00", ["FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"],
     "2007-01: 15,30; 2007-02: 15; 2007-03: 15,30", EACH),
    # Section 3.3.10 says in words what comes of this one.
    ("1997-01-05 8:30", ["FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU;BYHOUR=8,9;BYMINUTE=30"],
     ";".join(f"1997-01: {day}@8:30,9:30" for day in (5, 12, 19, 26)) + ";"
     + ";".join(f"1999-01: {day}@8:30,9:30" for day in (3, 10, 17, 24, 31)), ON),
]  # fmt: skip


def times(text: str, at: str) -> list[datetime]:
    """`1997-09: 2-4,9; 1997-10: 2@9:00,12:00` written out."""
    found = []
    for part in text.split(";"):
        month, days = (each.strip() for each in part.split(":", 1))
        days, _, hours = days.partition("@")
        for day in days.split(","):
            first, _, last = day.partition("-")
            for number in range(int(first), int(last or first) + 1):
                for hour in hours.split(",") if hours else [at]:
                    found.append(datetime.strptime(f"{month}-{number} {hour}", "%Y-%m-%d %H:%M"))
    return found


@pytest.mark.parametrize(
    ("first", "rule", "dates", "end"),
    [(first, rule, dates, end) for first, rules, dates, end in EXAMPLES for rule in rules],
)
def test_it_is_as_the_rfc_has_it(first: str, rule: str, dates: str, end: str) -> None:
    begin = datetime.strptime(first, "%Y-%m-%d %H:%M")
    schedule = checked(Schedule(rule, begin.isoformat(timespec="minutes"), ZONE))
    last = None
    for expected in times(dates, first.split()[1]):
        last = following(schedule, last)
        found = local(last, ZONE)
        assert found.replace(tzinfo=None) == expected
        assert found == expected.replace(tzinfo=ZoneInfo(ZONE))
    if end is EACH:
        with pytest.raises(RefusedError):
            following(schedule, last)
    else:
        assert following(schedule, last) > last


def test_the_clocks_are_those_of_the_place() -> None:
    """Nine o'clock of summer, then of winter, in the example that the RFC tells so."""
    schedule = checked(Schedule("FREQ=DAILY;INTERVAL=2", "1997-09-02T09:00", ZONE))
    before = following(schedule, "1997-10-23T00:00:00.000000Z")
    after = following(schedule, before)
    assert local(before, ZONE).isoformat() == f"1997-10-24T09:00:00{SUMMER}"
    assert local(after, ZONE).isoformat() == f"1997-10-26T09:00:00{WINTER}"
